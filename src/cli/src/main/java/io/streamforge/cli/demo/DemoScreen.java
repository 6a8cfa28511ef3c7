package io.streamforge.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** One moment of the market as text: a table of symbols, and the edges that stand out. */
final class DemoScreen {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
  private static final int EDGES = 8;

  private final Collection<JsonNode> symbols;
  private final JsonNode graph;

  /**
   * @param symbols newest {@code symbol-features} of each symbol
   * @param graph newest {@code graph-features}
   */
  DemoScreen(Collection<JsonNode> symbols, JsonNode graph) {
    this.symbols = symbols;
    this.graph = graph;
  }

  /** The screen, between a line on progress and where there is more to see. */
  String text(String progress, String addresses) {
    StringBuilder text = new StringBuilder(2048);
    text.append("The market at ")
        .append(TIME.format(Instant.ofEpochMilli(graph.get("time_us").asLong() / 1000)))
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
    for (JsonNode symbol : symbols) {
      JsonNode f = symbol.get("features");
      text.append(
          String.format(
              Locale.ROOT,
              "%-24s %16s %10s %10s %12s %8s  %s%n",
              symbol.get("instrument").asText(),
              price(f.get("mid")),
              number(f.get("spread_bps"), "%.2f"),
              number(f.get("imbalance_5"), "%+.2f"),
              percent(f.get("volatility_1m")),
              number(f.get("trades"), "%.0f"),
              symbol.get("book").asText()));
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
    JsonNode from = graph.get("edge_index").get(0);
    JsonNode to = graph.get("edge_index").get(1);
    int correlation = attribute("correlation_5m");
    int inTree = attribute("in_tree");
    List<Integer> edges = new ArrayList<>();
    for (int i = 0; i < from.size(); i++) {
      if (from.get(i).asInt() < to.get(i).asInt()
          && graph.get("edge_attr").get(i).get(correlation).isNumber()) {
        edges.add(i);
      }
    }
    edges.sort(
        Comparator.comparingDouble(
            i -> -Math.abs(graph.get("edge_attr").get(i).get(correlation).asDouble())));
    return edges.stream()
        .limit(EDGES)
        .map(
            i ->
                String.format(
                    Locale.ROOT,
                    "  %+.2f %s %s — %s%n",
                    graph.get("edge_attr").get(i).get(correlation).asDouble(),
                    graph.get("edge_attr").get(i).get(inTree).asDouble() == 1 ? "*" : " ",
                    graph.get("node_ids").get(from.get(i).asInt()).asText(),
                    graph.get("node_ids").get(to.get(i).asInt()).asText()))
        .toList();
  }

  private int attribute(String name) {
    JsonNode names = graph.get("edge_attr_names");
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).asText().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no edge attribute " + name);
  }

  private static String price(JsonNode value) {
    return value.isNumber()
        ? new BigDecimal(value.asText()).stripTrailingZeros().toPlainString()
        : "–";
  }

  private static String percent(JsonNode value) {
    return value.isNumber() ? String.format(Locale.ROOT, "%.1f %%", 100 * value.asDouble()) : "–";
  }

  private static String number(JsonNode value, String format) {
    return value.isNumber() ? String.format(Locale.ROOT, format, value.asDouble()) : "–";
  }
}
