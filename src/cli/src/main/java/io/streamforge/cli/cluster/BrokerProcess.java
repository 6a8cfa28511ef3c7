package io.streamforge.cli.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Kafka in a process of its own, with data that outlives it, until it is told to end. */
final class BrokerProcess {
  private BrokerProcess() {}

  /** Arguments: the folder of the data, and the port. */
  public static void main(String[] args) throws Exception {
    LocalBroker broker = LocalBroker.resume(Path.of(args[0]), Integer.parseInt(args[1]));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(broker)));
    new CountDownLatch(1).await();
  }

  private static void close(LocalBroker broker) {
    try {
      broker.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
