package io.streamforge.bench.throughput;

import io.streamforge.bench.FiguresFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench throughput}: what a message costs. */
@Command(
    name = "throughput",
    description =
        "Compares the job (ours) with a plain loop in memory (L0), the same behind Kafka clients (L1), a Flink job as its"
            + " documentation has it (F0) and Kafka Streams (KS), by processor time a message. Each is in a process of its"
            + " own, a round after the other; all must give the same answer.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ThroughputCommand implements Callable<Integer> {
  // Compilers come to an end, and what waits in a cache or a buffer is written.
  private static final Duration PAUSE = Duration.ofSeconds(2);

  @Option(
      names = "--rounds",
      defaultValue = "7",
      paramLabel = "N",
      description = "Of all contestants in turn. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--messages",
      defaultValue = "500000",
      paramLabel = "N",
      description = "That count. Default: ${DEFAULT-VALUE}.")
  private int messages;

  @Option(
      names = "--warm-up",
      defaultValue = "300000",
      paramLabel = "N",
      description = "Messages before those that count. Default: ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(
      names = "--input",
      defaultValue = "recorded",
      paramLabel = "NAME",
      description =
          "recorded: binance-usdm-btc-eth again and again; generated-200 or generated-2000: a market of so many"
              + " instruments, busy by Zipf's law; all. Default: ${DEFAULT-VALUE}.")
  private String input;

  @Option(
      names = "--contestants",
      split = ",",
      paramLabel = "NAME",
      description = "Of ${COMPLETION-CANDIDATES}. Default: all.")
  private Set<Contestant> contestants = EnumSet.allOf(Contestant.class);

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Default: target/bench/throughput.json.")
  private Path out = FiguresFile.named("throughput.json");

  @Option(
      names = "--picture",
      paramLabel = "FILE",
      description = "As SVG. Default: target/bench/throughput.svg.")
  private Path picture = FiguresFile.named("throughput.svg");

  @Override
  public Integer call() throws Exception {
    if (rounds < 1) {
      throw new IllegalArgumentException("--rounds must be at least 1");
    }
    List<MarketInput> inputs =
        (input.equals("all") ? MarketInput.NAMES : List.of(input))
            .stream().map(name -> new MarketInput(name, warmUp, messages)).toList();
    ThroughputBenchmark benchmark =
        new ThroughputBenchmark(rounds, EnumSet.copyOf(contestants), PAUSE, System.err::println);
    ThroughputTable table = new ThroughputTable(System.out);
    List<ThroughputFigures> figures = new ArrayList<>();
    for (MarketInput each : inputs) {
      figures.add(benchmark.run(each));
      table.print(figures.get(figures.size() - 1));
      write(figures); // an hour's work is not lost with the next input
    }
    return 0;
  }

  private void write(List<ThroughputFigures> figures) throws IOException {
    Files.createDirectories(picture.toAbsolutePath().getParent());
    FiguresFile.write(out, figures);
    Files.writeString(picture, ThroughputPicture.of(figures));
  }
}
