package io.streamforge.cli.view;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * Serves the page and what it shows, to this machine alone. A name that merely resolves to this
 * machine is refused, or any page on the web could read what is served here.
 */
final class ViewServer implements AutoCloseable {
  private static final Pattern LOCAL_HOST =
      Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?");
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** Those that do not wait: an event stream holds a thread for as long as its page is open. */
  private static final int THREADS = 4;

  private final HttpServer server;
  private final ExecutorService threads;
  private final LatestRecords market;
  private final PageFiles files = new PageFiles();
  private final EventStreams streams;

  private ViewServer(HttpServer server, LatestRecords market, Duration patience) {
    this.server = server;
    this.market = market;
    this.streams = new EventStreams(market, patience);
    this.threads =
        Executors.newFixedThreadPool(
            THREADS + EventStreams.MOST,
            task -> {
              Thread thread = new Thread(task, "view");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /**
   * Starts it.
   *
   * @param port 0 for any that is free
   * @param patience with a page that does not read what it is told
   * @throws IOException if the port is taken
   */
  static ViewServer start(int port, LatestRecords market, Duration patience) throws IOException {
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      return new ViewServer(HttpServer.create(address, 0), market, patience);
    } catch (BindException e) {
      throw new IOException("the view does not start: port " + port + " is taken", e);
    }
  }

  /** Where a browser finds the page. */
  URI address() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Headers headers = exchange.getResponseHeaders();
      headers.set("Content-Security-Policy", POLICY);
      headers.set("X-Content-Type-Options", "nosniff");
      headers.set("Referrer-Policy", "no-referrer");
      headers.set("Cross-Origin-Resource-Policy", "same-origin");
      headers.set("Cache-Control", "no-store");
      String host = exchange.getRequestHeaders().getFirst("Host");
      if (host == null || !LOCAL_HOST.matcher(host).matches()) {
        refuse(exchange, 421, "This is served to localhost alone.");
      } else if (!exchange.getRequestMethod().equals("GET")) {
        refuse(exchange, 405, "There is nothing to write here.");
      } else {
        answer(exchange);
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    switch (path) {
      case "/events" -> {
        if (!streams.serve(exchange, parameter(exchange, "graph"))) {
          refuse(exchange, 503, "So many pages are open already. Close one.");
        }
      }
      case "/series" -> {
        LatestRecords.Series series = market.series(parameter(exchange, "symbol"));
        if (series == null) {
          refuse(exchange, 404, "There is no such symbol.");
        } else {
          send(exchange, 200, "application/json", ViewJson.of(series));
        }
      }
      default -> {
        PageFiles.File file = files.find(path);
        if (file == null) {
          refuse(exchange, 404, "There is nothing here.");
        } else {
          send(exchange, 200, file.type(), file.bytes());
        }
      }
    }
  }

  /** Of a query with at most one parameter; empty if it is not there. */
  private static String parameter(HttpExchange exchange, String name) {
    String query = exchange.getRequestURI().getRawQuery();
    if (query == null || !query.startsWith(name + '=')) {
      return "";
    }
    try {
      return URLDecoder.decode(query.substring(name.length() + 1), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static void refuse(HttpExchange exchange, int status, String why) throws IOException {
    send(exchange, status, "text/plain", (why + '\n').getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    streams.close();
    server.stop(0);
    threads.shutdownNow();
  }
}
