package io.streamforge.bench.process;

import io.streamforge.cli.cluster.LocalBroker;
import java.io.IOException;
import java.util.List;

/** Kafka in a process of its own: says its address, and ends with its standard input. */
public final class BenchBroker {
  private BenchBroker() {}

  /** Starts one, whose first line is its address. */
  public static JavaProcess start() throws IOException {
    return JavaProcess.start(BenchBroker.class, "1g", "", List.of());
  }

  public static void main(String[] args) throws IOException {
    try (LocalBroker broker = LocalBroker.start(null)) {
      System.out.println(broker.bootstrapServers());
      JavaProcess.awaitEndOfInput();
    }
    System.exit(0);
  }
}
