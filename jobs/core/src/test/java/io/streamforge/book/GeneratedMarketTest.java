package io.streamforge.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.Trade;
import io.streamforge.testkit.DecodedMessages;
import io.streamforge.testkit.generated.GeneratedMarket;
import io.streamforge.testkit.generated.MarketShape;
import io.streamforge.time.TimePolicy;
import io.streamforge.topic.RawRecord;
import io.streamforge.wire.MessageDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** A generated market is what its documentation says. */
class GeneratedMarketTest {
  private static final int MESSAGES = 30_000;
  private static final MarketShape SHAPE =
      new MarketShape(12, 500, MESSAGES, Duration.ofSeconds(60), 7);

  private static List<String> lines(MarketShape shape) {
    List<String> lines = new ArrayList<>();
    new GeneratedMarket(shape)
        .forEachRemaining(
            r ->
                lines.add(
                    "%s %s %s %d %s"
                        .formatted(r.topic(), r.keyText(), r.venue(), r.receiveTimeUs(), text(r))));
    return lines;
  }

  private static String text(RawRecord record) {
    return new String(record.value(), StandardCharsets.UTF_8);
  }

  private static List<MarketEvent> events(MarketShape shape) {
    TimePolicy time = new TimePolicy(500_000, 10_000_000, 10_000_000, 100_000);
    List<MarketEvent> events = new ArrayList<>();
    new DecodedMessages(new GeneratedMarket(shape), new MessageDecoder(time, 1 << 24))
        .forEach(events::add);
    return events;
  }

  private static MarketShape ofSeed(long seed) {
    return new MarketShape(3, 20, 500, Duration.ofSeconds(5), seed);
  }

  @Test
  void isTheSameForASeed() {
    assertThat(lines(ofSeed(1))).isEqualTo(lines(ofSeed(1))).isNotEqualTo(lines(ofSeed(2)));
  }

  @Test
  void hasConsistentBooks() {
    Map<Instrument, OrderBook> books = new HashMap<>();
    long lastUs = 0;
    for (MarketEvent event : events(SHAPE)) {
      assertThat(event.effectiveTimeUs())
          .isEqualTo(event.eventTimeUs())
          .isGreaterThanOrEqualTo(lastUs);
      lastUs = event.eventTimeUs();
      if (event instanceof BookUpdate update) {
        OrderBook book =
            books.computeIfAbsent(
                event.instrument(), i -> new OrderBook(new BookLimits(100_000, 1, 60_000_000)));
        Outcome outcome = book.apply(update);
        assertThat(outcome)
            .isEqualTo(update.snapshot() ? Outcome.SNAPSHOT_APPLIED : Outcome.APPLIED);
        assertThat(book.asks().bestPrice() - book.bids().bestPrice()).isEqualTo(1); // sample
        assertThat(BookAsOf.isCrossed(book)).isFalse();
        assertThat(book.bids().size()).isBetween(300, 700);
        assertThat(book.asks().size()).isBetween(300, 700);
      } else if (event instanceof Trade trade) {
        OrderBook book = books.get(event.instrument());
        assertThat(trade.price()).isIn(book.bids().bestPrice(), book.asks().bestPrice());
      }
    }
    assertThat(books).hasSize(SHAPE.instruments());
    assertThat(lastUs - GeneratedMarket.START_US).isBetween(57_000_000L, 63_000_000L);
  }

  @Test
  void goesOnFasterFromNowOn() {
    GeneratedMarket market = new GeneratedMarket(SHAPE);
    long startUs = market.next().receiveTimeUs();
    RawRecord message = market.next();
    while (message.receiveTimeUs() < startUs + 20_000_000) {
      message = market.next();
    }
    market.quicken(20);
    int inASecond = 0;
    for (long endUs = message.receiveTimeUs() + 1_000_000;
        market.next().receiveTimeUs() < endUs; ) {
      inASecond++;
    }
    assertThat(inASecond).isCloseTo(20 * MESSAGES / 60, Offset.offset(600));
  }

  /** Who has heard nothing before goes on from it. */
  @Test
  void hasSnapshotsOfItsBooksAtAnyTime() throws Exception {
    MessageDecoder decoder =
        new MessageDecoder(new TimePolicy(500_000, 10_000_000, 10_000_000, 100_000), 1 << 24);
    GeneratedMarket market = new GeneratedMarket(SHAPE);
    for (int i = 0; i < MESSAGES / 2; i++) {
      market.next();
    }
    List<RawRecord> snapshots = market.snapshots();
    assertThat(snapshots).hasSize(SHAPE.instruments());
    Map<Instrument, OrderBook> books = new HashMap<>();
    for (RawRecord record : snapshots) {
      for (MarketEvent event :
          decoder.decode(
              record.venue(), record.keyText(), record.value(), record.receiveTimeUs())) {
        OrderBook book = new OrderBook(new BookLimits(100_000, 1, 60_000_000));
        assertThat(book.apply((BookUpdate) event)).isEqualTo(Outcome.SNAPSHOT_APPLIED);
        books.put(event.instrument(), book);
      }
    }
    for (int i = 0; i < 1_000; i++) {
      RawRecord record = market.next();
      for (MarketEvent event :
          decoder.decode(
              record.venue(), record.keyText(), record.value(), record.receiveTimeUs())) {
        if (event instanceof BookUpdate update) {
          assertThat(books.get(event.instrument()).apply(update)).isEqualTo(Outcome.APPLIED);
        }
      }
    }
  }

  @Test
  void looksLikeTheRecording() {
    List<MarketEvent> events = events(SHAPE);
    List<BookUpdate> deltas = new ArrayList<>();
    long trades = 0;
    long busiest = 0;
    for (MarketEvent event : events) {
      if (event instanceof BookUpdate update && !update.snapshot()) {
        deltas.add(update);
      }
      trades += event instanceof Trade ? 1 : 0;
      busiest += event.instrument().symbol().equals("GEN0000USDT") ? 1 : 0;
    }
    int[] levels = deltas.stream().mapToInt(BookUpdate::levels).sorted().toArray();
    double mean = deltas.stream().mapToInt(BookUpdate::levels).average().orElseThrow();
    assertThat(events).hasSize(MESSAGES);
    assertThat(trades / (double) MESSAGES).isCloseTo(0.576, Offset.offset(0.02));
    assertThat(busiest / (double) MESSAGES).isCloseTo(1 / 3.1032, Offset.offset(0.02)); // 1/H(12)
    assertThat(levels[levels.length / 2]).isBetween(20, 26);
    assertThat(mean).isBetween(33.0, 46.0);
  }
}
