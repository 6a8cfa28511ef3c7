package io.streamforge.loader.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.streamforge.loader.net.Socket;
import io.streamforge.loader.venue.Channel;
import io.streamforge.loader.venue.Control;
import io.streamforge.loader.venue.Subscription;
import io.streamforge.loader.venue.VenueFeeds;
import io.streamforge.loader.watch.LoaderMetrics;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LineSubscriptionsTest {
  private static final Subscription BTC = new Subscription(Channel.BOOK, "BTC/USD");
  private static final Subscription ETH = new Subscription(Channel.BOOK, "ETH/USD");

  private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final List<String> said = new CopyOnWriteArrayList<>();

  @AfterEach
  void end() {
    loop.shutdownNow();
  }

  private LineSubscriptions subscriptions() {
    return subscriptions("kraken", BTC, ETH);
  }

  private LineSubscriptions subscriptions(String venue, Subscription... wanted) {
    LineSetup setup =
        new LineSetup(
            VenueFeeds.of("venue", venue),
            URI.create("ws://localhost"),
            () -> List.of(wanted),
            1000,
            Duration.ofSeconds(60),
            loop,
            null,
            null,
            new LoaderMetrics(new PrometheusRegistry()) {
              @Override
              public void unacknowledged(String venue, int subscriptions) {
                said.add(subscriptions + " unacknowledged");
              }

              @Override
              public void refused(String venue, String symbol, String reason) {
                said.add(symbol + " refused: " + reason);
              }
            },
            RandomGenerator.getDefault());
    LineSubscriptions made =
        new LineSubscriptions(
            setup,
            new Socket() {
              @Override
              public void send(String text) {
                sent.add(text);
              }

              @Override
              public void abort(String reason) {}
            });
    made.ask(List.of(wanted));
    return made;
  }

  private static long after(long seconds) {
    return System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
  }

  @Test
  void whatIsNotAcknowledgedIsAskedForAgainAfterPausesThatGrow() {
    LineSubscriptions all = subscriptions();
    assertThat(sent).hasSize(1);
    all.answer(new Control.Subscribed(List.of(BTC)));
    all.tick(after(9));
    assertThat(said).isEmpty();
    all.tick(after(11));
    assertThat(said).containsExactly("1 unacknowledged");
    Awaitility.await().until(() -> sent.size() == 2);
    assertThat(sent.get(1)).contains("ETH/USD").doesNotContain("BTC/USD");
    all.tick(after(11)); // its answer may take twice as long
    assertThat(said).hasSize(1);
    all.answer(new Control.Subscribed(List.of(ETH)));
    assertThat(all.areAcknowledged()).isTrue();
    all.tick(after(1_000));
    assertThat(said).hasSize(1);
  }

  @Test
  void aRefusedSymbolIsNamed() {
    LineSubscriptions all = subscriptions();
    all.answer(new Control.Refused(1, "ETH/USD", "Currency pair not supported ETH/USD"));
    assertThat(said).containsExactly("ETH/USD refused: Currency pair not supported ETH/USD");
    assertThat(all.areAcknowledged()).isFalse();
  }

  /** Bybit, Binance and Gemini refuse a request as a whole, and the others in it stay silent. */
  @Test
  void theOthersOfARefusedRequestAreAskedForByThemselves() {
    Subscription good = new Subscription(Channel.BOOK, "BTCUSDT");
    Subscription bad = new Subscription(Channel.BOOK, "NOPE");
    LineSubscriptions all = subscriptions("bybit-linear", good, bad);
    all.answer(new Control.Refused(1, null, "error:handler not found"));
    Awaitility.await().until(() -> sent.size() == 3);
    assertThat(sent.get(1)).contains("BTCUSDT").doesNotContain("NOPE");
    assertThat(sent.get(2)).contains("NOPE").doesNotContain("BTCUSDT");
    all.answer(new Control.RequestAccepted(2));
    all.answer(new Control.Refused(3, null, "error:handler not found"));
    assertThat(said)
        .containsExactly(
            "null refused: error:handler not found", "NOPE refused: error:handler not found");
    assertThat(all.holds(good)).isTrue();
    assertThat(all.holds(bad)).isFalse();
    assertThat(sent).hasSize(3);
  }

  /** Coinbase's errors have no number. */
  @Test
  void aRefusalOfNoRequestAsksForAllThatWaitOnce() {
    Subscription good = new Subscription(Channel.BOOK, "BTC-USD");
    Subscription bad = new Subscription(Channel.BOOK, "NOPE-USD");
    LineSubscriptions all = subscriptions("coinbase-pro", good, bad);
    Control refusal = new Control.Refused(Control.Refused.NO_ID, null, "Failed to subscribe");
    all.answer(refusal);
    Awaitility.await().until(() -> sent.size() == 3);
    all.answer(refusal); // of the bad one
    all.answer(new Control.Subscribed(List.of(good)));
    all.tick(System.nanoTime());
    assertThat(sent).hasSize(3);
    assertThat(sent.get(2)).contains("NOPE-USD").doesNotContain("BTC-USD");
  }

  @Test
  void aSubscriptionIsMadeAgainInTwoRequests() {
    LineSubscriptions all = subscriptions();
    assertThat(all.again(BTC)).isTrue();
    Awaitility.await().until(() -> sent.size() == 3);
    assertThat(sent.get(1)).contains("\"unsubscribe\"").contains("BTC/USD");
    assertThat(sent.get(2)).contains("\"subscribe\"").contains("BTC/USD");
  }

  @Test
  void theVenuesBudgetOfRequestsIsKept() {
    LineSubscriptions all = subscriptions();
    int granted = 0;
    while (all.again(BTC)) {
      granted++;
    }
    assertThat(granted).isBetween(450, 520); // of two requests each, 2,000 in an hour
  }
}
