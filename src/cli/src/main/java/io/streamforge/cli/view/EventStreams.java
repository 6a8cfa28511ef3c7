package io.streamforge.cli.view;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Tells open pages what is new, as server-sent events. A page that reads slowly is told less often,
 * what is newest then; one that does not read at all is cut off.
 */
final class EventStreams implements AutoCloseable {
  /** Pages that can be open at once. */
  static final int MOST = 8;

  /** Between two looks at what is new. */
  private static final long PAUSE_MS = 250;

  /** So often a page hears at least, and knows that it is still connected. */
  private static final long SIGN_OF_LIFE_NANOS = Duration.ofSeconds(1).toNanos();

  private final LatestRecords market;
  private final Duration patience;
  private final Semaphore free = new Semaphore(MOST);
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "view-watch");
            thread.setDaemon(true);
            return thread;
          });

  /** Since when a thread has been writing. */
  private final Map<Thread, Long> writing = new ConcurrentHashMap<>();

  private volatile boolean closed;

  /**
   * @param patience with a page that does not read
   */
  EventStreams(LatestRecords market, Duration patience) {
    this.market = market;
    this.patience = patience;
    var unused = watch.scheduleWithFixedDelay(this::cutOff, 1, 1, TimeUnit.SECONDS);
  }

  /** Serves a page for as long as it is open; false, at once, if there are too many. */
  boolean serve(HttpExchange exchange, String graph) throws IOException {
    if (!free.tryAcquire()) {
      return false;
    }
    try {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
      exchange.sendResponseHeaders(200, 0);
      tell(exchange.getResponseBody(), graph);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      free.release();
    }
    return true;
  }

  private void tell(OutputStream out, String graph) throws IOException, InterruptedException {
    long toldVersion = -1;
    long toldNanos = System.nanoTime() - SIGN_OF_LIFE_NANOS;
    while (!closed) {
      long now = System.nanoTime();
      boolean changed = market.version() != toldVersion;
      if (changed) {
        LatestRecords.Moment moment = market.moment(graph);
        toldVersion = moment.version();
        write(out, "market", ViewJson.of(moment));
      }
      if (changed || now - toldNanos >= SIGN_OF_LIFE_NANOS) {
        toldNanos = now;
        write(out, "status", ViewJson.of(market.status(graph, now)));
      }
      Thread.sleep(PAUSE_MS);
    }
  }

  // JSON has no line break of its own, which would end the event.
  private void write(OutputStream out, String event, byte[] json) throws IOException {
    writing.put(Thread.currentThread(), System.nanoTime());
    try {
      out.write(("event: " + event + "\ndata: ").getBytes(StandardCharsets.UTF_8));
      out.write(json);
      out.write("\n\n".getBytes(StandardCharsets.UTF_8));
      out.flush();
    } finally {
      writing.remove(Thread.currentThread());
    }
  }

  // An interrupt closes the connection under a write that waits.
  private void cutOff() {
    long now = System.nanoTime();
    writing.forEach(
        (thread, since) -> {
          if (now - since > patience.toNanos()) {
            thread.interrupt();
          }
        });
  }

  @Override
  public void close() {
    closed = true;
    watch.shutdownNow();
  }
}
