package io.streamforge.bench.pairs;

import io.streamforge.bench.FiguresFile;
import io.streamforge.graph.model.GraphSettings;
import io.streamforge.marketgraph.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench pairs}: what a graph of all pairs of symbols costs. */
@Command(
    name = "pairs",
    description = "One graph at one sample a second with a full window: CPU, state and records.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class PairsCommand implements Callable<Integer> {
  private static final double MB = 1e6;

  @Option(
      names = "--symbols",
      split = ",",
      defaultValue = "250,500,1000,2000,5000,10000",
      paramLabel = "N",
      description = "Nodes. Default: ${DEFAULT-VALUE}.")
  private List<Integer> symbols;

  @Option(
      names = "--samples",
      defaultValue = "60",
      paramLabel = "N",
      description = "Timed samples of each. Default: ${DEFAULT-VALUE}.")
  private int samples;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of the job.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(names = "--out", paramLabel = "FILE", description = "Default: target/bench/pairs.json.")
  private Path out = FiguresFile.named("pairs.json");

  @Override
  public Integer call() throws Exception {
    List<PairsFigures> figures = new ArrayList<>();
    System.out.printf(
        "%7s %11s %8s | %9s %9s %8s | %8s %8s %6s | %9s %9s %9s %9s%n",
        "symbols",
        "pairs",
        "edges",
        "sample ms",
        "rewire ms",
        "JSON ms",
        "p99 ms",
        "max ms",
        "core",
        "JSON MB",
        "state MB",
        "chkpt MB",
        "restore s");
    for (int count : symbols) {
      PairsFigures f = new PairsBenchmark(graph(count), count).run(samples);
      figures.add(f);
      System.out.printf(
          "%7d %,11d %,8d | %9.1f %9.1f %8.1f | %8.1f %8.1f %5.1f%% | %9.2f %9.2f %9.2f %9.2f%n",
          f.symbols(),
          f.pairs(),
          f.edges(),
          f.plainSampleMs().p50(),
          f.rewireSampleMs().p50(),
          f.jsonMs().p50(),
          f.allMs().p99(),
          f.allMs().max(),
          100 * f.coreShare(),
          f.jsonBytes() / MB,
          f.stateBytes() / MB,
          f.checkpointBytes() / MB,
          f.restoreMs() / 1e3);
    }
    FiguresFile.write(out, figures);
    return 0;
  }

  /** As the job reads them, for graphs and records as large as needed. */
  private GraphSettings graph(int nodes) {
    Map<String, String> values = new LinkedHashMap<>(settings);
    values.putIfAbsent("kafka.bootstrap-servers", "none:1"); // required, and not used here
    values.putIfAbsent("graph.max-nodes", String.valueOf(nodes));
    values.putIfAbsent("kafka.properties.max.request.size", String.valueOf(1 << 30));
    return new Settings(values).graph();
  }
}
