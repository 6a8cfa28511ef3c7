package io.streamforge.book;

import static io.streamforge.book.Continuity.Place.ANEW;
import static io.streamforge.book.Continuity.Place.CONFIRMS;
import static io.streamforge.book.Continuity.Place.COVERED;
import static io.streamforge.book.Continuity.Place.FOLLOWS;
import static io.streamforge.book.Continuity.Place.HOLE;
import static io.streamforge.book.Continuity.Place.OLDER;
import static io.streamforge.market.BookUpdate.NO_SEQUENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.BookUpdateBuilder;
import io.streamforge.market.Checksum;
import io.streamforge.testkit.Updates;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ContinuityTest {
  private static final long SECOND_US = 1_000_000;

  private final Continuity numbers = new Continuity();

  private static BookUpdate at(BookUpdateBuilder builder, long afterUs) {
    long timeUs = Updates.START_US + afterUs;
    return builder.build(Updates.ACME, timeUs, timeUs);
  }

  private static BookUpdate delta(long previous, long number, long afterUs) {
    return at(new BookUpdateBuilder().begin().delta(previous, number), afterUs);
  }

  private static BookUpdate checked(long number, long afterUs) {
    return at(
        new BookUpdateBuilder().begin().delta(NO_SEQUENCE, number).checksum(Checksum.KRAKEN, 1),
        afterUs);
  }

  private static BookUpdate untimed(long previous, long number) {
    return at(new BookUpdateBuilder().begin().delta(previous, number).untimed(), 99 * SECOND_US);
  }

  private static BookUpdate snapshot(long number, long afterUs) {
    return at(new BookUpdateBuilder().begin().snapshot(number), afterUs);
  }

  private void restartAt(long number) {
    numbers.begin(at(new BookUpdateBuilder().begin().restart(number), 0));
  }

  @Test
  void aLinkedDeltaFollowsTheNumberItNames() {
    restartAt(10);
    assertThat(numbers.place(delta(10, 12, 0))).isEqualTo(FOLLOWS);
    assertThat(numbers.place(delta(11, 12, 0))).isEqualTo(HOLE);
    assertThat(numbers.place(delta(9, 10, 0))).isEqualTo(CONFIRMS);
    assertThat(numbers.place(delta(8, 9, 0))).isEqualTo(COVERED);
    assertThat(numbers.place(delta(9, 11, 0))).isEqualTo(HOLE);
    numbers.apply(delta(10, 12, 0));
    assertThat(numbers.sequence()).isEqualTo(12);
  }

  @Test
  void theFirstAfterASnapshotFromBesideTheStreamMayReachBack() {
    numbers.begin(snapshot(10, 0));
    assertThat(numbers.follows(delta(8, 11, 0))).isTrue();
    assertThat(numbers.follows(delta(8, 10, 0))).isFalse();
    assertThat(numbers.follows(delta(11, 12, 0))).isFalse();
    numbers.apply(delta(8, 11, 0));
    assertThat(numbers.follows(delta(8, 12, 0))).isFalse();
  }

  @Test
  void anOverlappingOneAlwaysMay() {
    restartAt(10);
    BookUpdateBuilder overlapping = new BookUpdateBuilder().begin().delta(8, 11).overlapping();
    assertThat(numbers.follows(at(overlapping, 0))).isTrue();
  }

  @Test
  void aNumberAloneTellsOnlyWhatIsOlder() {
    restartAt(10);
    assertThat(numbers.place(delta(NO_SEQUENCE, 10, 0))).isEqualTo(FOLLOWS);
    assertThat(numbers.place(delta(NO_SEQUENCE, NO_SEQUENCE, 0))).isEqualTo(FOLLOWS);
    numbers.apply(delta(NO_SEQUENCE, 15, 0));
    assertThat(numbers.place(delta(NO_SEQUENCE, 9, 0))).isEqualTo(COVERED);
    assertThat(numbers.place(delta(NO_SEQUENCE, 10, 0))).isEqualTo(OLDER);
    numbers.apply(delta(NO_SEQUENCE, 12, 0));
    assertThat(numbers.sequence()).isEqualTo(15);
  }

  @Test
  void aCheckedDeltaSetsTheNumberEvenBackwards() {
    restartAt(10);
    numbers.apply(checked(8, 0));
    assertThat(numbers.sequence()).isEqualTo(8);
  }

  @Test
  void aLinkedDeltaBehindThatIsMoreThanASecondNewerCountsAnew() {
    restartAt(10);
    numbers.apply(delta(10, 11, 0));
    assertThat(numbers.appliedUs()).isEqualTo(Updates.START_US);
    assertThat(numbers.place(delta(1, 2, SECOND_US))).isEqualTo(COVERED);
    assertThat(numbers.isOfNewCount(delta(1, 2, SECOND_US))).isFalse();
    assertThat(numbers.place(delta(1, 2, SECOND_US + 1))).isEqualTo(ANEW);
    assertThat(numbers.isOfNewCount(delta(1, 2, SECOND_US + 1))).isTrue();
    assertThat(numbers.place(untimed(1, 2))).isEqualTo(COVERED);
    assertThat(numbers.isOfNewCount(untimed(1, 2))).isFalse();
  }

  @Test
  void anOlderTimeDoesNotTakeBackTheNewest() {
    restartAt(10);
    numbers.apply(delta(10, 11, 50));
    numbers.apply(delta(11, 12, 20));
    assertThat(numbers.appliedUs()).isEqualTo(Updates.START_US + 50);
    numbers.apply(untimed(12, 13));
    assertThat(numbers.appliedUs()).isEqualTo(Updates.START_US + 50);
  }

  @Test
  void ofDeltasThatAreNotLinkedItTakesThreeInARow() {
    restartAt(10);
    numbers.apply(checked(11, 0));
    BookUpdate newer = checked(2, 2 * SECOND_US);
    assertThat(numbers.place(newer)).isEqualTo(COVERED);
    assertThat(numbers.place(newer)).isEqualTo(COVERED);
    assertThat(numbers.place(checked(2, 0))).isEqualTo(COVERED); // an old one: no row
    assertThat(numbers.place(newer)).isEqualTo(COVERED);
    assertThat(numbers.place(newer)).isEqualTo(COVERED);
    assertThat(numbers.place(newer)).isEqualTo(ANEW);
  }

  @Test
  void anAppliedDeltaEndsTheRow() {
    restartAt(10);
    numbers.apply(checked(11, 0));
    BookUpdate newer = checked(2, 2 * SECOND_US);
    numbers.place(newer);
    numbers.place(newer);
    numbers.apply(checked(12, 0));
    assertThat(numbers.place(newer)).isEqualTo(COVERED);
  }

  @Test
  void theBooksOwnLastDeltaThatComesAgainDoesNotEndTheRow() {
    restartAt(10);
    numbers.apply(checked(11, 0));
    BookUpdate newer = checked(2, 2 * SECOND_US);
    numbers.place(newer);
    numbers.place(newer);
    numbers.apply(checked(11, 0));
    assertThat(numbers.place(newer)).isEqualTo(ANEW);
  }

  @Test
  void theStreamMayBeTenSecondsBehindASnapshot() {
    numbers.begin(snapshot(10, 0));
    assertThat(numbers.isOfNewCount(delta(1, 2, 99 * SECOND_US))).isFalse();
    assertThat(numbers.place(delta(1, 2, 5))).isEqualTo(COVERED); // the first one behind
    assertThat(numbers.place(delta(2, 3, 10 * SECOND_US + 5))).isEqualTo(COVERED);
    assertThat(numbers.place(delta(2, 3, 10 * SECOND_US + 6))).isEqualTo(ANEW);
  }

  @Test
  void aSnapshotOfAnotherNumberForgetsTheTimes() {
    numbers.begin(snapshot(10, 0));
    numbers.apply(delta(10, 11, 0));
    numbers.begin(snapshot(11, 0));
    assertThat(numbers.appliedUs()).isEqualTo(Updates.START_US);
    numbers.begin(snapshot(12, 0));
    assertThat(numbers.appliedUs()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void aSnapshotAheadOfTheBookAndOlderByTimeIsOfAnOldCount() {
    restartAt(10);
    assertThat(numbers.isOfOldCount(snapshot(12, -9 * SECOND_US))).isFalse();
    numbers.apply(delta(10, 11, 0));
    assertThat(numbers.isOfOldCount(snapshot(12, -1))).isTrue();
    assertThat(numbers.isOfOldCount(snapshot(12, 0))).isFalse();
    assertThat(numbers.isOfOldCount(snapshot(11, -9 * SECOND_US))).isFalse();
    BookUpdateBuilder untimed = new BookUpdateBuilder().begin().snapshot(12).untimed();
    assertThat(numbers.isOfOldCount(at(untimed, -9 * SECOND_US))).isFalse();
  }

  @Test
  void isReadBack() throws IOException {
    numbers.begin(snapshot(10, 0));
    Continuity read = new Continuity();
    WrittenState.copy(numbers::writeTo, read::readFrom);
    assertThat(read.follows(delta(8, 11, 0))).isTrue();

    assertThat(numbers.place(delta(1, 2, 5))).isEqualTo(COVERED);
    WrittenState.copy(numbers::writeTo, read::readFrom);
    assertThat(read.place(delta(2, 3, 10 * SECOND_US + 6))).isEqualTo(ANEW);

    numbers.apply(checked(12, 0));
    numbers.place(checked(2, 2 * SECOND_US));
    numbers.place(checked(2, 2 * SECOND_US));
    WrittenState.copy(numbers::writeTo, read::readFrom);
    assertThat(read.sequence()).isEqualTo(12);
    assertThat(read.appliedUs()).isEqualTo(Updates.START_US);
    assertThat(read.place(delta(NO_SEQUENCE, 9, 0))).isEqualTo(COVERED);
    assertThat(read.place(delta(NO_SEQUENCE, 10, 0))).isEqualTo(OLDER);
    assertThat(read.follows(delta(8, 13, 0))).isFalse();
    assertThat(read.place(checked(2, 2 * SECOND_US))).isEqualTo(ANEW);
  }

  @Test
  void isBeforeTheFirstMessageAfterAReset() {
    numbers.begin(snapshot(10, 0));
    numbers.apply(delta(10, 11, 0));
    numbers.begin(snapshot(11, 0));
    numbers.reset();
    assertThat(numbers.sequence()).isEqualTo(NO_SEQUENCE);
    assertThat(numbers.appliedUs()).isEqualTo(Long.MIN_VALUE);
    assertThat(numbers.follows(delta(-2, 3, 0))).isFalse();
    assertThat(numbers.place(delta(NO_SEQUENCE, 9, 0))).isEqualTo(FOLLOWS);
  }
}
