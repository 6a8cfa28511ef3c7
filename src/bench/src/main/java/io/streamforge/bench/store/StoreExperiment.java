package io.streamforge.bench.store;

import io.streamforge.bench.experiment.Distribution;
import io.streamforge.bench.experiment.Experiment;
import io.streamforge.bench.experiment.Table;
import io.streamforge.marketgraph.Settings;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.testkit.generated.MarketShape;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench store}: where the levels of books are kept. */
@Command(
    name = "store",
    description =
        "Compares books whose levels are entries in RocksDB (plain) with the job's own operator (write-back), which"
            + " computes all its features meanwhile. Both must give the same mids.")
public final class StoreExperiment extends Experiment<StoreExperiment.OfInput> {
  private static final double MB = 1 << 20;

  @Option(names = "--rounds", paramLabel = "N", description = "Timed rounds of each.")
  private int rounds = 5;

  @Option(
      names = "--recording",
      paramLabel = "FILE",
      description = "Recording of Binance. Default: binance-usdm-btc-eth.")
  private Path recording;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "How often the recording is played in a round.")
  private int repeat = 4;

  @Option(names = "--instruments", paramLabel = "N", description = "Of the generated market.")
  private int instruments = 1_000;

  @Option(names = "--levels", paramLabel = "N", description = "Of a generated book, on each side.")
  private int levels = 1_000;

  @Option(
      names = "--messages",
      paramLabel = "N",
      description = "Of the generated market, trades among them; 42 %% are of books.")
  private int messages = 1_000_000;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Event time that the generated market lasts.")
  private int seconds = 520;

  @Option(names = "--seed", paramLabel = "N", description = "Of the generated market.")
  private long seed = 1;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of the job.")
  private Map<String, String> settings = new LinkedHashMap<>();

  /**
   * What was measured over one input.
   *
   * @param messages measured in each round
   * @param mids that every contestant gave alike
   * @param ratio messages a second of write-back by those of plain, round by round
   */
  record OfInput(
      String input,
      int instruments,
      int messages,
      double levelsPerMessage,
      long mids,
      int rounds,
      Rate.Spread ratio,
      KeepingFigures plain,
      KeepingFigures writeBack) {}

  @Override
  protected void measure(Figures<OfInput> done) throws Exception {
    atLeastOne("--rounds", rounds);
    atLeastOne("--repeat", repeat);
    settings.putIfAbsent("kafka.bootstrap-servers", "none:1"); // required, and not used here
    MarketShape shape =
        new MarketShape(instruments, levels, messages, Duration.ofSeconds(seconds), seed);
    Path file = recording == null ? RecordingFile.path("binance-usdm-btc-eth") : recording;
    StoreInputBuilder inputs = new StoreInputBuilder(new Settings(settings).messageDecoder());
    done.add(compare(inputs.recorded(file, repeat)));
    done.add(compare(inputs.generated(shape)));
  }

  /**
   * Both over one input: one round that counts operations, then timed rounds in turn.
   *
   * @throws IllegalStateException if they do not agree on every mid
   */
  private OfInput compare(StoreInput input) throws Exception {
    Entry<?> plain = new Entry<>(BookKeeping.plain(), input);
    Entry<?> writeBack = new Entry<>(BookKeeping.writeBack(settings), input);
    say("%s: counting operations".formatted(input.name()));
    MidHashes expected = plain.count();
    expected.expectSame(writeBack.count(), writeBack.name());
    List<Rate> ratios = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      // In turn also within a round: what the machine does meanwhile meets both.
      List<Entry<?>> order = round % 2 == 0 ? List.of(plain, writeBack) : List.of(writeBack, plain);
      for (Entry<?> entry : order) {
        expected.expectSame(entry.time(), entry.name());
      }
      Rate ratio = writeBack.rate().over(plain.rate());
      ratios.add(ratio);
      say(
          "%s: round %d of %d, ratio %.1f, with samples %.1f, with pauses %.1f"
              .formatted(
                  input.name(),
                  round + 1,
                  rounds,
                  ratio.booksAlone(),
                  ratio.betweenBarriers(),
                  ratio.withPauses()));
    }
    return new OfInput(
        input.name(),
        input.instruments(),
        input.measured(),
        input.levelsPerMessage(),
        expected.count(),
        rounds,
        Rate.Spread.of(ratios),
        plain.figures(),
        writeBack.figures());
  }

  @Override
  protected void print(List<OfInput> figures, PrintStream to) {
    figures.forEach(each -> print(each, to));
  }

  private static void print(OfInput f, PrintStream to) {
    to.printf(
        "%n%s: %,d messages of %.1f levels; %,d mids, the same in all rounds;%n"
            + "%d rounds: median (min–max)%n",
        f.input(), f.messages(), f.levelsPerMessage(), f.mids(), f.rounds());
    Table table = new Table("", f.plain().name(), f.writeBack().name());
    row(table, "messages/s, books alone", f, c -> rate(c.messagesPerSecond().booksAlone()));
    ratio(table, f.ratio().booksAlone());
    row(
        table,
        "messages/s between barriers",
        f,
        c -> rate(c.messagesPerSecond().betweenBarriers()));
    ratio(table, f.ratio().betweenBarriers());
    row(table, "messages/s with pauses", f, c -> rate(c.messagesPerSecond().withPauses()));
    ratio(table, f.ratio().withPauses());
    row(table, "RocksDB gets/message", f, c -> "%.3f".formatted(c.operations().gets()));
    row(table, "  puts and deletes/message", f, c -> "%.3f".formatted(c.operations().writes()));
    row(table, "  seeks/message", f, c -> "%.3f".formatted(c.operations().seeks()));
    row(table, "  steps of iterators/message", f, c -> "%.3f".formatted(c.operations().nexts()));
    row(table, "checkpoints", f, c -> "%,d".formatted(c.pauses().count()));
    row(table, "  new MB, mean", f, c -> "%.2f".formatted(c.newBytes().mean() / MB));
    row(table, "  whole MB, the last", f, c -> "%.2f".formatted(c.allBytes() / MB));
    row(table, "  pause ms, p50 / p99 / max", f, c -> tail(c.pauses()));
    row(table, "    prepare", f, c -> tail(c.prepare()));
    row(table, "    sync", f, c -> tail(c.sync()));
    row(table, "  async ms, p50 / p99 / max", f, c -> tail(c.async()));
    row(table, "heap MB", f, c -> "%.1f".formatted(c.heapBytes() / MB));
    table.print(to);
  }

  private static void row(
      Table table, String title, OfInput f, Function<KeepingFigures, String> cell) {
    table.row(title, cell.apply(f.plain()), cell.apply(f.writeBack()));
  }

  private static void ratio(Table table, Distribution d) {
    table.row("  times plain's", "", "%.1f (%.1f–%.1f)".formatted(d.p50(), d.min(), d.max()));
  }

  private static String rate(Distribution d) {
    return "%,.0f (%,.0f–%,.0f)".formatted(d.p50(), d.min(), d.max());
  }

  private static String tail(Distribution ms) {
    return "%.1f / %.1f / %.1f".formatted(ms.p50(), ms.p99(), ms.max());
  }
}
