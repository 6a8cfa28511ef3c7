package io.streamforge.bench.latency;

import java.io.PrintStream;
import java.util.Locale;

/** Figures for a person. */
final class LatencyTable {
  private static final String ROW = "  %-24s %9s %22s %22s %20s %20s %9s %6s %6s%n";
  private static final String NOTES =
      """

        Milliseconds: p50 / p99 / p99.9, or p50 / p99; a percentile is there if a value lies beyond it.
        graph, symbols  from the intended send time of the record that completes a sample to the graph,
                        and to the features of each instrument, read committed.
        book message    from its intended send time to its instrument's features: the rest of its sample,
                        source.max-lateness and source.max-out-of-orderness are in it.
        age             of a graph when it is read, since the time T that it is of.
        feed late       p99 of how late the feed sent; the latencies have it in them.
        cores           that the job and the broker took; the feed, the reader and they share the machine.
        The maximum is closed loop, feed, broker and job together.
      """;

  private final PrintStream out;

  LatencyTable(PrintStream out) {
    this.out = out;
  }

  void print(LatencyFigures f) {
    out.printf(
        "%nAt most %,.0f messages/s; %d instruments; %d s after %d s that warm up; settings %s%n%n",
        f.maximum(), f.instruments(), f.seconds(), f.warmUpSeconds(), f.settings());
    out.printf(
        ROW,
        "",
        "message/s",
        "graph",
        "symbols",
        "book message",
        "age",
        "feed late",
        "job",
        "broker");
    f.scenarios().forEach(this::print);
    out.print(NOTES);
  }

  private void print(ScenarioFigures f) {
    out.printf(
        ROW,
        f.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        "%,.0f".formatted(f.messagesPerSecond()),
        three(f.graphMs()),
        three(f.symbolMs()),
        two(f.bookMessageMs()),
        two(f.graphAgeMs()),
        text(f.feedLateMs().p99()),
        "%.2f".formatted(f.jobCores()),
        "%.2f".formatted(f.brokerCores()));
  }

  private static String three(Percentiles p) {
    return two(p) + " / " + text(p.p999());
  }

  private static String two(Percentiles p) {
    return text(p.p50()) + " / " + text(p.p99());
  }

  private static String text(Double ms) {
    return ms == null ? "–" : "%.1f".formatted(ms);
  }
}
