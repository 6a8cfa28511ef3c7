package io.streamforge.bench.pairs;

import io.streamforge.bench.experiment.Experiment;
import io.streamforge.bench.experiment.Table;
import io.streamforge.graph.model.GraphSettings;
import io.streamforge.marketgraph.Settings;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench pairs}: what a graph of all pairs of symbols costs. */
@Command(
    name = "pairs",
    description = "One graph at one sample a second with a full window: CPU, state and records.")
public final class PairsExperiment extends Experiment<PairsFigures> {
  private static final double MB = 1e6;

  @Option(names = "--symbols", split = ",", paramLabel = "N", description = "Nodes.")
  private List<Integer> symbols = List.of(250, 500, 1_000, 2_000, 5_000, 10_000);

  @Option(names = "--samples", paramLabel = "N", description = "Timed samples of each.")
  private int samples = 60;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of the job.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Override
  protected void measure(Figures<PairsFigures> done) throws Exception {
    atLeastOne("--samples", samples);
    for (int count : symbols) {
      PairsFigures figures = new GraphUnderLoad(graph(count), count).run(samples);
      say("%,d symbols: %.1f ms a sample".formatted(count, figures.plainSampleMs().p50()));
      done.add(figures);
    }
  }

  /** As the job reads them, for graphs and records as large as needed. */
  private GraphSettings graph(int nodes) {
    Map<String, String> values = new LinkedHashMap<>(settings);
    values.putIfAbsent("kafka.bootstrap-servers", "none:1"); // required, and not used here
    values.putIfAbsent("graph.max-nodes", String.valueOf(nodes));
    values.putIfAbsent("kafka.properties.max.request.size", String.valueOf(1 << 30));
    return new Settings(values).graph();
  }

  @Override
  protected void print(List<PairsFigures> figures, PrintStream to) {
    Table table =
        new Table(
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
    for (PairsFigures f : figures) {
      table.row(
          "%,d".formatted(f.symbols()),
          "%,d".formatted(f.pairs()),
          "%,d".formatted(f.edges()),
          "%.1f".formatted(f.plainSampleMs().p50()),
          "%.1f".formatted(f.rewireSampleMs().p50()),
          "%.1f".formatted(f.jsonMs().p50()),
          "%.1f".formatted(f.allMs().p99()),
          "%.1f".formatted(f.allMs().max()),
          "%.1f%%".formatted(100 * f.coreShare()),
          "%.2f".formatted(f.jsonBytes() / MB),
          "%.2f".formatted(f.stateBytes() / MB),
          "%.2f".formatted(f.checkpointBytes() / MB),
          "%.2f".formatted(f.restoreMs() / 1e3));
    }
    table.print(to);
  }
}
