package io.streamforge.testkit.exchange;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The one thread that an exchange does everything on. */
final class ExchangeThread {
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "fake-exchange");
            made.setDaemon(true);
            return made;
          });
  private final ExchangeLog log;
  private volatile RuntimeException failure;

  ExchangeThread(ExchangeLog log) {
    this.log = log;
  }

  /** Does it some time. */
  void later(Runnable what) {
    after(Duration.ZERO, what);
  }

  /** Does it after a while, unless the exchange is closed by then. */
  void after(Duration length, Runnable what) {
    try {
      var unused = thread.schedule(guarded(what), length.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // The exchange has been closed, and with it whoever could be answered.
    }
  }

  void everySecond(Runnable what) {
    var unused = thread.scheduleAtFixedRate(guarded(what), 1, 1, TimeUnit.SECONDS);
  }

  /**
   * Has it done, and comes back when it is.
   *
   * @throws IllegalStateException if something else failed before
   */
  void call(Runnable what) {
    if (failure != null) {
      throw new IllegalStateException("the fake exchange itself has failed", failure);
    }
    Callable<Void> done =
        () -> {
          what.run();
          return null;
        };
    try {
      thread.submit(done).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private Runnable guarded(Runnable what) {
    return () -> {
      try {
        what.run();
      } catch (RuntimeException e) {
        failure = e;
        log.violated("the fake exchange itself failed: " + e);
      }
    };
  }

  void close() {
    thread.shutdownNow();
  }
}
