package io.streamforge.bench.drill;

import io.streamforge.bench.Distribution;
import io.streamforge.bench.FiguresFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench recovery}: how long the death of a TaskManager keeps graphs from coming. */
@Command(
    name = "recovery",
    description =
        "Kills a TaskManager that works, again and again, on a cluster of processes with flink-conf, and says how long"
            + " no graph came.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class RecoveryCommand implements Callable<Integer> {
  @Option(
      names = "--kills",
      defaultValue = "20",
      paramLabel = "N",
      description = "Default: ${DEFAULT-VALUE}.")
  private int kills;

  @Option(
      names = "--instruments",
      defaultValue = "50",
      paramLabel = "N",
      description = "Default: ${DEFAULT-VALUE}.")
  private int instruments;

  @Option(
      names = "--rate",
      defaultValue = "500",
      paramLabel = "N",
      description = "Messages a second. Default: ${DEFAULT-VALUE}.")
  private int rate;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Default: target/bench/recovery.json.")
  private Path out = FiguresFile.named("recovery.json");

  @Override
  public Integer call() throws Exception {
    List<RecoveryDrill.Kill> all =
        new RecoveryDrill(kills, instruments, rate)
            .run(
                kill ->
                    System.err.printf(
                        "a graph after %.1f s, caught up after %.1f s%n",
                        kill.graph(), kill.caughtUp()));
    System.out.printf(
        "%-22s %8s %8s %8s %8s%n", "seconds after a kill", "min", "p50", "p99", "max");
    print("first new graph", all, RecoveryDrill.Kill::graph);
    print("caught up", all, RecoveryDrill.Kill::caughtUp);
    FiguresFile.write(out, all);
    return 0;
  }

  private static void print(
      String name, List<RecoveryDrill.Kill> all, ToDoubleFunction<RecoveryDrill.Kill> value) {
    Distribution of = Distribution.of(all.stream().mapToDouble(value));
    System.out.printf(
        "%-22s %8.1f %8.1f %8.1f %8.1f%n", name, of.min(), of.p50(), of.p99(), of.max());
  }
}
