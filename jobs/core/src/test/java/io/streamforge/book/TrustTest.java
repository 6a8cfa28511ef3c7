package io.streamforge.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.BookUpdateBuilder;
import io.streamforge.testkit.Updates;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TrustTest {
  private final Trust trust = new Trust();

  private static BookUpdate message(long eventUs, long effectiveUs) {
    return Updates.delta(2).at(eventUs, effectiveUs).build();
  }

  private void live() {
    trust.begin();
    trust.gain();
  }

  @Test
  void aBookThatWasNeverLiveLosesNothing() {
    assertThat(trust.lose(BookStatus.GAP, Outcome.GAP)).isEqualTo(Outcome.WAITING);
    assertThat(trust.status()).isEqualTo(BookStatus.AWAITING_SNAPSHOT);
    assertThat(trust.isLive()).isFalse();
  }

  @Test
  void aLiveBookSaysOnceWhatItLost() {
    live();
    trust.crossedSince(5);
    assertThat(trust.lose(BookStatus.UNREADABLE, Outcome.UNREADABLE)).isEqualTo(Outcome.UNREADABLE);
    assertThat(trust.status()).isEqualTo(BookStatus.UNREADABLE);
    assertThat(trust.isCrossed()).isFalse();
    assertThat(trust.lose(BookStatus.GAP, Outcome.GAP)).isEqualTo(Outcome.WAITING);
    assertThat(trust.status()).isEqualTo(BookStatus.UNREADABLE);
  }

  @Test
  void onlyASnapshotFromTheNewestLossOnIsWhole() {
    live();
    trust.lostAt(message(20, 25), HeldBook.NEVER);
    trust.lostAt(message(10, 99), HeldBook.NEVER);
    assertThat(trust.isBased()).isFalse();
    assertThat(trust.isWholeAt(19)).isFalse();
    assertThat(trust.isWholeAt(20)).isTrue();
    trust.gain();
    assertThat(trust.isWholeAt(0)).isTrue();
  }

  @Test
  void aLossWithoutAVenuesTimeIsPlacedByItsReceipt() {
    BookUpdate untimed =
        new BookUpdateBuilder().begin().delta(1, 2).untimed().build(Updates.ACME, 20, 25);
    trust.lostAt(untimed, HeldBook.NEVER);
    assertThat(trust.isWholeAt(24)).isFalse();
    assertThat(trust.isWholeAt(25)).isTrue();
    trust.lostAt(untimed, 30); // the venue's clock is ahead
    assertThat(trust.isWholeAt(29)).isFalse();
    assertThat(trust.isWholeAt(30)).isTrue();
  }

  @Test
  void aCrossedBookIsCrossedSinceTheFirstMessage() {
    live();
    trust.crossedSince(30);
    trust.crossedSince(40);
    assertThat(trust.isCrossed()).isTrue();
    assertThat(trust.isWholeAt(29)).isFalse();
    assertThat(trust.isWholeAt(30)).isTrue();
    trust.uncrossed();
    assertThat(trust.isCrossed()).isFalse();
    assertThat(trust.isWholeAt(0)).isTrue();
    trust.crossedSince(50);
    trust.begin();
    assertThat(trust.isCrossed()).isFalse();
  }

  @Test
  void anotherOriginIsAGapOfALiveBook() {
    live();
    trust.crossedSince(30);
    trust.changeOrigin(false);
    assertThat(trust.status()).isEqualTo(BookStatus.GAP);
    assertThat(trust.isBased()).isFalse();
    assertThat(trust.isCrossed()).isFalse();
  }

  @Test
  void theFirstOriginKeepsWhatWasLostAnotherForgetsIt() {
    trust.lostAt(message(20, 20), HeldBook.NEVER);
    trust.changeOrigin(true);
    assertThat(trust.status()).isEqualTo(BookStatus.AWAITING_SNAPSHOT);
    assertThat(trust.isWholeAt(19)).isFalse();
    trust.changeOrigin(false);
    assertThat(trust.isWholeAt(19)).isTrue();
  }

  @Test
  void aNewCountLeavesNoBaseUntilASnapshot() {
    live();
    assertThat(trust.isBased()).isTrue();
    trust.countsAnew();
    assertThat(trust.isAnew()).isTrue();
    assertThat(trust.isBased()).isFalse();
    trust.begin();
    assertThat(trust.isAnew()).isFalse();
    assertThat(trust.isBased()).isTrue();
  }

  @Test
  void aChecksumThatDisagreesIsAMismatchEvenOfABookThatIsNotLive() {
    live();
    trust.crossedSince(30);
    assertThat(trust.loseSum(message(1, 1))).isEqualTo(Outcome.CHECKSUM_MISMATCH);
    assertThat(trust.status()).isEqualTo(BookStatus.CHECKSUM_MISMATCH);
    assertThat(trust.isBased()).isFalse();
    assertThat(trust.isCrossed()).isFalse();
    assertThat(trust.loseSum(message(1, 1))).isEqualTo(Outcome.CHECKSUM_MISMATCH);
  }

  @Test
  void ofAFlawedMessageItTellsThatTheFlawMattered() {
    BookUpdate flawed = Updates.snapshot(1).flawed().build();
    assertThat(trust.loseSum(flawed)).isEqualTo(Outcome.SNAPSHOT_UNREADABLE);
    assertThat(trust.status()).isEqualTo(BookStatus.AWAITING_SNAPSHOT);
    assertThat(trust.loseSum(Updates.delta(2).flawed().build())).isEqualTo(Outcome.WAITING);
    live();
    assertThat(trust.loseSum(flawed)).isEqualTo(Outcome.UNREADABLE);
    assertThat(trust.status()).isEqualTo(BookStatus.UNREADABLE);
  }

  @Test
  void whatASnapshotLacksIsAGapOnce() {
    assertThat(trust.lack()).isEqualTo(Outcome.GAP);
    assertThat(trust.status()).isEqualTo(BookStatus.GAP);
    assertThat(trust.lack()).isEqualTo(Outcome.SNAPSHOT_UNSOUND);
    live();
    assertThat(trust.lack()).isEqualTo(Outcome.GAP);
  }

  @Test
  void isReadBack() throws IOException {
    live();
    trust.lostAt(message(20, 20), HeldBook.NEVER);
    trust.crossedSince(30);
    trust.countsAnew();
    Trust read = new Trust();
    WrittenState.copy(trust::writeTo, read::readFrom);
    assertThat(read.status()).isEqualTo(BookStatus.LIVE);
    assertThat(read.isAnew()).isTrue();
    assertThat(read.isBased()).isFalse();
    assertThat(read.isCrossed()).isTrue();
    assertThat(read.isWholeAt(29)).isFalse();
    read.uncrossed();
    assertThat(read.isWholeAt(19)).isFalse();
    live();
    WrittenState.copy(trust::writeTo, read::readFrom);
    assertThat(read.isBased()).isTrue();
    assertThat(read.isAnew()).isFalse();
  }

  @Test
  void isNoneAfterAReset() {
    live();
    trust.lostAt(message(20, 20), HeldBook.NEVER);
    trust.crossedSince(30);
    trust.countsAnew();
    trust.reset();
    assertThat(trust.status()).isEqualTo(BookStatus.AWAITING_SNAPSHOT);
    assertThat(trust.isAnew()).isFalse();
    assertThat(trust.isBased()).isFalse();
    assertThat(trust.isCrossed()).isFalse();
    assertThat(trust.isWholeAt(0)).isTrue();
    live();
    trust.reset();
    assertThat(trust.isBased()).isFalse();
  }
}
