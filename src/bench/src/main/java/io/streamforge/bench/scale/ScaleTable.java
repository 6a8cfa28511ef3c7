package io.streamforge.bench.scale;

import java.io.PrintStream;
import java.util.List;

/** Figures for a person. */
final class ScaleTable {
  private static final String ROW = "  %-18s %-26s %18s %26s%n";
  private static final String NOTES =
      """

        What is not said: 200 symbols with books of 1,000 levels a side, 5 messages a symbol and
        second, parallelism 1, a checkpoint each 10 s. CPU is that of the job's whole process;
        broker and reader share the machine. Each answer is that of the plain loop.
      """;

  private final PrintStream out;

  ScaleTable(PrintStream out) {
    this.out = out;
  }

  void print(List<ScaleFigures> figures) {
    out.printf("%n" + ROW, "", "", "CPU s a million", "messages/s by the clock");
    for (ScaleFigures f : figures) {
      out.printf(
          ROW,
          f.varied(),
          f.value(),
          f.right() ? "%.1f".formatted(f.cpuSecondsPerMillion()) : "wrong answer",
          f.right() ? "%,.0f".formatted(f.messagesPerSecond()) : "");
    }
    out.print(NOTES);
  }
}
