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
    return new DirectMarketGraph.Outputs(symbols, graphs, resync -> {}, PlainOutputs::refuse);
  }

  private static void refuse(OutputRecord deadLetter) {
    throw new IllegalStateException(
        "a message cannot be read: " + deadLetter.headers().get("reason"));
  }
}
