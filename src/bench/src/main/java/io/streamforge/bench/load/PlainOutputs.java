package io.streamforge.bench.load;

import io.streamforge.marketgraph.DirectMarketGraph;
import io.streamforge.topic.OutputRecord;
import java.util.function.Consumer;

/** Where the plain loop of the benchmark puts its records. */
public final class PlainOutputs {
  private PlainOutputs() {}

  /** The records of symbols and of graphs; an input that gives dead letters is none of ours. */
  public static DirectMarketGraph.Outputs of(
      Consumer<OutputRecord> symbols, Consumer<OutputRecord> graphs) {
    return new DirectMarketGraph.Outputs(
        symbols,
        graphs,
        resync -> {},
        letter -> {
          throw new IllegalStateException("cannot be read: " + letter.headers().get("reason"));
        },
        event -> {});
  }
}
