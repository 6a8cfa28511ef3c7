package io.streamforge.bench.drill;

import io.streamforge.bench.FiguresFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench burst}: many times the usual rate, and a worker more. */
@Command(
    name = "burst",
    description =
        "A burst of many times the usual rate for a job of one worker, drained after scaling to two: processes with"
            + " flink-conf.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class BurstCommand implements Callable<Integer> {
  @Option(
      names = "--instruments",
      defaultValue = "50",
      paramLabel = "N",
      description = "Default: ${DEFAULT-VALUE}.")
  private int instruments;

  @Option(
      names = "--rate",
      defaultValue = "1000",
      paramLabel = "N",
      description = "Usual messages a second. Default: ${DEFAULT-VALUE}.")
  private int rate;

  @Option(
      names = "--times",
      defaultValue = "20",
      paramLabel = "N",
      description = "How much faster it is in the burst. Default: ${DEFAULT-VALUE}.")
  private int times;

  @Option(
      names = "--seconds",
      defaultValue = "30",
      paramLabel = "N",
      description = "How long the burst lasts. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(names = "--out", paramLabel = "FILE", description = "Default: target/bench/burst.json.")
  private Path out = FiguresFile.named("burst.json");

  @Override
  public Integer call() throws Exception {
    BurstDrill.Figures f =
        new BurstDrill(instruments, rate, times, seconds).run(line -> System.err.println(line));
    System.out.printf(
        """
        usual: %,d messages/s, newest graph %.1f s old
        burst: %,d messages/s for %d s; one worker takes %,.0f messages/s
        when it is over: %,d messages wait, newest graph %.1f s old
        scaled to two workers after %.1f s, which take %,.0f messages/s
        drained %.1f s after the burst
        """,
        f.rate(),
        f.usualAgeSeconds(),
        f.rate() * f.times(),
        f.burstSeconds(),
        f.oneWorker(),
        f.backlog(),
        f.ageSeconds(),
        f.scaleSeconds(),
        f.twoWorkers(),
        f.drainSeconds());
    FiguresFile.write(out, f);
    return 0;
  }
}
