package io.streamforge.marketgraph;

import io.streamforge.book.BookLimits;
import io.streamforge.instrument.InstrumentSettings;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.market.InstrumentRegistry;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.Side;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import io.streamforge.marketgraph.InstrumentsPlayback.Entry;
import io.streamforge.testkit.Updates;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A market in which everything goes wrong that may: messages lost or unreadable, snapshots cut
 * short, feeds that lose their connection, books that cross, empty and break off, instruments that
 * come late and pause, trades that are lost or come again, late and early events, receive times out
 * of order as far as is promised.
 */
final class SimulatedMarket {
  /** Shorter than what some features remember. */
  private static final long FORGET_AFTER_US = 2 * 3_600_000_000L;

  static final InstrumentSettings SETTINGS = settings(1 << 20);

  /** The same with room for one book. */
  static final InstrumentSettings SMALL_CACHE = settings(1200);

  /** In the order of their UTF-8 bytes, which is not that of the chars. */
  static final List<Instrument> INSTRUMENTS =
      List.of(
          new Instrument("acme", "A/USD"),
          new Instrument("acme", "B/XYZ"),
          new Instrument("acme", "ﬁ/USDT"),
          new Instrument("acme", "𝕏/USD"));

  /** Of their trades. */
  private static final List<TradeIds> IDS = List.of(TradeIds.values());

  private static final int PARTITIONS = 2;
  private static final long SECOND_US = 1_000_000;

  private final Random random;
  private final long endUs;
  private final long nightFromUs;
  private final long nightUs;
  private final List<List<Entry>> books = partitions();
  private final List<List<Entry>> trades = partitions();

  private SimulatedMarket(Random random, int seconds) {
    this.random = random;
    this.endUs = Updates.START_US + seconds * SECOND_US;
    this.nightFromUs = (Updates.START_US + endUs) / 2;
    this.nightUs = random.nextInt(3) == 0 ? FORGET_AFTER_US + random.nextInt(5_000_000) : 0;
  }

  private static InstrumentSettings settings(long cacheBytes) {
    return new InstrumentSettings(
        1_000_000,
        4_000_000,
        FORGET_AFTER_US,
        2_000_000,
        Map.of(),
        new BookLimits(6, 3, 2_500_000),
        3_000_000,
        1_500_000,
        cacheBytes,
        InstrumentRegistry.EMPTY);
  }

  private static List<List<Entry>> partitions() {
    List<List<Entry>> partitions = new ArrayList<>();
    for (int i = 0; i < PARTITIONS; i++) {
      partitions.add(new ArrayList<>());
    }
    return partitions;
  }

  /** The partitions of both topics. */
  static List<List<Entry>> random(Random random, int seconds) {
    SimulatedMarket market = new SimulatedMarket(random, seconds);
    for (int i = 0; i < INSTRUMENTS.size(); i++) {
      market.addBook(INSTRUMENTS.get(i), market.books.get(i % PARTITIONS));
      market.addTrades(INSTRUMENTS.get(i), IDS.get(i), market.trades.get(i % PARTITIONS));
    }
    List<List<Entry>> all = new ArrayList<>(market.books);
    all.addAll(market.trades);
    all.forEach(market::finish);
    return all;
  }

  /** Some markets close for so long that they are forgotten. */
  private long withNight(long timeUs) {
    return timeUs < nightFromUs ? timeUs : timeUs + nightUs;
  }

  private long pause() {
    return random.nextInt(25) == 0
        ? random.nextInt(7_000_000)
        : random.nextInt(random.nextBoolean() ? 100_000 : 900_000);
  }

  private long latency() {
    return switch (random.nextInt(10)) {
      case 0 -> random.nextInt(1_500_000); // late
      case 1 -> -random.nextInt(300_000); // the receiver's clock is behind
      default -> random.nextInt(200_000);
    };
  }

  private void addBook(Instrument instrument, List<Entry> log) {
    long sequence = 1;
    boolean begun = random.nextBoolean();
    for (long now = Updates.START_US + pause(); now < endUs; now += pause()) {
      Updates message;
      if (random.nextInt(40) == 0) {
        message = notice();
      } else if (begun && random.nextInt(15) > 0) {
        sequence += random.nextInt(20) == 0 ? 2 : 1;
        message = levels(Updates.delta(sequence), random.nextInt(4));
      } else {
        begun = true;
        message = levels(Updates.snapshot(sequence - random.nextInt(2)), 8 + random.nextInt(4));
        message = random.nextBoolean() ? message.cut() : message;
      }
      long receiveUs = withNight(now);
      long eventUs = receiveUs - latency();
      long effectiveUs = RecordedRun.TIME.effectiveTimeUs(eventUs, receiveUs);
      log.add(entry(receiveUs, message.of(instrument).at(eventUs, effectiveUs).build()));
    }
  }

  private Updates notice() {
    boolean unreadable = random.nextBoolean();
    return Updates.notice(unreadable ? BookUpdate.Kind.UNREADABLE : BookUpdate.Kind.DISCONNECTED);
  }

  private Updates levels(Updates message, int count) {
    for (int i = 0; i < count; i++) {
      boolean bid = random.nextBoolean();
      int samples = random.nextInt(12) - (random.nextInt(12) == 0 ? 1 : 0);
      String price = "%d.%d".formatted(bid ? 999 - samples : 1000 + samples, random.nextInt(10));
      message.level(bid, price, random.nextInt(4) == 0 ? "0" : "0." + (1 + random.nextInt(99)));
    }
    return random.nextInt(40) == 0 ? message.flawed() : message;
  }

  private void addTrades(Instrument instrument, TradeIds ids, List<Entry> log) {
    List<Trade> sent = new ArrayList<>();
    long id = random.nextInt(100);
    for (long now = Updates.START_US + pause(); now < endUs; now += pause()) {
      long receiveUs = withNight(now);
      long eventUs = receiveUs - latency();
      if (!sent.isEmpty() && random.nextInt(5) == 0) {
        Trade again = sent.get(Math.max(0, sent.size() - 1 - random.nextInt(8)));
        long effectiveUs = RecordedRun.TIME.effectiveTimeUs(again.eventTimeUs(), receiveUs);
        log.add(entry(receiveUs, again.at(effectiveUs)));
        continue;
      }
      id = ids == TradeIds.UNORDERED ? random.nextLong() : id + (random.nextInt(8) == 0 ? 3 : 1);
      Trade trade =
          new Trade(
              instrument,
              ids,
              id,
              99_000 + random.nextInt(2_000),
              2,
              1 + random.nextInt(100_000),
              random.nextInt(6),
              Side.ofSign(random.nextInt(3) - 1),
              eventUs,
              RecordedRun.TIME.effectiveTimeUs(eventUs, receiveUs));
      sent.add(trade);
      log.add(entry(receiveUs, trade));
    }
  }

  private static Entry entry(long receiveUs, MarketEvent event) {
    return new Entry(receiveUs, List.of(event));
  }

  /** Heartbeats, then the disorder of receive times that is allowed. */
  private void finish(List<Entry> log) {
    for (long now = Updates.START_US; now < endUs; now += 100_000) {
      log.add(new Entry(withNight(now), List.of()));
    }
    List<Long> written = new ArrayList<>();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < log.size(); i++) {
      written.add(log.get(i).receiveUs() + random.nextInt(100_001));
      order.add(i);
    }
    order.sort(Comparator.comparing(written::get));
    List<Entry> shuffled = order.stream().map(log::get).toList();
    log.clear();
    log.addAll(shuffled);
    log.add(new Entry(withNight(endUs) + 2 * SECOND_US, List.of()));
  }
}
