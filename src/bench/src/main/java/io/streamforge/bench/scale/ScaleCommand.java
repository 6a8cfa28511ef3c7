package io.streamforge.bench.scale;

import io.streamforge.bench.FiguresFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench scale}: what more of everything costs. */
@Command(
    name = "scale",
    description =
        "The job over markets of 10 to 4 000 symbols, books of 20 to 5 000 levels a side, at parallelism 1 and 2, with and"
            + " without checkpoints, and over one symbol alone, from a backlog. Broker and job are in processes of their own.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ScaleCommand implements Callable<Integer> {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  @Option(
      names = "--messages",
      defaultValue = "200000",
      paramLabel = "N",
      description = "That count, of each point. Default: ${DEFAULT-VALUE}.")
  private int messages;

  @Option(
      names = "--warm-up",
      defaultValue = "150000",
      paramLabel = "N",
      description = "Messages before those that count. Default: ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(names = "--out", paramLabel = "FILE", description = "Default: target/bench/scale.json.")
  private Path out = FiguresFile.named("scale.json");

  @Override
  public Integer call() throws Exception {
    List<ScaleFigures> figures =
        new ScaleBenchmark(PAUSE, System.err::println).run(ScalePoint.all(warmUp, messages));
    new ScaleTable(System.out).print(figures);
    FiguresFile.write(out, figures);
    return 0;
  }
}
