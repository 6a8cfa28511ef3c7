package io.streamforge.marketgraph;

import static io.streamforge.testkit.Updates.START_US;
import static io.streamforge.testkit.Updates.delta;
import static io.streamforge.testkit.Updates.snapshot;
import static java.lang.Double.NaN;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.book.BookLimits;
import io.streamforge.book.BookStatus;
import io.streamforge.engine.MarketCount;
import io.streamforge.instrument.InstrumentSettings;
import io.streamforge.instrument.NodeFeatures;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.market.Instrument;
import io.streamforge.market.InstrumentRegistry;
import io.streamforge.market.InstrumentSpec;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.Side;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import io.streamforge.marketgraph.SubtaskHarness.Saved;
import io.streamforge.testkit.Updates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Times below are in milliseconds after the start, which is a whole second. */
class InstrumentsOperatorTest {
  private static final Instrument X = Updates.ACME;
  private static final long FORGET_AFTER_US = 86_400_000_000L;
  private static final InstrumentSettings SETTINGS =
      new InstrumentSettings(
          1_000_000,
          3_000_000,
          FORGET_AFTER_US,
          60_000_000,
          Map.of("gemini", 1_000_000L),
          new BookLimits(100_000, 1000, 60_000_000),
          30_000_000,
          0,
          1 << 20,
          new InstrumentRegistry(
              Map.of(
                  "okx:SWAP",
                  new InstrumentSpec("X", "USD", InstrumentSpec.Kind.INVERSE, 100, 1))));

  private SubtaskHarness<MarketEvent, SymbolSample> operator;

  @BeforeEach
  void open() throws Exception {
    operator = SubtaskHarness.instruments(SETTINGS, Saved.NOTHING);
  }

  @AfterEach
  void close() throws Exception {
    operator.close();
  }

  private static long us(long ms) {
    return START_US + ms * 1000;
  }

  private void book(Instrument instrument, long ms, String bid, String ask) throws Exception {
    Updates snapshot = snapshot().bid(bid, "1").ask(ask, "1");
    operator.process(snapshot.of(instrument).at(us(ms)).build());
  }

  private void trade(Instrument instrument, long ms, long quantity) throws Exception {
    trade(instrument, TradeIds.NONE, 0, ms, quantity);
  }

  private void trade(Instrument instrument, TradeIds ids, long id, long ms, long quantity)
      throws Exception {
    operator.process(new Trade(instrument, ids, id, 100, 0, quantity, 0, Side.BUY, us(ms), us(ms)));
  }

  /** What the watermark that completes a time publishes. */
  private List<SymbolSample> until(long ms) throws Exception {
    operator.completeUntil(us(ms));
    return operator.take();
  }

  private static double feature(SymbolSample sample, String name) {
    return sample.features()[NodeFeatures.NAMES.indexOf(name)];
  }

  private static String at(SymbolSample sample) {
    return (sample.timeUs() - START_US) / 1000 + " " + sample.instrument().symbol();
  }

  private static List<String> places(List<SymbolSample> samples) {
    return samples.stream().map(InstrumentsOperatorTest::at).toList();
  }

  @Test
  void oneWatermarkSweepsSamplesInOrderEachOverInstrumentsInOrderAndIsThenSentOn()
      throws Exception {
    List<Instrument> instruments = SimulatedMarket.INSTRUMENTS;
    book(instruments.get(3), 100, "99", "101");
    book(instruments.get(2), 1100, "99", "101");
    book(instruments.get(0), 200, "99", "101");
    trade(instruments.get(1), 300, 1);
    operator.completeUntil(us(2000));
    List<Object> all = operator.takeAll();
    List<SymbolSample> samples = new ArrayList<>();
    for (Object element : all.subList(0, all.size() - 1)) {
      StreamRecord<?> record = (StreamRecord<?>) element;
      SymbolSample sample = (SymbolSample) record.getValue();
      assertThat(record.getTimestamp()).isEqualTo(sample.timeUs() / 1000 - 1);
      samples.add(sample);
    }
    assertThat(places(samples))
        .containsExactly(
            "1000 A/USD",
            "1000 B/XYZ",
            "1000 𝕏/USD",
            "2000 A/USD",
            "2000 B/XYZ",
            "2000 ﬁ/USDT",
            "2000 𝕏/USD");
    assertThat(all.get(all.size() - 1)).isEqualTo(new Watermark(us(2000) / 1000 - 1));
  }

  @Test
  void aSampleIsPublishedByTheWatermarkThatCompletesItAndNotBefore() throws Exception {
    book(X, 100, "99", "101");
    operator.watermark(us(1000) / 1000 - 2);
    assertThat(operator.take()).isEmpty();
    operator.watermark(us(1000) / 1000 - 1);
    assertThat(places(operator.take())).containsExactly("1000 X/USD");
    operator.watermark(us(1000) / 1000);
    assertThat(operator.take()).isEmpty();
  }

  @Test
  void theFinalWatermarkPublishesNothingAndIsSentOn() throws Exception {
    book(X, 100, "99", "101");
    operator.watermark(Long.MAX_VALUE);
    assertThat(operator.takeAll()).containsExactly(Watermark.MAX_WATERMARK);
  }

  /** Else the graph would go on without the subtask that wakes last. */
  @Test
  void aPauseOfAllSourcesIsNotSentOn() throws Exception {
    operator.status(WatermarkStatus.IDLE);
    operator.status(WatermarkStatus.ACTIVE);
    assertThat(operator.takeAll()).isEmpty();
  }

  @Test
  void theFirstSampleHoldsTheEarliestMessageThoughItArrivesSecond() throws Exception {
    book(X, 1500, "99", "101");
    trade(X, 900, 7);
    List<SymbolSample> samples = until(2000);
    assertThat(places(samples)).containsExactly("1000 X/USD", "2000 X/USD");
    assertThat(samples.get(0).status()).isEqualTo(BookStatus.AWAITING_SNAPSHOT);
    assertThat(feature(samples.get(0), "volume")).isEqualTo(7);
    assertThat(feature(samples.get(0), "mid")).isNaN();
    assertThat(feature(samples.get(1), "volume")).isZero();
    assertThat(feature(samples.get(1), "mid")).isEqualTo(100);
  }

  @Test
  void nothingOfALaterIntervalCountsHoweverEarlyItArrives() throws Exception {
    book(X, 100, "99", "101");
    trade(X, 2000, 5); // exactly on the sample: the next interval's
    trade(X, 1999, 3);
    trade(X, 500, 1);
    operator.process(delta().bid("100", "4").at(us(1000)).build()); // captures the book as of 1000
    List<SymbolSample> samples = until(3000);
    assertThat(samples).extracting(t -> feature(t, "volume")).containsExactly(1.0, 3.0, 5.0);
    assertThat(samples).extracting(SymbolSample::mid).containsExactly(100.0, 100.5, 100.5);
    assertThat(samples).extracting(t -> feature(t, "book_updates")).containsExactly(1.0, 1.0, 0.0);
    assertThat(samples).extracting(t -> feature(t, "ofi")).containsExactly(NaN, 4.0, 0.0);
    assertThat(samples)
        .extracting(t -> feature(t, "book_age_ms"))
        .containsExactly(900.0, 1000.0, 2000.0);
  }

  @Test
  void tradesAreMeasuredAgainstTheMidBeforeThemWhicheverTopicIsFirst() throws Exception {
    trade(X, 950, 1);
    book(X, 100, "98", "100");
    book(X, 920, "100", "102"); // after the last 100 ms before the trade
    assertThat(feature(until(1000).get(0), "effective_spread_bps"))
        .isEqualTo(2e4 * (100.0 - 99.0) / 99.0);
  }

  @Test
  void anInstrumentLeavesAfterItsIdleTimeAndReturnsWithoutAReturn() throws Exception {
    book(X, 500, "99", "101");
    // The last of [T − 3 s, T) with a message is T = 3 s.
    assertThat(places(until(10_000))).containsExactly("1000 X/USD", "2000 X/USD", "3000 X/USD");
    trade(X, 10_000, 1); // in [T − 3 s, T) up to 13 s, and exactly at its lower end then
    List<SymbolSample> back = until(20_000);
    assertThat(places(back)).containsExactly("11000 X/USD", "12000 X/USD", "13000 X/USD");
    assertThat(back).extracting(SymbolSample::mid).containsOnly(100.0);
    assertThat(back.get(0).logReturn()).isNaN();
    assertThat(back.get(1).logReturn()).isZero();
  }

  @Test
  void aRecordBehindTheWatermarkCountsInTheFirstUnpublishedSample() throws Exception {
    book(X, 500, "99", "101");
    until(2000);
    assertThat(operator.counter("records_behind_watermark")).isZero();
    trade(X, 2000, 1); // not behind
    trade(X, 1999, 2);
    book(X, 400, "89", "91");
    Instrument late = new Instrument("acme", "Late/USD");
    trade(late, 100, 4);
    assertThat(operator.counter("records_behind_watermark")).isEqualTo(3);
    List<SymbolSample> samples = until(3000);
    assertThat(places(samples)).containsExactly("3000 Late/USD", "3000 X/USD");
    assertThat(feature(samples.get(0), "volume")).isEqualTo(4);
    assertThat(feature(samples.get(1), "volume")).isEqualTo(3);
    assertThat(samples.get(1).mid()).isEqualTo(90);
    assertThat(feature(samples.get(1), "book_age_ms")).isEqualTo(2600);
  }

  @Test
  void aBooksTimeNeverRunsBackwards() throws Exception {
    book(X, 1500, "99", "101");
    book(X, 900, "89", "91"); // later in the log, so it counts at 1500
    List<SymbolSample> samples = until(2000);
    assertThat(places(samples)).containsExactly("2000 X/USD");
    assertThat(samples.get(0).mid()).isEqualTo(90);
    assertThat(operator.counter("records_behind_watermark")).isZero();
  }

  @Test
  void countsWhatBreaks() throws Exception {
    operator.process(snapshot(10).bid("99", "1").ask("101", "1").at(us(1)).build());
    operator.process(snapshot(9).bid("1", "1").ask("2", "1").at(us(2)).build());
    operator.process(delta(12).bid("99", "2").at(us(3)).build());
    operator.process(snapshot().bid("9", "1").krakenChecksum(1).at(us(4)).build());
    assertThat(operator.counter("snapshots_ignored")).isEqualTo(1);
    assertThat(operator.counter("book_gaps")).isEqualTo(1);
    assertThat(operator.counter("checksum_failures")).isEqualTo(1);
    assertThat(until(1000).get(0).status()).isEqualTo(BookStatus.CHECKSUM_MISMATCH);
  }

  /** Of two metrics of one name Flink reports only the first. */
  @Test
  void whatIsCountedHasANameOfItsOwn() {
    List<String> gauges =
        Arrays.stream(BookStatus.values())
            .map(status -> "books_" + status.text().replace('-', '_'))
            .toList();
    assertThat(Arrays.stream(MarketCount.values()).map(MarketCount::text))
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(gauges);
  }

  @Test
  void aTradeThatCameBeforeIsLeftOutAndCountedAndSkippedIdsAreCounted() throws Exception {
    trade(X, TradeIds.CONSECUTIVE, 7, 100, 1);
    trade(X, TradeIds.CONSECUTIVE, 8, 200, 2);
    trade(X, TradeIds.CONSECUTIVE, 7, 300, 4);
    trade(X, TradeIds.CONSECUTIVE_AGGREGATE, 7, 400, 8); // another sequence
    trade(X, TradeIds.CONSECUTIVE, 12, 500, 16);
    trade(X, TradeIds.CONSECUTIVE, 10, 600, 32); // late, not a repeat
    trade(X, TradeIds.UNORDERED, 1000, 700, 64);
    trade(X, TradeIds.UNORDERED, 2000, 800, 128);
    trade(SimulatedMarket.INSTRUMENTS.get(0), TradeIds.CONSECUTIVE, 7, 900, 1);
    trade(X, 900, 256);
    trade(X, 900, 256); // nothing tells that it is a repeat
    assertThat(operator.counter("duplicate_trades")).isEqualTo(1);
    assertThat(operator.counter("trade_ids_skipped")).isEqualTo(3);
    assertThat(until(1000))
        .extracting(t -> feature(t, "volume"))
        .containsExactly(1.0, 1 + 2 + 8 + 16 + 32 + 64 + 128 + 256 + 256.0);
  }

  @Test
  void aRepeatDoesNotMakeAnInstrumentSample() throws Exception {
    trade(X, TradeIds.UNORDERED, 7, 500, 1);
    until(3000);
    trade(X, TradeIds.UNORDERED, 7, 3500, 1);
    assertThat(until(10_000)).isEmpty();
    assertThat(operator.counter("duplicate_trades")).isEqualTo(1);
  }

  @Test
  void keepsAHeaderAndPanesAnInstrumentThePagesOfItsBookAndNoTimer() throws Exception {
    for (Instrument instrument : SimulatedMarket.INSTRUMENTS) {
      trade(instrument, 100, 1);
    }
    book(SimulatedMarket.INSTRUMENTS.get(0), 200, "99", "101");
    assertThat(operator.stateEntries()).isZero(); // written only for a checkpoint
    operator.flush();
    assertThat(operator.book(SimulatedMarket.INSTRUMENTS.get(0).id())).hasSize(3); // and a header
    assertThat(operator.book(SimulatedMarket.INSTRUMENTS.get(1).id())).isEmpty();
    assertThat(operator.stateEntries()).isEqualTo(4 + 3);
    assertThat(operator.timers()).isZero();
  }

  /** Else every checkpoint would write what the longest window holds. */
  @Test
  void aSampleWritesOfWindowsWhatIsNew() throws Exception {
    operator.close();
    operator = // on the heap, where what is not written stays the very same
        SubtaskHarness.instruments(SETTINGS, new HashMapStateBackend(), 1, 0)
            .open(Saved.NOTHING, 1, 0);
    Map<Long, byte[]> stored = Map.of();
    int written = 0;
    for (int second = 0; second < 700; second++) {
      book(X, second * 1000 + 500, "99", "10" + second % 10);
      until(second * 1000 + 1000);
      operator.flush();
      Map<Long, byte[]> before = stored;
      stored = operator.instrument(X.id());
      for (Map.Entry<Long, byte[]> page : stored.entrySet()) {
        written += before.get(page.getKey()) == page.getValue() ? 0 : 1;
      }
    }
    assertThat(written).isBetween(700 + 700 / 16 + 70 / 16, 700 + 2 * 700 / 16);
    assertThat(stored).hasSizeLessThan(40);
  }

  @Test
  void anInstrumentThatIsSilentForLongIsForgotten() throws Exception {
    book(X, 500, "99", "101");
    operator.process(
        delta(7).of(new Instrument("acme", "WAITS")).bid("1", "1").at(us(500)).build());
    trade(new Instrument("acme", "TRADES"), 500, 1);
    for (int second = 1; second < 60; second++) { // panes of windows end
      book(X, second * 1000 + 500, "99", "101");
    }
    assertThat(until(60_000)).isNotEmpty();
    operator.flush();
    assertThat(operator.stateEntries()).isGreaterThan(4 + 5 + 1);
    assertThat(operator.gauge("instruments")).isEqualTo(3);
    until(500 + FORGET_AFTER_US / 1000);
    assertThat(operator.gauge("instruments")).isEqualTo(3);
    until(60_000 + FORGET_AFTER_US / 1000);
    operator.flush();
    assertThat(operator.gauge("instruments")).isEqualTo(0);
    assertThat(operator.gauge("book_cache_bytes")).isEqualTo(0L);
    assertThat(operator.stateEntries()).isZero();
    assertThat(operator.timers()).isZero();
  }

  /** Whether it was forgotten before its next message came or not: that is chance. */
  @Test
  void anInstrumentThatComesBackBeginsAnewHoweverEarlyItsMessageArrives() throws Exception {
    operator.process(snapshot(1).bid("99", "1").ask("101", "1").at(us(500)).build());
    long backMs = 501 + FORGET_AFTER_US / 1000;
    operator.process(delta(2).bid("100", "1").at(us(backMs)).build());
    List<SymbolSample> samples = until(backMs + 1000);
    assertThat(samples.get(0).status()).isEqualTo(BookStatus.LIVE);
    assertThat(samples.get(samples.size() - 1).status()).isEqualTo(BookStatus.AWAITING_SNAPSHOT);
  }

  @Test
  void countsTheBooksByStatusAtTheNewestSample() throws Exception {
    book(X, 500, "99", "101");
    operator.process(
        delta(7).of(new Instrument("acme", "WAITS")).bid("1", "1").at(us(500)).build());
    until(1000);
    assertThat(operator.gauge("books_live")).isEqualTo(1);
    assertThat(operator.gauge("books_awaiting_snapshot")).isEqualTo(1);
    assertThat(operator.gauge("books_gap")).isEqualTo(0);
    until(20_000);
    assertThat(operator.gauge("books_live")).isEqualTo(0);
    assertThat(operator.gauge("books_awaiting_snapshot")).isEqualTo(0);
  }

  @Test
  void staleAfterMayDifferByVenue() throws Exception {
    Instrument gemini = new Instrument("gemini", "X");
    book(X, 500, "99", "101");
    book(gemini, 500, "99", "101");
    List<SymbolSample> samples = until(2000);
    assertThat(samples)
        .extracting(sample -> at(sample) + " " + sample.status().text())
        .containsExactly("1000 X/USD live", "1000 X live", "2000 X/USD live", "2000 X stale");
  }

  @Test
  void contractsOfTheRegistryCountInBaseUnits() throws Exception {
    Instrument swap = new Instrument("okx", "SWAP");
    book(swap, 100, "99", "101");
    operator.process(delta().of(swap).bid("99", "3").at(us(200)).build());
    trade(swap, 300, 7);
    SymbolSample sample = until(1000).get(0);
    assertThat(feature(sample, "ofi")).isEqualTo(2.0); // two contracts of 100 at 100
    assertThat(feature(sample, "ofi_normalised")).isEqualTo(2.0 / 4.0);
    assertThat(feature(sample, "volume")).isEqualTo(7.0);
    assertThat(feature(sample, "quote_volume")).isEqualTo(700.0);
    assertThat(feature(sample, "depth_bid_50bps")).isZero();
  }

  @Test
  void whatNoLongerWaitsIsCounted() throws Exception {
    for (int sequence = 1; sequence <= 1010; sequence++) {
      operator.process(delta(sequence).bid("1", "1").at(us(sequence)).build());
    }
    assertThat(operator.counter("buffered_messages_dropped")).isEqualTo(10);
  }

  /** A book for each instrument, in a cache of which many times do not fit. */
  @Test
  void booksLeaveACacheThatIsFullAndComeBack() throws Exception {
    List<Instrument> instruments = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
      instruments.add(new Instrument("acme", "S" + i));
      book(instruments.get(i), 100, "99", "101");
    }
    long cached = (Long) operator.gauge("book_cache_bytes");
    assertThat(cached).isBetween((1L << 20) - 5000, 1L << 20);
    long kept = cached / 1152;
    assertThat(operator.counter("books_evicted")).isEqualTo(1500 - kept);
    assertThat(until(1000)).hasSize(1500).extracting(SymbolSample::mid).containsOnly(100.0);
    for (Instrument instrument : instruments) {
      operator.process(delta().of(instrument).bid("100", "1").at(us(1100)).build());
    }
    assertThat(operator.counter("books_loaded")).isGreaterThan(1500 - kept);
    assertThat(until(2000)).hasSize(1500).extracting(SymbolSample::mid).containsOnly(100.5);
  }

  @Test
  void capturedSamplesThatAreNotPublishedAreInTheCheckpoint() throws Exception {
    book(X, 500, "99", "101");
    book(X, 1500, "98", "100");
    trade(X, 2500, 1);
    book(X, 3500, "97", "99");
    Saved saved = Saved.of(List.of(operator));
    operator.close();
    operator = SubtaskHarness.instruments(SETTINGS, saved);
    List<SymbolSample> samples = until(4000);
    assertThat(places(samples))
        .containsExactly("1000 X/USD", "2000 X/USD", "3000 X/USD", "4000 X/USD");
    assertThat(samples).extracting(SymbolSample::mid).containsExactly(100.0, 99.0, 99.0, 98.0);
  }

  /** Of two instruments, of which the other is the backend's current key. */
  @Test
  void tradesFarAheadOfTheBooksWaitInPagesAndComeBack() throws Exception {
    Instrument other = SimulatedMarket.INSTRUMENTS.get(0);
    book(X, 500, "99", "101");
    book(other, 500, "99", "101");
    for (int i = 0; i < 1000; i++) {
      trade(i % 10 == 0 ? other : X, 1000 + 20 * i, 1 + i);
    }
    until(1000);
    operator.flush();
    int header = operator.instrument(X.id()).get(-1L).length;
    assertThat(header).isLessThan(64 * 44 + 1000);
    assertThat(operator.instrument(X.id())).hasSize(1 + 900 / 64);
    List<SymbolSample> samples = until(7000);
    Saved saved = Saved.of(List.of(operator));
    operator.close();
    operator = SubtaskHarness.instruments(SETTINGS, saved);
    samples.addAll(until(21_000));
    for (SymbolSample sample : samples) {
      int first = (int) (sample.timeUs() - us(2000)) / 20_000;
      double volume = 0;
      for (int i = first; i < first + 50; i++) {
        volume += (i % 10 == 0) == sample.instrument().equals(other) ? 1 + i : 0;
      }
      assertThat(feature(sample, "volume")).as(at(sample)).isEqualTo(volume);
    }
    assertThat(samples).hasSize(40);
    operator.flush();
    assertThat(operator.instrument(X.id())).hasSize(1 + 1); // and a pane of windows
  }
}
