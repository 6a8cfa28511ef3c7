package io.streamforge.bench.throughput;

import io.streamforge.bench.experiment.Distribution;
import io.streamforge.bench.experiment.Experiment;
import io.streamforge.bench.experiment.Table;
import io.streamforge.bench.load.MarketInput;
import io.streamforge.bench.process.BenchBroker;
import io.streamforge.bench.process.JavaProcess;
import io.streamforge.testkit.feed.RunTopics;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench throughput}: what a message costs. */
@Command(
    name = "throughput",
    description =
        "Compares the job (ours) with a plain loop in memory (L0), the same behind Kafka clients (L1), a Flink job as its"
            + " documentation has it (F0) and Kafka Streams (KS), by processor time a message. Each is in a process of its"
            + " own, a round after the other; all must give the same answer.")
public final class ThroughputExperiment extends Experiment<ThroughputFigures> {
  // Compilers come to an end, and what waits in a cache or a buffer is written.
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final String NOTES =
      """

        CPU is that of a contestant's whole process: from when it is warm and may have the messages
        that count until the last record of the last sample is out. Kafka is another process.
        * The core alone: twelve features of a symbol, no graph. The others put out every feature
        of every symbol, and the graph.
      """;

  @Option(names = "--rounds", paramLabel = "N", description = "Of all contestants in turn.")
  private int rounds = 7;

  @Option(names = "--messages", paramLabel = "N", description = "That count.")
  private int messages = 500_000;

  @Option(names = "--warm-up", paramLabel = "N", description = "Messages before those that count.")
  private int warmUp = 300_000;

  @Option(
      names = "--input",
      paramLabel = "NAME",
      description =
          "recorded: binance-usdm-btc-eth again and again; generated-200 or generated-2000: a market of so many"
              + " instruments, busy by Zipf's law; all.")
  private String input = "recorded";

  @Option(
      names = "--contestants",
      split = ",",
      paramLabel = "NAME",
      description = "Of ${COMPLETION-CANDIDATES}. Default: all but EVENTS.")
  private Set<Contestant> contestants = EnumSet.complementOf(EnumSet.of(Contestant.EVENTS));

  @Option(
      names = "--picture",
      paramLabel = "FILE",
      description = "As SVG. Default: target/bench/throughput.svg.")
  private Path picture;

  @Override
  protected void measure(Figures<ThroughputFigures> done) throws Exception {
    atLeastOne("--rounds", rounds);
    List<String> names = input.equals("all") ? MarketInput.NAMES : List.of(input);
    List<MarketInput> inputs =
        names.stream().map(name -> new MarketInput(name, warmUp, messages)).toList();
    for (MarketInput each : inputs) {
      done.add(measure(each, rounds, EnumSet.copyOf(contestants), PAUSE));
    }
  }

  /**
   * Contestants over one input, in turn; starts a broker and, for each contestant and round, a
   * process.
   *
   * @param pause between the warm-up and what counts
   */
  static ThroughputFigures measure(
      MarketInput input, int rounds, Set<Contestant> contestants, Duration pause)
      throws IOException, InterruptedException {
    say("%s: computing what has to come out".formatted(input.name()));
    Reference reference = Reference.of(input);
    ThroughputRound round = new ThroughputRound(input, reference, pause);
    Map<Contestant, List<Measurement>> measured = new EnumMap<>(Contestant.class);
    contestants.forEach(contestant -> measured.put(contestant, new ArrayList<>()));
    try (JavaProcess broker = BenchBroker.start()) {
      String bootstrapServers = broker.line();
      for (int number = 1; number <= rounds; number++) {
        for (Contestant contestant : contestants) {
          String run =
              "%s-%d-%s".formatted(input.name(), number, contestant).toLowerCase(Locale.ROOT);
          Measurement measurement = round.of(contestant, new RunTopics(bootstrapServers, run));
          measured.get(contestant).add(measurement);
          say("%s: %s".formatted(run, measurement));
        }
      }
    }
    List<Measurement> ours = measured.getOrDefault(Contestant.OURS, List.of());
    return new ThroughputFigures(
        input.name(),
        input.counted(),
        input.warmUp(),
        reference.full().symbols(),
        reference.full().graphs(),
        rounds,
        measured.entrySet().stream()
            .map(e -> ContestantFigures.of(e.getKey(), input.counted(), e.getValue(), ours))
            .toList());
  }

  @Override
  protected void print(List<ThroughputFigures> figures, PrintStream to) {
    figures.forEach(f -> print(f, to));
    to.print(NOTES);
  }

  @Override
  protected Object document(List<ThroughputFigures> figures) throws IOException {
    Path svg = file(picture, "svg");
    Files.createDirectories(svg.getParent());
    Files.writeString(svg, ThroughputPicture.of(figures));
    return figures;
  }

  private static void print(ThroughputFigures f, PrintStream to) {
    to.printf(
        "%n%s: %,d messages after %,d that warm up; %,d symbol records and %,d graphs in all;%n"
            + "%d rounds: median (min–max)%n",
        f.input(), f.messages(), f.warmUpMessages(), f.symbolRecords(), f.graphs(), f.rounds());
    Table table =
        new Table(
            "",
            "",
            "CPU s a million",
            "messages/s a core",
            "messages/s by the clock",
            "CPU, times ours");
    for (ContestantFigures c : f.contestants()) {
      String name = c.name().toLowerCase(Locale.ROOT) + (c.core() ? "*" : "");
      if (c.wrongAnswers() > 0) {
        String wrong = "wrong answer, %d of %d".formatted(c.wrongAnswers(), f.rounds());
        table.row(name, c.description(), wrong, "", "", "");
      } else {
        table.row(
            name,
            c.description(),
            text("%.2f", c.cpuSecondsPerMillion()),
            text("%,.0f", c.messagesPerSecondAndCore()),
            text("%,.0f", c.messagesPerSecond()),
            c.cpuToOurs() == null ? "" : text("%.2f", c.cpuToOurs()));
      }
    }
    table.print(to);
  }

  private static String text(String number, Distribution d) {
    return (number + " (" + number + "–" + number + ")").formatted(d.p50(), d.min(), d.max());
  }
}
