package io.streamforge.book;

import static io.streamforge.testkit.Updates.delta;
import static io.streamforge.testkit.Updates.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.BookUpdateBuilder;
import io.streamforge.market.Checksum;
import io.streamforge.market.InstrumentSpec;
import io.streamforge.market.InstrumentSpec.Kind;
import io.streamforge.testkit.Updates;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a book, and where nothing is said because the book is not known that far. */
class BookDepthTest {

  private static BookAsOf asOf(OrderBook book) {
    return BookAsOf.of(book, InstrumentSpec.spot(1), Updates.START_US, Updates.START_US);
  }

  private static double logDepth10Bps(BookAsOf book, double rate) {
    BookFeature feature = BookFeature.LOG_DEPTH_10BPS;
    return feature.inReference(
        feature.of(new BookSample(book, book.status(), 0, 0, 0, 0, 0, true)), rate);
  }

  private static BookAsOf asOf(Updates... messages) {
    return asOf(Books.of(messages));
  }

  @Nested
  class ValueWithin {

    @Test
    void aLevelExactlyOnTheBoundCountsTheNextBeyondItDoesNot() {
      BookAsOf book =
          asOf(
              snapshot(1)
                  .bid("999.5", "1") // mid 1000: 10 bp are 1, 50 bp are 5
                  .bid("999", "2")
                  .bid("998.99999", "4")
                  .bid("995", "8")
                  .bid("994.99999", "16")
                  .ask("1000.5", "1")
                  .ask("1001", "2")
                  .ask("1001.00001", "4")
                  .ask("1005", "8")
                  .ask("1005.00001", "16"));
      assertThat(book.depths().bid10Bps()).isEqualTo(999.5 + 2 * 999);
      assertThat(book.depths().ask10Bps()).isEqualTo(1000.5 + 2 * 1001);
      assertThat(book.depths().bid50Bps()).isEqualTo(14953.49996);
      assertThat(book.depths().ask50Bps()).isEqualTo(15046.50004);
      assertThat(logDepth10Bps(book, 1)).isEqualTo(StrictMath.log(6000));
      assertThat(logDepth10Bps(book, 0.5)).isEqualTo(StrictMath.log(3000));
      assertThat(logDepth10Bps(book, Double.NaN)).isNaN();
    }

    @Test
    void theBoundOfAnUnevenMidIsExactToo() {
      BookAsOf book =
          asOf(
              snapshot(1)
                  .bid("100.01", "1") // mid 100.015, bounds 99.914985 and 100.115015
                  .bid("99.914985", "2")
                  .bid("99.914984", "4")
                  .ask("100.02", "1")
                  .ask("100.115015", "2")
                  .ask("100.115016", "4"));
      assertThat(book.depths().bid10Bps()).isEqualTo(299.83997);
      assertThat(book.depths().ask10Bps()).isEqualTo(300.25003);
    }

    @Test
    void isNullWhereASnapshotThatWasCutDoesNotReachTheBound() {
      Updates reaches = snapshot(1).cut().bid("999.5", "1").bid("999", "1").ask("1000.5", "1");
      Updates falls = snapshot(1).cut().bid("999.5", "1").bid("999.00001", "1").ask("1000.5", "1");
      assertThat(asOf(reaches).depths().bid10Bps()).isEqualTo(1998.5);
      assertThat(asOf(falls).depths().bid10Bps()).isNaN();
      assertThat(asOf(falls).depths().ask10Bps()).isNaN();
      assertThat(logDepth10Bps(asOf(falls), 1)).isNaN();
    }

    @Test
    void deltasDoNotWidenAndFinerPricesDoNotMoveWhatASnapshotKnew() {
      Updates cut = snapshot(1).cut().bid("999.5", "1").bid("999.25", "1").ask("1000.5", "1");
      Updates beyond = delta(2).bid("998", "1").ask("1002", "1");
      assertThat(asOf(cut, beyond).depths().bid10Bps()).isNaN();
      assertThat(asOf(cut, beyond).depths().ask10Bps()).isNaN();
      Updates finer = delta(3).bid("1000.25", "1").bid("999.0000000001", "1");
      OrderBook book = Books.of(cut, beyond, finer);
      assertThat(book.bids().isKnown(2)).isTrue();
      assertThat(book.bids().price(2)).isEqualTo(9_992_500_000_000L);
      assertThat(book.bids().isKnown(3)).isFalse();
    }

    @Test
    void aWholeSideIsKnownToAnyBound() {
      BookAsOf book = asOf(snapshot(1).bid("999.5", "1").ask("1000.5", "1"));
      assertThat(book.depths().bid50Bps()).isEqualTo(999.5);
      assertThat(book.depths().ask50Bps()).isEqualTo(1000.5);
    }

    @Test
    void aFeedOfFixedDepthIsKnownToItsWorstLevelOrWhollyIfItHoldsFewer() {
      Updates full = snapshot(1).depth(2).bid("999.5", "1").bid("999.4", "1").ask("1000.5", "1");
      assertThat(asOf(full).depths().bid10Bps()).isNaN();
      assertThat(asOf(full).depths().ask10Bps()).isEqualTo(1000.5);
      assertThat(asOf(full, delta(2).bid("999.4", "0")).depths().bid10Bps()).isEqualTo(999.5);
      OrderBook pushed = Books.of(full, delta(2).bid("999.45", "1"));
      assertThat(pushed.bids().size()).isEqualTo(2);
      assertThat(pushed.bids().price(1)).isEqualTo(99945);
    }

    /** What could not be read may have been of any level that the checksum does not cover. */
    @ParameterizedTest
    @ValueSource(ints = {BookUpdate.FULL_DEPTH, 400})
    void afterAnUnreadableLevelABookIsKnownAsFarAsItsChecksumReaches(int depth) {
      OrderBook whole = new OrderBook(Books.LIMITS);
      whole.apply(thirtyLevels(depth));
      OkxChecksum sums = new OkxChecksum();
      int sum = sums.of(whole.bids().ladder(), whole.asks().ladder(), 0, 0);
      assertThat(whole.bids().isKnown(29)).isTrue();
      BookUpdateBuilder flawed = new BookUpdateBuilder().begin().depth(depth).delta(1, 2).flawed();
      whole.apply(flawed.checksum(Checksum.OKX, sum).build(Updates.ACME, 2, 2));
      assertThat(whole.status()).isEqualTo(BookStatus.LIVE);
      assertThat(whole.bids().isKnown(24)).isTrue();
      assertThat(whole.bids().isKnown(25)).isFalse();
      assertThat(whole.asks().isKnown(25)).isFalse();
      assertThat(whole.knownBps()).isLessThan(whole.givenBps());
      whole.apply(thirtyLevels(depth));
      assertThat(whole.bids().isKnown(29)).isTrue();
    }

    private BookUpdate thirtyLevels(int depth) {
      BookUpdateBuilder builder = new BookUpdateBuilder().begin().restart(1).depth(depth);
      builder.complete(true, true);
      for (int i = 0; i < 30; i++) {
        builder.level(true, 10_000 - i, 0, 1, 0);
        builder.level(false, 10_001 + i, 0, 1, 0);
      }
      return builder.build(Updates.ACME, 1, 1);
    }

    @Test
    void theLargestNumbersDoNotOverflow() {
      BookAsOf book =
          asOf(
              snapshot(1)
                  .bid("144115188075855870", "144115188075855871")
                  .ask("144115188075855871", "144115188075855871"));
      assertThat(book.mid()).isEqualTo(0x1p57);
      assertThat(book.depths().bid50Bps()).isEqualTo(0x1p114);
      assertThat(book.imbalances().of1()).isZero();
      assertThat(book.topFive()).isEqualTo(0x1p58);
    }
  }

  @Nested
  class TopQuantity {

    @Test
    void isOfAllLevelsWhereTheWholeSideIsFewer() {
      OrderBook book = Books.of(snapshot(1).bid("3", "1").bid("2", "2").ask("4", "7"));
      assertThat(book.bids().topQuantity(1).toDouble(0)).isEqualTo(1);
      assertThat(book.bids().topQuantity(5).toDouble(0)).isEqualTo(3);
      assertThat(asOf(book).imbalances().of5()).isEqualTo((3.0 - 7.0) / 10.0);
      assertThat(asOf(book).topFive()).isEqualTo(10);
    }

    @Test
    void isUnknownBeyondWhatIsKnown() {
      OrderBook book =
          Books.of(
              snapshot(1).cut().bid("3", "1").bid("2", "2").ask("4", "7"),
              delta(2).bid("1", "4").ask("4.5", "1"));
      assertThat(book.bids().topQuantity(2).toDouble(0)).isEqualTo(3);
      assertThat(book.bids().topQuantity(3)).isNull();
      assertThat(asOf(book).imbalances().of1()).isEqualTo((1.0 - 7.0) / 8.0);
      assertThat(asOf(book).imbalances().of5()).isNaN();
      assertThat(asOf(book).topFive()).isNaN();
    }
  }

  @Nested
  class Impact {

    /** 10 000 buy 50 at 100, the rest at 101; 10 000 are sold for 49.75 · 99 and the rest at 98. */
    @Test
    void fillsTheLastLevelInPart() {
      BookAsOf book =
          asOf(
              snapshot(1).bid("99", "49.75").bid("98", "1000").ask("100", "50").ask("101", "1000"));
      double bought = 50 + 5000 / 101.0;
      double sold = 49.75 + (10_000 - 49.75 * 99) / 98.0;
      assertThat(book.impacts().buyBps())
          .isCloseTo(1e4 * (10_000 / bought - 99.5) / 99.5, within(1e-9));
      assertThat(book.impacts().sellBps())
          .isCloseTo(1e4 * (99.5 - 10_000 / sold) / 99.5, within(1e-9));
    }

    @Test
    void theLastKnownLevelMayBeTakenWhole() {
      BookAsOf book = asOf(snapshot(1).cut().bid("99", "1").ask("100", "50").ask("125", "40"));
      assertThat(book.impacts().buyBps())
          .isCloseTo(1e4 * (10_000 / 90.0 - 99.5) / 99.5, within(1e-9));
      assertThat(book.impacts().sellBps()).isNaN();
    }

    @Test
    void isNullWhereKnownDepthCannotFill() {
      Updates cut = snapshot(1).cut().bid("99", "1000").ask("100", "50").ask("125", "39.99");
      assertThat(asOf(cut, delta(2).ask("126", "1000")).impacts().buyBps()).isNaN();
      Updates whole = snapshot(1).bid("99", "1000").ask("100", "50").ask("125", "39.99");
      assertThat(asOf(whole).impacts().buyBps()).isNaN();
      assertThat(asOf(whole, delta(2).ask("126", "1000")).impacts().buyBps()).isNotNaN();
    }

    @Test
    void isNullWithoutAReferenceRateAndCountsInItWhereThereIsOne() {
      OrderBook book = Books.of(snapshot(1).bid("99", "1000").ask("100", "50").ask("101", "9"));
      BookAsOf unknown =
          BookAsOf.of(book, InstrumentSpec.spot(Double.NaN), Updates.START_US, Updates.START_US);
      assertThat(unknown.impacts().buyBps()).isNaN();
      assertThat(unknown.mid()).isEqualTo(99.5);
      assertThat(
              BookAsOf.of(book, InstrumentSpec.spot(2), Updates.START_US, Updates.START_US)
                  .impacts()
                  .buyBps())
          .isCloseTo(1e4 * 0.5 / 99.5, within(1e-9));
    }
  }

  @Nested
  class Contracts {
    private static final InstrumentSpec LINEAR = new InstrumentSpec("B", "Q", Kind.LINEAR, 0.5, 1);
    private static final InstrumentSpec INVERSE =
        new InstrumentSpec("B", "Q", Kind.INVERSE, 100, 1);

    private static BookAsOf asOf(InstrumentSpec spec, Updates message) {
      return BookAsOf.of(Books.of(message), spec, Updates.START_US, Updates.START_US);
    }

    @Test
    void depthIsInQuoteUnits() {
      Updates book = snapshot(1).bid("99.9", "10").ask("100.1", "20").ask("200", "7");
      assertThat(asOf(LINEAR, book).depths().bid50Bps()).isEqualTo(499.5);
      assertThat(asOf(LINEAR, book).depths().ask50Bps()).isEqualTo(1001);
      assertThat(asOf(INVERSE, book).depths().bid50Bps()).isEqualTo(1000);
      assertThat(asOf(INVERSE, book).depths().ask50Bps()).isEqualTo(2000);
      assertThat(logDepth10Bps(asOf(INVERSE, book), 1)).isEqualTo(StrictMath.log(3000));
      Updates cut = snapshot(1).cut().bid("99.9", "10").ask("100.1", "20");
      assertThat(asOf(INVERSE, cut).depths().bid50Bps()).isNaN();
    }

    @Test
    void impactIsOfTenThousandReferenceUnits() {
      Updates book = snapshot(1).bid("99", "1000").ask("100", "50").ask("101", "900");
      assertThat(asOf(LINEAR, book).impacts().buyBps())
          .isCloseTo(1e4 * (10_000 / (25 + 7500 / 101.0) - 99.5) / 99.5, within(1e-9));
      assertThat(asOf(INVERSE, book).impacts().buyBps())
          .isCloseTo(1e4 * (10_000 / (50 + 5000 / 101.0) - 99.5) / 99.5, within(1e-9));
    }
  }

  @Nested
  class WithoutPrices {

    @Test
    void aCrossedBookSaysSoUntilItUncrosses() {
      Updates crossed = snapshot(1).bid("100", "1").bid("98", "1").ask("100", "1");
      assertThat(asOf(crossed).status()).isEqualTo(BookStatus.CROSSED);
      assertThat(asOf(crossed).mid()).isNaN();
      assertThat(asOf(crossed).imbalances().of1()).isNaN();
      assertThat(asOf(crossed).sequence()).isEqualTo(1);
      BookAsOf uncrossed = asOf(crossed, delta(2).bid("100", "0"));
      assertThat(uncrossed.status()).isEqualTo(BookStatus.LIVE);
      assertThat(uncrossed.mid()).isEqualTo(99);
    }

    @Test
    void aBookWithAnEmptySideIsLiveWithoutFeatures() {
      BookAsOf book = asOf(snapshot(1).bid("100", "1").ask("101", "1"), delta(2).ask("101", "0"));
      assertThat(book.status()).isEqualTo(BookStatus.LIVE);
      assertThat(book.mid()).isNaN();
      assertThat(book.depths().bid10Bps()).isNaN();
      BookSample sample = new BookSample(book, book.status(), Updates.START_US, 0, 0, 0, 1, true);
      assertThat(BookFeature.values()).allSatisfy(f -> assertThat(f.of(sample)).isNaN());
    }

    @Test
    void aBestPriceBeyondWhatTheSnapshotKnewIsABestPrice() {
      BookAsOf book =
          asOf(
              snapshot(1).cut().bid("100", "1").ask("101", "1"),
              delta(2).bid("100", "0").bid("99", "1"));
      assertThat(book.mid()).isEqualTo(100);
      assertThat(book.imbalances().of1()).isZero();
      assertThat(book.depths().bid10Bps()).isNaN();
    }
  }

  /** Of a snapshot that ends at 98 and 103 the market goes where it did not reach. */
  @Nested
  class KnownDepth {
    private final Updates cut =
        snapshot(1)
            .cut()
            .bid("100", "1")
            .bid("99", "1")
            .bid("98", "1")
            .ask("101", "1")
            .ask("103", "1");

    private BookAsOf after(InstrumentSpec spec, Updates... deltas) {
      OrderBook book = Books.of(cut);
      for (Updates delta : deltas) {
        book.apply(delta.build());
      }
      return BookAsOf.of(book, spec, Updates.START_US, Updates.START_US);
    }

    private InstrumentSpec step(double increment) {
      return new InstrumentSpec("B", "Q", InstrumentSpec.Kind.SPOT, 1, 1, null, increment);
    }

    @Test
    void isThatOfTheLessKnownSide() {
      BookAsOf book = after(step(1));
      assertThat(book.known().depthBps()).isCloseTo(1e4 * 2.5 / 100.5, within(1e-9));
      assertThat(book.known().touchProven()).isTrue();
      assertThat(book.known().shallow()).isFalse();
      BookAsOf whole = asOf(snapshot(1).bid("100", "1").ask("101", "1"));
      assertThat(whole.known().depthBps()).isEqualTo(1000);
    }

    @Test
    void widensToWhereTheOtherSideHasBeen() {
      // Asks down to 96: no bid stood above it then, and each that came since was sent.
      BookAsOf book =
          after(
              step(1),
              delta(2).bid("100", "0").bid("99", "0").bid("98", "0").bid("95", "1").ask("96", "1"),
              delta(3).ask("96", "0").bid("97", "1").ask("98", "1"));
      assertThat(book.known().touchProven()).isTrue();
      assertThat(book.known().depthBps()).isCloseTo(1e4 * 1.5 / 97.5, within(1e-9));
    }

    @Test
    void aTouchWithRoomBeforeItIsUnproven() {
      Updates down = delta(2).bid("100", "0").bid("99", "0").bid("98", "0").bid("95", "1");
      assertThat(after(step(1), down).known().touchProven()).isFalse();
      assertThat(after(step(1), down).known().shallow()).isTrue();
      assertThat(after(step(3), down).known().touchProven()).isTrue();
      // Of what no registry lists the smallest distance seen counts: 2, between the asks.
      assertThat(after(InstrumentSpec.spot(1), down).known().touchProven()).isFalse();
      assertThat(after(InstrumentSpec.spot(1), down, delta(3).bid("96", "1")).known().touchProven())
          .isFalse();
      assertThat(after(InstrumentSpec.spot(1), down, delta(3).bid("97", "1")).known().touchProven())
          .isTrue();
    }

    @Test
    void isShallowWhereLessThanHalfOfWhatTheSnapshotGaveIsLeft() {
      BookAsOf book = after(step(1), delta(2).bid("100", "0").bid("99", "0").ask("99", "1"));
      assertThat(book.known().touchProven()).isTrue();
      assertThat(book.known().depthBps()).isCloseTo(1e4 * 0.5 / 98.5, within(1e-9));
      assertThat(book.known().shallow()).isTrue();
    }
  }
}
