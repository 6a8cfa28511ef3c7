package io.streamforge.bench.throughput;

import io.streamforge.bench.Distribution;
import java.io.PrintStream;
import java.util.Locale;

/** Figures for a person. */
final class ThroughputTable {
  private static final String ROW = "  %-5s %-40s %22s %26s %26s %20s%n";
  private static final String NOTES =
      """

        CPU is that of a contestant's whole process: from when it is warm and may have the messages
        that count until the last record of the last sample is out. Kafka is another process.
        * The core alone: twelve features of a symbol, no graph. The others put out every feature
        of every symbol, and the graph.
      """;

  private final PrintStream out;

  ThroughputTable(PrintStream out) {
    this.out = out;
  }

  void print(ThroughputFigures f) {
    out.printf(
        "%n%s: %,d messages after %,d that warm up; %,d symbol records and %,d graphs in all;%n"
            + "%d rounds: median (min–max)%n%n",
        f.input(), f.messages(), f.warmUpMessages(), f.symbolRecords(), f.graphs(), f.rounds());
    out.printf(
        ROW,
        "",
        "",
        "CPU s a million",
        "messages/s a core",
        "messages/s by the clock",
        "CPU, times ours");
    for (ContestantFigures contestant : f.contestants()) {
      print(contestant, f.rounds());
    }
    out.print(NOTES);
  }

  private void print(ContestantFigures c, int rounds) {
    String name = c.name().toLowerCase(Locale.ROOT) + (c.core() ? "*" : "");
    if (c.wrongAnswers() > 0) {
      String wrong = "wrong answer, %d of %d".formatted(c.wrongAnswers(), rounds);
      out.printf(ROW, name, c.description(), wrong, "", "", "");
      return;
    }
    out.printf(
        ROW,
        name,
        c.description(),
        text("%.2f", c.cpuSecondsPerMillion()),
        text("%,.0f", c.messagesPerSecondAndCore()),
        text("%,.0f", c.messagesPerSecond()),
        c.cpuToOurs() == null ? "" : text("%.2f", c.cpuToOurs()));
  }

  private static String text(String number, Distribution d) {
    return (number + " (" + number + "–" + number + ")").formatted(d.p50(), d.min(), d.max());
  }
}
