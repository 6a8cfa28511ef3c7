package io.streamforge.bench.latency;

import io.streamforge.bench.FiguresFile;
import io.streamforge.settings.SettingKey;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench latency}: how long a graph takes. */
@Command(
    name = "latency",
    description =
        "How long it takes from the record that completes a sample to its graph, and how old a graph is when it is read:"
            + " open loop, from the times at which records are to be sent. Broker and job are in processes of their own.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class LatencyCommand implements Callable<Integer> {
  @Option(
      names = "--scenario",
      split = ",",
      paramLabel = "NAME",
      description = "Of ${COMPLETION-CANDIDATES}. Default: all.")
  private Set<Scenario> scenarios = EnumSet.allOf(Scenario.class);

  @Option(
      names = "--instruments",
      defaultValue = "200",
      paramLabel = "N",
      description = "Of a busy market. Default: ${DEFAULT-VALUE}.")
  private int instruments;

  @Option(
      names = "--seconds",
      defaultValue = "120",
      paramLabel = "N",
      description = "That count, of each scenario; a graph a second. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "60",
      paramLabel = "N",
      description = "Seconds before those that count. Default: ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(
      names = "--maximum",
      defaultValue = "0",
      paramLabel = "N",
      description = "Messages a second that the loads are shares of. Default: is measured first.")
  private double maximum;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of the job.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(names = "--flink", paramLabel = "KEY=VALUE", description = "An option of Flink.")
  private Map<String, String> flink = new LinkedHashMap<>();

  @Option(names = "--out", paramLabel = "FILE", description = "Default: target/bench/latency.json.")
  private Path out = FiguresFile.named("latency.json");

  @Override
  public Integer call() throws Exception {
    if (instruments < 1 || seconds < 1 || warmUp < 1) {
      throw new IllegalArgumentException(
          "--instruments, --seconds and --warm-up must be at least 1");
    }
    Map<String, String> all = new HashMap<>(flink);
    settings.forEach((key, value) -> all.put(SettingKey.PREFIX + key, value));
    LatencyBenchmark benchmark =
        new LatencyBenchmark(instruments, warmUp, seconds, all, System.err::println);
    LatencyFigures figures = benchmark.run(EnumSet.copyOf(scenarios), maximum);
    new LatencyTable(System.out).print(figures);
    FiguresFile.write(out, figures);
    return 0;
  }
}
