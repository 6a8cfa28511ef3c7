package io.streamforge.cli.view;

import io.streamforge.record.GraphFeaturesRecord;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the topics have said of late: of every symbol the last minutes, of every graph the newest.
 * One thread tells it, others ask. What has not been heard of for five minutes is forgotten, and
 * beyond {@link #MOST_SYMBOLS} nothing is taken up.
 */
final class LatestRecords {
  static final int MOST_SYMBOLS = 2_000;
  static final int MOST_GRAPHS = 100;
  private static final long FORGET_NANOS = Duration.ofMinutes(5).toNanos();

  /** Something, and when it came. */
  private record Arrived<T>(T value, long nanos) {}

  private final TreeMap<String, Arrived<SymbolHistory>> symbols = new TreeMap<>();
  private final TreeMap<String, Arrived<GraphFeaturesRecord>> graphs = new TreeMap<>();
  private long version;
  private long leftOut;
  private boolean kafkaAnswers = true;

  synchronized void add(SymbolRecord symbol, long nowNanos) {
    Arrived<SymbolHistory> known = symbols.get(symbol.instrument());
    if (known == null && symbols.size() >= MOST_SYMBOLS) {
      leftOut++;
      return;
    }
    SymbolHistory history = known == null ? new SymbolHistory() : known.value();
    if (history.add(symbol)) {
      symbols.put(symbol.instrument(), new Arrived<>(history, nowNanos));
      version++;
    }
  }

  synchronized void add(GraphFeaturesRecord graph, long nowNanos) {
    Arrived<GraphFeaturesRecord> known = graphs.get(graph.graph());
    if (known == null && graphs.size() >= MOST_GRAPHS) {
      leftOut++;
    } else if (known == null || Recency.isNews(known.value().timeUs(), graph.timeUs())) {
      graphs.put(graph.graph(), new Arrived<>(graph, nowNanos));
      version++;
    }
  }

  /** Counts a record that cannot be shown. */
  synchronized void leaveOut() {
    leftOut++;
  }

  /** Takes note of time, and whether Kafka answers. */
  synchronized void sample(boolean answers, long nowNanos) {
    kafkaAnswers = answers;
    boolean forgot = symbols.values().removeIf(s -> nowNanos - s.nanos() > FORGET_NANOS);
    // A graph stays for as long as nothing replaces it, so that the page can say how old it is.
    if (graphs.size() > 1) {
      long newest = graphs.values().stream().mapToLong(Arrived::nanos).max().orElseThrow();
      forgot |= graphs.values().removeIf(g -> newest - g.nanos() > FORGET_NANOS);
    }
    if (forgot) {
      version++;
    }
  }

  /** Changes with everything that the page shows. */
  synchronized long version() {
    return version;
  }

  /**
   * How it stands with the data.
   *
   * @param graph a graph's name; the first where there is none of it
   */
  synchronized Status status(String graph, long nowNanos) {
    Arrived<GraphFeaturesRecord> shown = find(graph);
    return new Status(
        shown == null ? null : (nowNanos - shown.nanos()) / 1_000_000, kafkaAnswers, leftOut);
  }

  /**
   * What there is to show.
   *
   * @param graph a graph's name; the first where there is none of it
   */
  synchronized Moment moment(String graph) {
    Arrived<GraphFeaturesRecord> shown = find(graph);
    return new Moment(
        version,
        List.copyOf(graphs.keySet()),
        shown == null ? null : shown.value(),
        symbolsOf(shown == null ? null : shown.value()));
  }

  private Arrived<GraphFeaturesRecord> find(String graph) {
    Arrived<GraphFeaturesRecord> named = graphs.get(graph);
    return named != null || graphs.isEmpty() ? named : graphs.firstEntry().getValue();
  }

  /** Those that are in the graph, and those that are in none. */
  private List<SymbolRecord> symbolsOf(GraphFeaturesRecord graph) {
    Set<String> elsewhere = new HashSet<>();
    graphs.values().forEach(g -> elsewhere.addAll(g.value().nodeIds()));
    Collection<String> own = graph == null ? List.of() : graph.nodeIds();
    own.forEach(elsewhere::remove);
    Set<String> shown = new TreeSet<>(symbols.keySet());
    shown.removeAll(elsewhere);
    return shown.stream().map(id -> symbols.get(id).value().newest()).toList();
  }

  /** The last minutes of a symbol, null if there is none of it. */
  synchronized Series series(String instrument) {
    Arrived<SymbolHistory> found = symbols.get(instrument);
    if (found == null) {
      return null;
    }
    SymbolHistory history = found.value();
    double[][] values = new double[SymbolRecord.FEATURES.size()][];
    for (int feature = 0; feature < values.length; feature++) {
      values[feature] = history.series(feature);
    }
    return new Series(instrument, history.timesUs(), values);
  }

  /**
   * How it stands with the data.
   *
   * @param graphAgeMs since the newest graph came; null before the first
   * @param leftOut records that could not be shown
   */
  record Status(Long graphAgeMs, boolean kafkaAnswers, long leftOut) {}

  /**
   * One moment of the market.
   *
   * @param graphs the names of all
   * @param graph the one that was asked for; null before the first
   * @param symbols the newest record of each
   */
  record Moment(
      long version, List<String> graphs, GraphFeaturesRecord graph, List<SymbolRecord> symbols) {}

  /**
   * The last minutes of a symbol.
   *
   * @param timesUs oldest first
   * @param values a row a feature, a value a time
   */
  record Series(String instrument, long[] timesUs, double[][] values) {}
}
