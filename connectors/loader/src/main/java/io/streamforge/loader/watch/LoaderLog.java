package io.streamforge.loader.watch;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.streamforge.loader.out.Flow;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics, and beside them a line in the log for what an operator acts on. What may happen
 * often is logged at most once in ten seconds a venue and kind; nothing of a message's content is.
 */
public final class LoaderLog extends LoaderMetrics {
  private static final Logger LOG = LoggerFactory.getLogger("loader");
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int LONGEST_REASON = 200;

  private final Map<String, Long> loggedNanos = new ConcurrentHashMap<>();

  public LoaderLog(PrometheusRegistry to) {
    super(to);
  }

  private boolean isDue(String venue, String kind) {
    long now = System.nanoTime();
    Long before = loggedNanos.get(venue + kind);
    if (before != null && now - before < PAUSE_NANOS) {
      return false;
    }
    loggedNanos.put(venue + kind, now);
    return true;
  }

  /** Venues' words in one line of bounded length, without what could forge another. */
  static String plain(String text) {
    String visible = String.valueOf(text).replaceAll("[^\\x20-\\x7e]", "?");
    return visible.length() <= LONGEST_REASON ? visible : visible.substring(0, LONGEST_REASON);
  }

  @Override
  public void connected(String venue, String line) {
    super.connected(venue, line);
    LOG.info("{}: connected", line);
  }

  @Override
  public void disconnected(String venue, String line, String reason, long againInMs) {
    super.disconnected(venue, line, reason, againInMs);
    LOG.warn("{}: disconnected: {}; connects again in {} ms", line, plain(reason), againInMs);
  }

  @Override
  public void moving(String venue, String line, String reason) {
    super.moving(venue, line, reason);
    LOG.info("{}: moves to a new connection: {}", line, plain(reason));
  }

  @Override
  public void unacknowledged(String venue, int subscriptions) {
    super.unacknowledged(venue, subscriptions);
    LOG.warn("{}: {} subscriptions without an answer, asked for again", venue, subscriptions);
  }

  @Override
  public void refused(String venue, String symbol, String reason) {
    super.refused(venue, symbol, reason);
    LOG.warn(
        "{}: refuses the subscription of {}: {}",
        venue,
        symbol == null ? "a symbol" : plain(symbol),
        plain(reason));
  }

  @Override
  public void listed(String venue, String symbol, boolean listed) {
    super.listed(venue, symbol, listed);
    LOG.info("{}: {} {}", venue, listed ? "lists" : "no longer lists", plain(symbol));
  }

  @Override
  public void listingFailed(String venue, String reason) {
    super.listingFailed(venue, reason);
    if (isDue(venue, "listing")) {
      LOG.warn("{}: what it lists is not known: {}", venue, plain(reason));
    }
  }

  @Override
  public void unreadable(String venue, String reason, boolean written) {
    super.unreadable(venue, reason, written);
    if (isDue(venue, "unreadable")) {
      LOG.warn("{}: a message cannot be read: {}", venue, plain(reason));
    }
  }

  @Override
  public void severalSymbols(String venue) {
    super.severalSymbols(venue);
    LOG.error("{}: a message names several symbols; it was not written", venue);
  }

  @Override
  public void gap(String venue, String symbol) {
    super.gap(venue, symbol);
    if (isDue(venue, "gap")) {
      LOG.warn("{}: messages of {} are missing", venue, plain(symbol));
    }
  }

  @Override
  public void bookRequestFailed(String venue, String symbol, String reason) {
    super.bookRequestFailed(venue, symbol, reason);
    if (isDue(venue, "request")) {
      LOG.warn("{}: no book of {}: {}", venue, plain(symbol), plain(reason));
    }
  }

  @Override
  public void lost(Flow flow, String reason) {
    super.lost(flow, reason);
    if (isDue(flow.venue(), "lost")) {
      LOG.error("{}: {} is lost: {}", flow.venue(), plain(flow.symbol()), plain(reason));
    }
  }

  @Override
  public void recovered(int flows) {
    super.recovered(flows);
    LOG.info("Kafka takes records again; {} books and trades begin anew", flows);
  }
}
