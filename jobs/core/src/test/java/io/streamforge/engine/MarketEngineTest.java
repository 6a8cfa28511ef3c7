package io.streamforge.engine;

import static io.streamforge.testkit.Updates.START_US;
import static io.streamforge.testkit.Updates.delta;
import static io.streamforge.testkit.Updates.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.book.BookLimits;
import io.streamforge.book.BookStatus;
import io.streamforge.instrument.Incident;
import io.streamforge.instrument.InstrumentSettings;
import io.streamforge.instrument.NodeFeatures;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.market.InstrumentRegistry;
import io.streamforge.market.Side;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import io.streamforge.market.TradeKind;
import io.streamforge.testkit.Updates;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Times below are in milliseconds after the start, which is a whole second. */
class MarketEngineTest {
  private static final Instrument A = new Instrument("acme", "A/USD");
  private static final Instrument B = new Instrument("acme", "B/USD");
  private static final long FORGET_AFTER_US = 86_400_000_000L;
  private static final InstrumentSettings SETTINGS =
      new InstrumentSettings(
          1_000_000,
          3_000_000,
          FORGET_AFTER_US,
          60_000_000,
          Map.of(),
          new BookLimits(100_000, 1000, 60_000_000),
          30_000_000,
          0,
          1 << 20,
          InstrumentRegistry.EMPTY);

  private final List<String> published = new ArrayList<>();
  private final List<SymbolSample> samples = new ArrayList<>();
  private final HeapInstruments home = new HeapInstruments(SETTINGS);
  private final MarketEngine engine = new MarketEngine(1_000_000, home, new Listener());

  private final class Listener implements MarketListener {
    @Override
    public void sample(SymbolSample sample) {
      samples.add(sample);
      published.add(sample.instrument().symbol() + " " + ms(sample.timeUs()));
    }

    @Override
    public void resync(Instrument instrument, Incident incident, long sampleUs) {
      published.add(
          "%s %s %d".formatted(instrument.symbol(), incident.reason().text(), ms(sampleUs)));
    }

    @Override
    public void samplesUntil(long sampleUs) {
      published.add("until " + ms(sampleUs));
    }
  }

  private static long us(long ms) {
    return START_US + ms * 1000;
  }

  private static long ms(long us) {
    return (us - START_US) / 1000;
  }

  private void trade(Instrument instrument, long ms) throws IOException {
    trade(instrument, TradeIds.NONE, 0, ms);
  }

  private void trade(Instrument instrument, TradeIds ids, long id, long ms) throws IOException {
    engine.accept(new Trade(instrument, ids, id, 100, 0, 1, 0, Side.BUY, us(ms), us(ms)));
  }

  private static double volume(SymbolSample sample) {
    return sample.features()[NodeFeatures.NAMES.indexOf("volume")];
  }

  @Test
  void samplesComeInOrderEachOverItsInstrumentsInOrder() throws IOException {
    trade(B, 100);
    trade(A, 1_100);
    trade(A, 2_500); // not complete
    engine.completeUntil(us(2_400));
    assertThat(published).containsExactly("B/USD 1000", "A/USD 2000", "B/USD 2000", "until 2000");
  }

  @Test
  void whatCompletesNoSampleSaysNothing() throws IOException {
    trade(A, 100);
    engine.completeUntil(us(1_000));
    published.clear();
    engine.completeUntil(us(1_999));
    engine.completeUntil(us(500));
    assertThat(published).isEmpty();
  }

  @Test
  void aLateEventCountsInTheFirstSampleThatIsNotPublished() throws IOException {
    trade(A, 100);
    engine.completeUntil(us(2_000));
    trade(A, 1_500);
    assertThat(engine.count(MarketCount.RECORDS_BEHIND_WATERMARK)).isEqualTo(1);
    engine.completeUntil(us(3_000));
    assertThat(samples).extracting(MarketEngineTest::volume).containsExactly(1.0, 0.0, 1.0);
  }

  @Test
  void anEngineGoesOnWithTheInstrumentsOfItsHome() throws IOException {
    trade(A, 100);
    engine.completeUntil(us(2_000));
    MarketEngine next = new MarketEngine(1_000_000, home, new Listener());
    next.accept(new Trade(A, TradeIds.NONE, 0, 100, 0, 1, 0, Side.BUY, us(1_500), us(1_500)));
    assertThat(next.count(MarketCount.RECORDS_BEHIND_WATERMARK)).isEqualTo(1);
  }

  @Test
  void aBookThatLosesAMessageIsCountedAndAskedFor() throws IOException {
    engine.accept(snapshot(7).bid("99", "1").ask("101", "1").of(A).at(us(100)).build());
    engine.accept(delta(9).bid("99", "2").of(A).at(us(200)).build());
    engine.completeUntil(us(1_000));
    assertThat(published).containsExactly("A/USD gap 1000", "A/USD 1000", "until 1000");
    assertThat(engine.count(MarketCount.BOOK_GAPS)).isEqualTo(1);
    assertThat(engine.count(MarketCount.BOOK_RESYNCS)).isEqualTo(1);
  }

  /** Its trades may be read before or after. */
  @Test
  void aNoticeOfABookThatNeverWasChangesNothing() throws IOException {
    trade(A, 100);
    engine.accept(Updates.notice(BookUpdate.Kind.UNREADABLE).of(A).at(us(4_100)).build());
    engine.completeUntil(us(6_000));
    assertThat(published).containsExactly("A/USD 1000", "A/USD 2000", "A/USD 3000", "until 6000");
    assertThat(engine.count(MarketCount.BOOKS_UNREADABLE)).isZero();
  }

  @Test
  void norDoesOneOfABookThatIsForgotten() throws IOException {
    engine.accept(snapshot(7).bid("99", "1").ask("101", "1").of(A).at(us(100)).build());
    long afterMs = 200 + FORGET_AFTER_US / 1000;
    trade(A, afterMs);
    engine.accept(Updates.notice(BookUpdate.Kind.DISCONNECTED).of(A).at(us(afterMs)).build());
    assertThat(engine.count(MarketCount.BOOKS_DISCONNECTED)).isZero();
    assertThat(engine.count(MarketCount.BOOK_MESSAGES_UNUSED)).isEqualTo(1);
  }

  /** Whatever session its book follows. */
  @Test
  void lostRecordsBreakABookUntilASnapshotOfAfterThem() throws IOException {
    engine.accept(
        snapshot(7).bid("99", "1").ask("101", "1").of(A).at(us(100)).build().inSession(5));
    engine.accept(Updates.notice(BookUpdate.Kind.LOST).of(A).at(us(9_000), us(200)).build());
    engine.completeUntil(us(1_000));
    assertThat(samples).extracting(SymbolSample::status).containsExactly(BookStatus.GAP);
    assertThat(published).containsExactly("A/USD lost-records 1000", "A/USD 1000", "until 1000");
    assertThat(engine.count(MarketCount.BOOKS_LOST_RECORDS)).isEqualTo(1);
    engine.accept(
        snapshot(9).bid("99", "1").ask("101", "1").of(A).at(us(9_100)).build().inSession(5));
    engine.completeUntil(us(10_000));
    assertThat(samples.get(samples.size() - 1).status()).isEqualTo(BookStatus.LIVE);
  }

  @Test
  void aReturnBeyondTheBoundIsCounted() throws IOException {
    engine.accept(snapshot(7).bid("99", "1").ask("101", "1").of(A).at(us(100)).build());
    engine.accept(snapshot(8).bid("1", "1").ask("3", "1").of(A).at(us(1_100)).build());
    engine.completeUntil(us(3_000));
    assertThat(engine.count(MarketCount.CLAMPED_RETURNS)).isEqualTo(1);
  }

  @Test
  void tradesThatRepeatOrLeaveIdsOutAreCounted() throws IOException {
    trade(A, TradeIds.CONSECUTIVE, 1, 100);
    trade(A, TradeIds.CONSECUTIVE, 1, 200);
    trade(A, TradeIds.CONSECUTIVE, 4, 300);
    assertThat(engine.count(MarketCount.DUPLICATE_TRADES)).isEqualTo(1);
    assertThat(engine.count(MarketCount.TRADE_IDS_SKIPPED)).isEqualTo(2);
  }

  /** Their ids are seen, and nothing else of them counts. */
  @Test
  void whatIsNoMarketTradeIsCountedByItsKind() throws IOException {
    trade(A, TradeIds.CONSECUTIVE, 1, 100);
    int id = 2;
    for (TradeKind kind : TradeKind.values()) {
      Trade trade =
          new Trade(A, TradeIds.CONSECUTIVE, id++, 0, 0, 0, 0, Side.BUY, us(200), us(200));
      if (kind != TradeKind.MARKET) {
        engine.accept(trade.as(kind));
        engine.accept(trade.as(kind));
      }
    }
    trade(A, TradeIds.CONSECUTIVE, id, 300);
    assertThat(engine.count(MarketCount.TRADE_IDS_SKIPPED)).isEqualTo(1);
    assertThat(engine.count(MarketCount.DUPLICATE_TRADES)).isEqualTo(4);
    assertThat(engine.count(MarketCount.INSURANCE_FUND_TRADES)).isEqualTo(1);
    assertThat(engine.count(MarketCount.ADL_TRADES)).isEqualTo(1);
    assertThat(engine.count(MarketCount.BLOCK_TRADES)).isEqualTo(1);
    assertThat(engine.count(MarketCount.OTHER_TRADES)).isEqualTo(1);
    engine.completeUntil(us(1_000));
    assertThat(samples).extracting(MarketEngineTest::volume).containsExactly(2.0);
  }

  @Test
  void anInstrumentIsForgottenAfterItsTime() throws IOException {
    trade(A, 100);
    engine.completeUntil(us(2_000));
    assertThat(home.inOrder()).hasSize(1);
    engine.completeUntil(us(2_000) + FORGET_AFTER_US);
    assertThat(home.inOrder()).isEmpty();
  }
}
