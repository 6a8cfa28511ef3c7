package io.streamforge.bench.store;

import io.streamforge.bench.FiguresFile;
import io.streamforge.bench.market.MarketShape;
import io.streamforge.marketgraph.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench store}: where the levels of books are kept. */
@Command(
    name = "store",
    description =
        "Compares books whose levels are entries in RocksDB (plain) with the job's own operator (write-back), which"
            + " computes all its features meanwhile. Both must give the same mids.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class StoreCommand implements Callable<Integer> {
  private static final Path HOME = Path.of(System.getProperty("streamforge.home", "."));

  @Option(
      names = "--rounds",
      defaultValue = "5",
      paramLabel = "N",
      description = "Timed rounds of each. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--recording",
      paramLabel = "FILE",
      description = "Recording of Binance. Default: binance-usdm-btc-eth.")
  private Path recording = HOME.resolve("recordings/binance-usdm-btc-eth.jsonl.gz");

  @Option(
      names = "--repeat",
      defaultValue = "4",
      paramLabel = "N",
      description = "How often the recording is played in a round. Default: ${DEFAULT-VALUE}.")
  private int repeat;

  @Option(
      names = "--instruments",
      defaultValue = "1000",
      paramLabel = "N",
      description = "Of the generated market. Default: ${DEFAULT-VALUE}.")
  private int instruments;

  @Option(
      names = "--levels",
      defaultValue = "1000",
      paramLabel = "N",
      description = "Of a generated book, on each side. Default: ${DEFAULT-VALUE}.")
  private int levels;

  @Option(
      names = "--messages",
      defaultValue = "1000000",
      paramLabel = "N",
      description =
          "Of the generated market, trades among them; 42 %% are of books. Default: ${DEFAULT-VALUE}.")
  private int messages;

  @Option(
      names = "--seconds",
      defaultValue = "520",
      paramLabel = "N",
      description = "Event time that the generated market lasts. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Of the generated market. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of the job.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(names = "--out", paramLabel = "FILE", description = "Default: target/bench/store.json.")
  private Path out = FiguresFile.named("store.json");

  @Override
  public Integer call() throws Exception {
    if (rounds < 1 || repeat < 1) {
      throw new IllegalArgumentException("--rounds and --repeat must be at least 1");
    }
    settings.putIfAbsent("kafka.bootstrap-servers", "none:1"); // required, and not used here
    MarketShape shape =
        new MarketShape(instruments, levels, messages, Duration.ofSeconds(seconds), seed);
    StoreInputs inputs = new StoreInputs(new Settings(settings).messageDecoder());
    StoreBenchmark benchmark = new StoreBenchmark(rounds, settings, System.err::println);
    StoreTable table = new StoreTable(System.out);

    List<StoreFigures> figures = new ArrayList<>();
    figures.add(benchmark.run(inputs.recorded(recording, repeat)));
    table.print(figures.get(0));
    figures.add(benchmark.run(inputs.generated(shape)));
    table.print(figures.get(1));
    write(figures);
    return 0;
  }

  private void write(List<StoreFigures> figures) throws IOException {
    FiguresFile.write(out, figures);
  }
}
