package io.streamforge.loader.watch;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.streamforge.loader.out.Flow;
import io.streamforge.loader.out.OutboxWatch;
import io.streamforge.loader.venue.Channel;
import java.util.Set;
import java.util.stream.Stream;

/** The loader's figures, for Prometheus. Their labels are few: no symbol is among them. */
public class LoaderMetrics implements FeedWatch, OutboxWatch {
  private static final double[] SECONDS = {
    0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30
  };

  /** Others come from records that anybody may have written. */
  private static final Set<String> REASONS =
      Set.of(
          "start",
          "depth",
          "failover",
          "lost",
          "gap",
          "checksum-mismatch",
          "crossed",
          "no-snapshot",
          "counts-anew",
          "unreadable",
          "disconnected",
          "lost-records",
          "shallow");

  private final Counter messages;
  private final Counter bytes;
  private final Histogram lag;
  private final Gauge newest;
  private final Counter connects;
  private final Counter disconnects;
  private final Counter moves;
  private final Counter unacknowledged;
  private final Counter refused;
  private final Counter unreadable;
  private final Counter unknown;
  private final Counter delisted;
  private final Counter listingsFailed;
  private final Counter gaps;
  private final Counter shares;
  private final Counter requested;
  private final Counter requestsFailed;
  private final Gauge budget;
  private final Counter tradesSeen;
  private final Gauge tradesMissing;
  private final Gauge books;
  private final Gauge booksBegun;
  private final Histogram delivery;
  private final Counter lost;
  private final Gauge queued;

  public LoaderMetrics(PrometheusRegistry to) {
    messages = counter(to, "messages", "Messages of the market", "venue", "channel");
    bytes = counter(to, "bytes", "Bytes of messages of the market", "venue", "channel");
    lag = histogram(to, "lag_seconds", "From the venue's time to the receipt", "venue");
    newest = gauge(to, "newest_message_seconds", "Receipt of the newest message", "venue");
    connects = counter(to, "connects", "Connections that were opened", "venue");
    disconnects = counter(to, "disconnects", "Connections that ended or failed", "venue");
    moves = counter(to, "moves", "Connections replaced before they ended", "venue");
    unacknowledged =
        counter(to, "unacknowledged", "Subscriptions without an answer in time", "venue");
    refused = counter(to, "refused", "Subscriptions that the venue refused", "venue");
    unreadable = counter(to, "unreadable", "Messages that could not be read", "venue", "written");
    unknown = counter(to, "unknown", "Messages of no known form, not written", "venue");
    delisted = counter(to, "delisted", "Symbols that the venue lists no more", "venue");
    listingsFailed = counter(to, "listings_failed", "Listings that could not be had", "venue");
    gaps = counter(to, "gaps", "Holes in the messages of books", "venue");
    shares = counter(to, "written", "Messages written of each of several lines", "venue", "line");
    requested = counter(to, "books_requested", "Whole books asked for", "venue", "reason");
    requestsFailed = counter(to, "book_requests_failed", "Answers of no use", "venue");
    budget = gauge(to, "budget_used_ratio", "Share of the REST budget that is used", "venue");
    tradesSeen = counter(to, "trades", "Trades whose ids count by one", "venue");
    tradesMissing = gauge(to, "trades_missing", "Trade ids that never came", "venue");
    books = gauge(to, "books", "Books that are subscribed", "venue");
    booksBegun = gauge(to, "books_begun", "Books with a snapshot in their session", "venue");
    delivery = histogram(to, "delivery_seconds", "From the receipt to Kafka", "venue");
    lost = counter(to, "flows_lost", "Books or trades lost before Kafka", "venue");
    queued =
        Gauge.builder()
            .name("streamforge_loader_queue_bytes")
            .help("Bytes that wait for Kafka")
            .register(to);
  }

  /**
   * Shows a venue's figures from now on. A counter that appears with its first event has not grown
   * then: no alert on its growth would see that event.
   */
  public final void begin(String venue) {
    Stream.of(
            connects,
            disconnects,
            moves,
            unacknowledged,
            refused,
            unknown,
            delisted,
            listingsFailed,
            gaps,
            requestsFailed,
            tradesSeen,
            lost)
        .forEach(counter -> counter.initLabelValues(venue));
    tradesMissing.initLabelValues(venue);
  }

  private static Counter counter(
      PrometheusRegistry to, String name, String help, String... labels) {
    return Counter.builder()
        .name("streamforge_loader_" + name)
        .help(help)
        .labelNames(labels)
        .register(to);
  }

  private static Gauge gauge(PrometheusRegistry to, String name, String help, String... labels) {
    return Gauge.builder()
        .name("streamforge_loader_" + name)
        .help(help)
        .labelNames(labels)
        .register(to);
  }

  private static Histogram histogram(
      PrometheusRegistry to, String name, String help, String... labels) {
    return Histogram.builder()
        .name("streamforge_loader_" + name)
        .help(help)
        .labelNames(labels)
        .classicOnly()
        .classicUpperBounds(SECONDS)
        .register(to);
  }

  @Override
  public void connected(String venue, String line) {
    connects.labelValues(venue).inc();
  }

  @Override
  public void disconnected(String venue, String line, String reason, long againInMs) {
    disconnects.labelValues(venue).inc();
  }

  @Override
  public void moving(String venue, String line, String reason) {
    moves.labelValues(venue).inc();
  }

  @Override
  public void unacknowledged(String venue, int subscriptions) {
    unacknowledged.labelValues(venue).inc(subscriptions);
  }

  @Override
  public void refused(String venue, String symbol, String reason) {
    refused.labelValues(venue).inc();
  }

  @Override
  public void listed(String venue, String symbol, boolean listed) {
    if (!listed) {
      delisted.labelValues(venue).inc();
    }
  }

  @Override
  public void listingFailed(String venue, String reason) {
    listingsFailed.labelValues(venue).inc();
  }

  @Override
  public void message(String venue, Channel channel, int size, long lagUs) {
    String name = channel == Channel.BOOK ? "book" : "trades";
    messages.labelValues(venue, name).inc();
    bytes.labelValues(venue, name).inc(size);
    newest.labelValues(venue).set(System.currentTimeMillis() / 1000.0);
    if (lagUs != 0) {
      lag.labelValues(venue).observe(lagUs / 1e6);
    }
  }

  @Override
  public void unreadable(String venue, String reason, boolean written) {
    unreadable.labelValues(venue, Boolean.toString(written)).inc();
  }

  @Override
  public void unknown(String venue) {
    unknown.labelValues(venue).inc();
  }

  @Override
  public void severalSymbols(String venue) {
    unreadable.labelValues(venue, "false").inc();
  }

  @Override
  public void gap(String venue, String symbol) {
    gaps.labelValues(venue).inc();
  }

  @Override
  public void share(String venue, String line) {
    shares.labelValues(venue, line).inc();
  }

  @Override
  public void bookRequested(String venue, String symbol, String reason) {
    requested.labelValues(venue, REASONS.contains(reason) ? reason : "other").inc();
  }

  @Override
  public void bookRequestFailed(String venue, String symbol, String reason) {
    requestsFailed.labelValues(venue).inc();
  }

  @Override
  public void budgetUsed(String venue, double share) {
    budget.labelValues(venue).set(share);
  }

  @Override
  public void trades(String venue, int seen, long missing) {
    if (seen > 0) {
      tradesSeen.labelValues(venue).inc(seen);
    }
    if (missing != 0) {
      tradesMissing.labelValues(venue).inc((double) missing);
    }
  }

  @Override
  public void books(String venue, int begun, int all) {
    booksBegun.labelValues(venue).set(begun);
    books.labelValues(venue).set(all);
  }

  @Override
  public void delivered(Flow flow, long delayUs) {
    delivery.labelValues(flow.venue()).observe(delayUs / 1e6);
  }

  @Override
  public void lost(Flow flow, String reason) {
    lost.labelValues(flow.venue()).inc();
  }

  @Override
  public void recovered(int flows) {}

  @Override
  public void queued(long waiting) {
    queued.set((double) waiting);
  }
}
