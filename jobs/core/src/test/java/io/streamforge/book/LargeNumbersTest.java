package io.streamforge.book;

import static io.streamforge.testkit.Updates.delta;
import static io.streamforge.testkit.Updates.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.flow.OrderFlowImbalance;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.BookUpdateBuilder;
import io.streamforge.market.Checksum;
import io.streamforge.market.Decimals;
import io.streamforge.market.InstrumentSpec;
import io.streamforge.testkit.Updates;
import io.streamforge.testkit.reference.KrakenBook;
import io.streamforge.testkit.reference.Level;
import io.streamforge.testkit.reference.OkxBook;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Books whose numbers come near the bound, 10^18 units of the finest step that they need. */
class LargeNumbersTest {
  private static final long LARGEST = Decimals.LIMIT - 1;
  private static final String LARGE = String.valueOf(LARGEST);

  private static BookAsOf asOf(OrderBook book) {
    return BookAsOf.of(book, InstrumentSpec.spot(1), Updates.START_US, Updates.START_US);
  }

  /** As Binance lists what trades for fractions of a cent. */
  @Test
  void aLargeQuantityStandsBesideASmallOne() {
    OrderBook book =
        Books.of(
            snapshot(1)
                .bid("0.00003120", "0.00000001")
                .bid("0.00003000", "1650000000.00000000")
                .ask("0.00003121", "77120.00000000"),
            delta(2).bid("0.00002999", "9999999999.99999999"));
    assertThat(book.status()).isEqualTo(BookStatus.LIVE);
    assertThat(BookAsOf.mid(book)).isEqualTo(3.1205E-5);
    assertThat(book.bids().quantity(0)).isEqualTo(1);
    assertThat(book.bids().quantity(2)).isEqualTo(LARGEST);
  }

  @Test
  void digitsThatNobodyNeedsGiveWay() {
    OrderBook book =
        Books.of(
            snapshot(1).bid("10.00", "48211.00000000").ask("11.00", "5.50000000"),
            delta(2).bid("9.00", "123456789012345"),
            delta(3).ask("12.00", "6.00000000"));
    assertThat(book.status()).isEqualTo(BookStatus.LIVE);
    assertThat(book.quantityScale()).isEqualTo(1);
    assertThat(book.bids().quantity(0)).isEqualTo(482_110);
    assertThat(book.bids().quantity(1)).isEqualTo(1_234_567_890_123_450L);
    assertThat(book.asks().quantity(0)).isEqualTo(55);
    assertThat(book.asks().quantity(1)).isEqualTo(60);
    assertThat(book.apply(delta(4).ask("12.00", "6.123").build())).isEqualTo(Outcome.APPLIED);
    assertThat(book.asks().quantity(1)).isEqualTo(6_123);
    assertThat(book.bids().quantity(0)).isEqualTo(48_211_000);
  }

  @Test
  void aSideThatWasCutStaysKnownAsFarAsItWas() {
    OrderBook book =
        Books.of(
            snapshot(1).cut().bid("10.000", "1.0").bid("9.000", "2.0").ask("11", "3"),
            delta(2).bid("9.000", "0.0").ask("12345678901234567", "1"));
    assertThat(book.status()).isEqualTo(BookStatus.LIVE);
    assertThat(book.priceScale()).isZero();
    assertThat(book.bids().isKnown(0)).isTrue();
    assertThat(book.apply(delta(3).bid("8", "1").build())).isEqualTo(Outcome.APPLIED);
    assertThat(book.bids().isKnown(1)).isFalse();
  }

  @Test
  void whatIsBeyondTheBoundIsUnreadable() {
    OrderBook book = Books.of(snapshot(1).bid("10", "0.00000001").ask("11", "1"));
    assertThat(book.apply(delta(2).bid("9", "9999999999").build())).isEqualTo(Outcome.APPLIED);
    assertThat(book.apply(delta(3).bid("9", "10000000000").build())).isEqualTo(Outcome.UNREADABLE);
  }

  @Test
  void midAndQuantitiesAreExactUpToTheBound() {
    Updates snapshot =
        snapshot(1)
            .bid("999999999999999997", "1")
            .ask(LARGE, LARGE)
            .ask(String.valueOf(LARGEST - 1), LARGE);
    for (int i = 2; i <= 20; i++) {
      snapshot.bid(String.valueOf(LARGEST - 1 - i), LARGE);
    }
    BookAsOf book = asOf(Books.of(snapshot));
    assertThat(book.mid()).isEqualTo(new BigDecimal("999999999999999997.5").doubleValue());
    assertThat(book.topFive())
        .isEqualTo(
            BigDecimal.valueOf(LARGEST)
                .multiply(BigDecimal.valueOf(6))
                .add(BigDecimal.ONE)
                .doubleValue());
    BigDecimal bids = BigDecimal.valueOf(LARGEST).multiply(BigDecimal.valueOf(19));
    BigDecimal asks = BigDecimal.valueOf(LARGEST).multiply(BigDecimal.valueOf(2));
    assertThat(book.imbalances().of20())
        .isEqualTo(
            bids.add(BigDecimal.ONE).subtract(asks).doubleValue()
                / bids.add(BigDecimal.ONE).add(asks).doubleValue());
    assertThat(book.depths().ask10Bps())
        .isEqualTo(
            BigDecimal.valueOf(LARGEST)
                .multiply(BigDecimal.valueOf(2 * LARGEST - 1))
                .doubleValue());
    assertThat(book.depths().bid10Bps()).isGreaterThan(1.8e37);
  }

  @Test
  void midIsExactOnBothSidesOfWhatFiveTimesItLeaves64Bits() {
    long last = Long.MAX_VALUE / 5 / 2;
    for (long price = last - 1; price <= last + 2; price++) {
      OrderBook book =
          Books.of(snapshot(1).bid(String.valueOf(price), "1").ask(String.valueOf(price + 1), "1"));
      assertThat(BookAsOf.mid(book)).isEqualTo((double) price);
    }
  }

  @Test
  void orderFlowIsExactUpToTheBound() {
    OrderBook book = Books.of(snapshot(1).bid("10", LARGE).ask("11", "1"));
    OrderFlowImbalance imbalance = new OrderFlowImbalance();
    imbalance.prime(book);
    book.apply(delta(2).bid("10", "0").bid("9", "1").ask("11", "0").ask("10.5", LARGE).build());
    imbalance.update(book);
    assertThat(imbalance.take()).isEqualTo(-2.0 * LARGEST);
    book.apply(delta(3).bid("10", LARGE).ask("10.5", "0").build());
    book.apply(delta(4).ask("11", "1").build());
    imbalance.update(book);
    assertThat(imbalance.take()).isEqualTo(2.0 * LARGEST);
  }

  /** The last prices are brought along when the book's numbers lose digits. */
  @Test
  void orderFlowGoesOnInACoarserBook() {
    OrderBook book = Books.of(snapshot(1).bid("10.00", "5.00000000").ask("11.00", "7.00000000"));
    OrderFlowImbalance imbalance = new OrderFlowImbalance();
    imbalance.prime(book);
    book.apply(delta(2).bid("10", "8").ask("20", "123456789012345678").build());
    imbalance.update(book);
    assertThat(book.quantityScale()).isZero();
    assertThat(imbalance.take()).isEqualTo(3);
  }

  /** Texts are as sent, however few digits the ladders keep. */
  @Test
  void checksumsCountTheZerosThatWereSent() {
    List<Level> bids = List.of(Level.of("10.0", "123456789012345678.00"), Level.of("9", "1.000"));
    List<Level> asks = List.of(Level.of("11.00", "5.0"));
    BookUpdateBuilder builder = new BookUpdateBuilder().begin().restart(BookUpdate.NO_SEQUENCE);
    builder.level(true, 100, 1, 123_456_789_012_345_678L, 0, (short) 0x0102);
    builder.level(true, 9, 0, 1_000, 3);
    builder.level(false, 1_100, 2, 50, 1);
    builder.depth(400).checksum(Checksum.OKX, (int) OkxBook.checksum(bids, asks));
    OrderBook book = new OrderBook(Books.LIMITS);
    assertThat(book.apply(builder.build(Updates.ACME, 1, 1))).isEqualTo(Outcome.SNAPSHOT_APPLIED);
    assertThat(book.quantityScale()).isZero();
    builder.checksum(Checksum.KRAKEN, (int) KrakenBook.checksum(asks, bids));
    assertThat(book.apply(builder.build(Updates.ACME, 1, 1))).isEqualTo(Outcome.SNAPSHOT_APPLIED);
  }
}
