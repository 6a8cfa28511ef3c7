package io.streamforge.book;

import static io.streamforge.market.BookUpdate.NO_SEQUENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.BookUpdateBuilder;
import io.streamforge.testkit.Updates;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnDeltasTest {
  private final KeptUpdates kept = new KeptUpdates(Books.LIMITS);
  private final OwnDeltas own = new OwnDeltas(kept);

  private static BookUpdate delta(
      int feed, long session, long previous, long number, long afterUs) {
    long timeUs = Updates.START_US + afterUs;
    return new BookUpdateBuilder()
        .begin()
        .feed(feed)
        .delta(previous, number)
        .build(Updates.ACME, timeUs, timeUs)
        .inSession(session);
  }

  private static BookUpdate numbered(long number, long afterUs) {
    return delta(2, 7, NO_SEQUENCE, number, afterUs);
  }

  private static BookUpdate snapshot(long number) {
    return new BookUpdateBuilder()
        .begin()
        .feed(2)
        .snapshot(number)
        .build(Updates.ACME, Updates.START_US, Updates.START_US)
        .inSession(7);
  }

  private List<Long> keptNumbers() {
    return kept.copy().stream().map(BookUpdate::sequence).toList();
  }

  private List<Long> ownNumbers() {
    return own.list().stream().map(BookUpdate::sequence).toList();
  }

  private void keep(BookUpdate... deltas) {
    own.follow(snapshot(1));
    for (BookUpdate delta : deltas) {
      kept.add(delta);
    }
  }

  @Test
  void areThoseOfTheFeedAndTheSession() {
    assertThat(own.feed()).isEqualTo(OrderBook.NO_FEED);
    keep(delta(2, 7, 1, 2, 0), delta(3, 7, 1, 3, 0), delta(2, 8, 1, 4, 0), delta(2, 7, 2, 5, 0));
    assertThat(own.feed()).isEqualTo(2);
    assertThat(own.session()).isEqualTo(7);
    assertThat(ownNumbers()).containsExactly(2L, 5L);
    assertThat(own.isEmpty()).isFalse();
    own.removeIf(delta -> delta.sequence() != 5);
    assertThat(keptNumbers()).containsExactly(3L, 4L, 5L);
    own.removeAll();
    assertThat(keptNumbers()).containsExactly(3L, 4L);
    assertThat(own.isEmpty()).isTrue();
  }

  @Test
  void areFollowedFromASnapshotToTheEndOfTheirChain() {
    keep(
        delta(2, 7, 13, 14, 0),
        delta(2, 7, 10, 12, 0),
        delta(2, 8, 12, 99, 0),
        delta(2, 7, 12, 13, 0),
        delta(2, 7, 20, 21, 0));
    assertThat(own.endFrom(snapshot(10))).isEqualTo(14);
    assertThat(own.endFrom(snapshot(15))).isEqualTo(15);
    Continuity at = new Continuity();
    at.begin(snapshot(10));
    assertThat(own.next(at, 0)).isEqualTo(1);
    assertThat(own.get(1).sequence()).isEqualTo(12);
    assertThat(own.next(at, 2)).isEqualTo(1); // looked for around the end
    at.begin(snapshot(30));
    assertThat(own.next(at, 0)).isEqualTo(-1);
  }

  @Test
  void oneThatCannotBeReadIsNoNextOne() {
    BookUpdate flawed =
        new BookUpdateBuilder()
            .begin()
            .feed(2)
            .delta(10, 11)
            .flawed()
            .build(Updates.ACME, Updates.START_US, Updates.START_US)
            .inSession(7);
    keep(flawed);
    assertThat(own.endFrom(snapshot(10))).isEqualTo(10);
  }

  @Test
  void theNewestIsTheLastByTimeThenByNumber() {
    assertThat(own.newest()).isNull();
    keep(numbered(9, 5), numbered(3, 20), numbered(4, 20), numbered(8, 10));
    assertThat(own.newest().sequence()).isEqualTo(4);
    assertThat(own.lowestAboveNewest()).isEqualTo(8);
  }

  @Test
  void nothingIsAboveTheNewestWhereTimesAndNumbersAgree() {
    keep(numbered(3, 5), numbered(4, 20), numbered(4, 10));
    assertThat(own.lowestAboveNewest()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void onesOvertakenByALowerNumberAreTakenAway() {
    keep(numbered(3, 5), numbered(4, 20), numbered(4, 30), numbered(8, 30), numbered(9, 29));
    own.removeOvertaken();
    assertThat(keptNumbers()).containsExactly(3L, 4L, 4L, 8L);
  }

  @Test
  void whoWasKeptFirstDoesNotMatter() {
    keep(numbered(9, 29), numbered(8, 30), numbered(3, 5));
    own.removeOvertaken();
    assertThat(keptNumbers()).containsExactly(8L, 3L);
  }

  @Test
  void oneFromWhichAnotherGoesOnIsNotOvertaken() {
    keep(delta(2, 7, 2, 3, 50), delta(2, 7, 8, 9, 10), delta(2, 7, 9, 10, 60));
    own.removeOvertaken();
    assertThat(keptNumbers()).containsExactly(3L, 9L, 10L);
  }

  @Test
  void oneWithoutATimeIsNeitherOvertakenNorOvertakes() {
    BookUpdate untimed =
        new BookUpdateBuilder()
            .begin()
            .feed(2)
            .delta(NO_SEQUENCE, 5)
            .untimed()
            .build(Updates.ACME, Updates.START_US + 1, Updates.START_US + 1)
            .inSession(7);
    keep(numbered(3, 50), untimed, numbered(8, 50));
    own.removeOvertaken();
    assertThat(keptNumbers()).containsExactly(3L, 5L, 8L);
    assertThat(own.lowestAboveNewest()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whoseTheyAreIsReadBackAndForgottenByAReset() throws IOException {
    own.follow(snapshot(1));
    OwnDeltas read = new OwnDeltas(kept);
    WrittenState.copy(own::writeTo, read::readFrom);
    assertThat(read.feed()).isEqualTo(2);
    assertThat(read.session()).isEqualTo(7);
    read.reset();
    assertThat(read.feed()).isEqualTo(OrderBook.NO_FEED);
    assertThat(read.session()).isEqualTo(BookUpdate.NO_SESSION);
  }
}
