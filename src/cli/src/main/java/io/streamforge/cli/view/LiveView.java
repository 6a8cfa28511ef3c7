package io.streamforge.cli.view;

import io.streamforge.marketgraph.Settings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A page of the market as it is, from the topics out. */
public final class LiveView implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final FeatureReader reader;
  private final ViewServer server;
  private final CompletableFuture<Void> reading;

  private LiveView(FeatureReader reader, ViewServer server) {
    this.reader = reader;
    this.server = server;
    this.reading =
        CompletableFuture.runAsync(reader::run, task -> new Thread(task, "view-reader").start());
  }

  /**
   * Starts it.
   *
   * @param settings where Kafka is, what its client is to know, and what the topics are called
   * @param port where browsers connect; 0 for any that is free
   * @throws IOException if the port is taken
   * @throws IllegalArgumentException if a topic does not exist
   */
  public static LiveView start(Settings settings, int port)
      throws IOException, InterruptedException {
    LatestRecords market = new LatestRecords();
    ViewServer server = ViewServer.start(port, market, PATIENCE);
    try {
      return new LiveView(new FeatureReader(settings, market), server);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** Where a browser finds the page. */
  public URI address() {
    return server.address();
  }

  /** Returns when it is closed, or throws what Kafka has refused it. */
  void await() {
    try {
      reading.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  @Override
  public void close() {
    reader.close();
    server.close();
    reading.exceptionally(failure -> null).join(); // told by await
  }
}
