package io.streamforge.book;

import static io.streamforge.testkit.Updates.START_US;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.BookUpdateBuilder;
import io.streamforge.testkit.Updates;
import org.junit.jupiter.api.Test;

/** Books whose messages nothing links: the venue's time, which is their number, places them. */
class UnlinkedBookTest {
  private final OrderBook book = new OrderBook(Books.LIMITS);

  /** At so many microseconds, of which bids stand in pairs of price and quantity. */
  private static BookUpdate delta(long us, long... bids) {
    BookUpdateBuilder builder =
        new BookUpdateBuilder().begin().delta(BookUpdate.NO_SEQUENCE, START_US + us);
    return with(builder, us, bids);
  }

  private static BookUpdate snapshot(long us, long... bids) {
    return with(new BookUpdateBuilder().begin().snapshot(START_US + us), us, bids);
  }

  private static BookUpdate with(BookUpdateBuilder builder, long us, long... bids) {
    for (int i = 0; i < bids.length; i += 2) {
      builder.level(true, bids[i], 0, bids[i + 1], 0);
    }
    return builder.build(Updates.ACME, START_US + us, START_US + us);
  }

  private Outcome apply(BookUpdate update) {
    return book.apply(update);
  }

  private String bids() {
    StringBuilder text = new StringBuilder();
    for (int rank = 0; rank < book.bids().size(); rank++) {
      text.append(book.bids().price(rank)).append('x').append(book.bids().quantity(rank));
      text.append(' ');
    }
    return text.toString().strip();
  }

  @Test
  void aLateDeltaLeavesWhatNewerOnesSay() {
    apply(snapshot(0, 10, 1, 9, 1));
    apply(delta(100, 10, 2, 8, 2));
    assertThat(apply(delta(50, 10, 7, 9, 7))).isEqualTo(Outcome.APPLIED);
    assertThat(bids()).isEqualTo("10x2 9x7 8x2");
    assertThat(book.sequence()).isEqualTo(START_US + 100);
    assertThat(book.lastEventUs()).isEqualTo(START_US + 100);
    // It is kept in its place, so that a snapshot of before it is right with it on top.
    assertThat(apply(snapshot(20, 10, 1, 9, 1))).isEqualTo(Outcome.SNAPSHOT_APPLIED);
    assertThat(bids()).isEqualTo("10x2 9x7 8x2");
  }

  @Test
  void aLateDeltaOfBeforeWhatIsKeptIsCovered() {
    apply(snapshot(0, 10, 1));
    for (long second = 1; second <= 7; second++) {
      apply(delta(second * 1_000_000, 9, second));
    }
    assertThat(apply(delta(500_000, 10, 5))).isEqualTo(Outcome.COVERED);
    assertThat(apply(delta(-1, 10, 5))).isEqualTo(Outcome.COVERED);
    assertThat(bids()).isEqualTo("10x1 9x7");
  }

  @Test
  void numbersOfALateDeltaThatDoNotFitAreUnreadable() {
    apply(snapshot(0, 100, 1));
    apply(delta(100, 99, 1));
    BookUpdateBuilder fine =
        new BookUpdateBuilder().begin().delta(BookUpdate.NO_SEQUENCE, START_US + 50);
    fine.level(true, 1, 18, 1, 0);
    assertThat(apply(with(fine, 50))).isEqualTo(Outcome.UNREADABLE);
    assertThat(book.status()).isEqualTo(BookStatus.UNREADABLE);
    assertThat(apply(snapshot(40, 100, 1))).isEqualTo(Outcome.SNAPSHOT_UNSOUND);
    assertThat(apply(snapshot(200, 100, 1))).isEqualTo(Outcome.SNAPSHOT_APPLIED);
  }

  @Test
  void aSnapshotThatDiffersIsADriftAndOneThatDoesNotIsNone() {
    apply(snapshot(0, 10, 1));
    apply(delta(100, 9, 1));
    assertThat(apply(snapshot(100, 10, 1, 9, 1))).isEqualTo(Outcome.SNAPSHOT_APPLIED);
    // Of the same number the delta may be the newer.
    assertThat(apply(snapshot(100, 10, 1, 9, 2))).isEqualTo(Outcome.SNAPSHOT_APPLIED);
    assertThat(bids()).isEqualTo("10x1 9x1");
    assertThat(apply(snapshot(100, 10, 1, 8, 1))).isEqualTo(Outcome.DRIFT);
    assertThat(bids()).isEqualTo("10x1 9x1 8x1");
  }

  @Test
  void aSnapshotOfBeforeWhatIsKnownIsIgnoredByALiveBookAndRefusedByALostOne() {
    apply(snapshot(1_000, 10, 1));
    apply(delta(2_000, 9, 1));
    assertThat(apply(snapshot(500, 10, 5))).isEqualTo(Outcome.SNAPSHOT_IGNORED);
    apply(with(new BookUpdateBuilder().begin().notice(BookUpdate.Kind.DISCONNECTED), 3_000));
    assertThat(apply(snapshot(2_500, 10, 5))).isEqualTo(Outcome.SNAPSHOT_UNSOUND);
    assertThat(apply(snapshot(3_000, 10, 6))).isEqualTo(Outcome.SNAPSHOT_APPLIED);
    assertThat(bids()).isEqualTo("10x6");
  }

  @Test
  void aBookWithoutASnapshotTakesOneThatReachesBackToItsFirstDelta() {
    apply(delta(1_000, 9, 1));
    assertThat(apply(snapshot(999, 10, 1))).isEqualTo(Outcome.SNAPSHOT_UNSOUND);
    assertThat(apply(snapshot(1_000, 10, 1))).isEqualTo(Outcome.SNAPSHOT_APPLIED);
    assertThat(bids()).isEqualTo("10x1 9x1");
  }

  @Test
  void aBookThatIsResetKnowsNothing() {
    apply(snapshot(0, 10, 1));
    apply(delta(100, 9, 1));
    assertThat(book.sendsDeltas()).isTrue();
    book.reset();
    assertThat(book.status()).isEqualTo(BookStatus.AWAITING_SNAPSHOT);
    assertThat(book.sequence()).isEqualTo(BookUpdate.NO_SEQUENCE);
    assertThat(book.lastEventUs()).isZero();
    assertThat(book.sendsDeltas()).isFalse();
    assertThat(bids()).isEmpty();
    assertThat(book.knownBps()).isNaN();
    OrderBook fresh = new OrderBook(Books.LIMITS);
    for (BookUpdate update : new BookUpdate[] {delta(60, 8, 1), snapshot(50, 7, 1)}) {
      assertThat(book.apply(update)).isEqualTo(fresh.apply(update));
    }
    assertThat(book.status()).isEqualTo(fresh.status());
    apply(snapshot(60, 7, 1));
    assertThat(bids()).isEqualTo("8x1 7x1");
  }

  @Test
  void recordsThatTheLogHasLostCostALiveBookAndNoSnapshotOfBefore() {
    apply(snapshot(0, 10, 1));
    apply(delta(100, 9, 1));
    // The records that are left begin at 5 000; it counts as of the newest before, at 100.
    BookUpdate lost =
        new BookUpdateBuilder()
            .begin()
            .untimed()
            .notice(BookUpdate.Kind.LOST)
            .build(Updates.ACME, START_US + 5_000, START_US + 100);
    assertThat(apply(lost)).isEqualTo(Outcome.LOST_RECORDS);
    assertThat(book.status()).isEqualTo(BookStatus.GAP);
    assertThat(apply(snapshot(4_999, 10, 1))).isEqualTo(Outcome.SNAPSHOT_UNSOUND);
    assertThat(apply(snapshot(5_000, 10, 1))).isEqualTo(Outcome.SNAPSHOT_APPLIED);
  }
}
