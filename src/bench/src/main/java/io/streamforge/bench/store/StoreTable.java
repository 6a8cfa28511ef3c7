package io.streamforge.bench.store;

import io.streamforge.bench.Distribution;
import java.io.PrintStream;
import java.util.function.Function;

/** Figures for a person. */
final class StoreTable {
  private static final double MB = 1 << 20;
  private static final String ROW = "  %-28s %26s %26s%n";

  private final PrintStream out;

  StoreTable(PrintStream out) {
    this.out = out;
  }

  void print(StoreFigures f) {
    out.printf(
        "%n%s: %,d messages of %.1f levels; %,d mids, the same in all rounds;%n"
            + "%d rounds: median (min–max)%n%n",
        f.input(), f.messages(), f.levelsPerMessage(), f.mids(), f.rounds());
    row("", f, ContestantFigures::name);
    row("messages/s, books alone", f, c -> rate(c.messagesPerSecond().booksAlone()));
    ratio(f.ratio().booksAlone());
    row("messages/s between barriers", f, c -> rate(c.messagesPerSecond().betweenBarriers()));
    ratio(f.ratio().betweenBarriers());
    row("messages/s with pauses", f, c -> rate(c.messagesPerSecond().withPauses()));
    ratio(f.ratio().withPauses());
    row("RocksDB gets/message", f, c -> perMessage(c.operations().gets()));
    row("  puts and deletes/message", f, c -> perMessage(c.operations().writes()));
    row("  seeks/message", f, c -> perMessage(c.operations().seeks()));
    row("  steps of iterators/message", f, c -> perMessage(c.operations().nexts()));
    row("checkpoints", f, c -> "%,d".formatted(c.pauses().count()));
    row("  new MB, mean", f, c -> "%.2f".formatted(c.newBytes().mean() / MB));
    row("  whole MB, the last", f, c -> "%.2f".formatted(c.allBytes() / MB));
    row("  pause ms, p50 / p99 / max", f, c -> tail(c.pauses()));
    row("    prepare", f, c -> tail(c.prepare()));
    row("    sync", f, c -> tail(c.sync()));
    row("  async ms, p50 / p99 / max", f, c -> tail(c.async()));
    row("heap MB", f, c -> "%.1f".formatted(c.heapBytes() / MB));
  }

  private void row(String title, StoreFigures f, Function<ContestantFigures, String> cell) {
    out.printf(ROW, title, cell.apply(f.plain()), cell.apply(f.writeBack()));
  }

  private void ratio(Distribution d) {
    String ratio = "%.1f (%.1f–%.1f)".formatted(d.p50(), d.min(), d.max());
    out.printf(ROW, "  times plain's", "", ratio);
  }

  private static String rate(Distribution d) {
    return "%,.0f (%,.0f–%,.0f)".formatted(d.p50(), d.min(), d.max());
  }

  private static String perMessage(double operations) {
    return "%.3f".formatted(operations);
  }

  private static String tail(Distribution ms) {
    return "%.1f / %.1f / %.1f".formatted(ms.p50(), ms.p99(), ms.max());
  }
}
