package io.streamforge.cli.demo;

import io.streamforge.record.GraphFeaturesRecord;
import io.streamforge.record.SymbolFeaturesRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** One moment of the market as text: a table of symbols, and the edges that stand out. */
final class DemoScreen {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
  private static final int EDGES = 8;

  private final Collection<SymbolFeaturesRecord> symbols;
  private final GraphFeaturesRecord graph;

  /**
   * @param symbols newest {@code symbol-features} of each symbol
   * @param graph newest {@code graph-features}
   */
  DemoScreen(Collection<SymbolFeaturesRecord> symbols, GraphFeaturesRecord graph) {
    this.symbols = symbols;
    this.graph = graph;
  }

  /** The screen, between a line on progress and where there is more to see. */
  String text(String progress, String addresses) {
    StringBuilder text = new StringBuilder(2048);
    text.append("The market at ")
        .append(TIME.format(Instant.ofEpochMilli(graph.timeUs() / 1000)))
        .append("   ")
        .append(progress)
        .append("\n\n");
    text.append(
        String.format(
            Locale.ROOT,
            "%-24s %16s %10s %10s %12s %8s  %s%n",
            "symbol",
            "mid",
            "spread bp",
            "imbalance",
            "volatility",
            "trades",
            "book"));
    for (SymbolFeaturesRecord symbol : symbols) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-24s %16s %10s %10s %12s %8s  %s%n",
              symbol.instrument(),
              price(symbol.feature("mid")),
              number(symbol.feature("spread_bps"), "%.2f"),
              number(symbol.feature("imbalance_5"), "%+.2f"),
              percent(symbol.feature("volatility_1m")),
              number(symbol.feature("trades"), "%.0f"),
              symbol.book()));
    }
    text.append(
        "\nStrongest edges (correlation of 5 s returns over 5 min; * in the spanning tree)\n");
    List<String> edges = strongestEdges();
    text.append(
        edges.isEmpty()
            ? "  none yet: an edge needs 30 samples and 10 common moves\n"
            : String.join("", edges));
    return text.append('\n').append(addresses).append("   Ctrl-C ends it\n").toString();
  }

  private List<String> strongestEdges() {
    return IntStream.range(0, graph.edges())
        .filter(edge -> graph.source(edge) < graph.target(edge) && correlation(edge) != null)
        .boxed()
        .sorted(Comparator.comparingDouble(edge -> -Math.abs(correlation(edge))))
        .limit(EDGES)
        .map(
            edge ->
                String.format(
                    Locale.ROOT,
                    "  %+.2f %s %s — %s%n",
                    correlation(edge),
                    graph.isInTree(edge) ? "*" : " ",
                    graph.nodeIds().get(graph.source(edge)),
                    graph.nodeIds().get(graph.target(edge))))
        .toList();
  }

  private Double correlation(int edge) {
    return graph.attribute(edge, "correlation_5m");
  }

  private static String price(double value) {
    return Double.isNaN(value)
        ? "–"
        : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private static String percent(double value) {
    return number(100 * value, "%.1f %%");
  }

  private static String number(double value, String format) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
  }
}
