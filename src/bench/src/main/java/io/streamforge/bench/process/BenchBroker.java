package io.streamforge.bench.process;

import io.streamforge.cli.cluster.LocalBroker;
import java.io.IOException;

/** Kafka in a process of its own: says its address, and ends with its standard input. */
public final class BenchBroker {
  private BenchBroker() {}

  public static void main(String[] args) throws IOException {
    try (LocalBroker broker = LocalBroker.start(null)) {
      System.out.println(broker.bootstrapServers());
      JavaProcess.awaitEndOfInput();
    }
    System.exit(0);
  }
}
