package io.streamforge.loader.watch;

import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Serves {@code /metrics} for Prometheus, and {@code /live} and {@code /ready} for whoever starts
 * the loader: 200 where all is well, else 503 and a line that says what is not.
 */
public final class HealthServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  /**
   * @param port 0 for any that is free
   * @param dead what does not work and will not by itself; empty if nothing
   * @param unready what does not work yet; empty if nothing
   * @throws IOException if the port is taken
   */
  public HealthServer(
      String host,
      int port,
      PrometheusRegistry metrics,
      Supplier<String> dead,
      Supplier<String> unready)
      throws IOException {
    server = HttpServer.create(new InetSocketAddress(host, port), 0);
    server.createContext("/metrics", new MetricsHandler(metrics));
    state("/live", dead);
    state("/ready", unready);
    server.setExecutor(threads);
    server.start();
  }

  private void state(String path, Supplier<String> wrong) {
    server.createContext(
        path,
        exchange -> {
          String what = wrong.get();
          byte[] body = (what.isEmpty() ? "ok\n" : what + "\n").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(what.isEmpty() ? 200 : 503, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
