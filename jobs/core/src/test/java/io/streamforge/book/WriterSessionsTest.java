package io.streamforge.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.BookUpdateBuilder;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.Updates;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which of its writers' sessions a book follows, and which of their snapshots it takes. */
class WriterSessionsTest {
  private static final String VENUE = "streamforge";
  private static final long START_US = 1_723_161_255_000_000L;

  private final BookUnderTest book = new BookUnderTest.Fast();

  private static RawMessage message(String session, long ms, long previous, long number) {
    long us = START_US + ms * 1000;
    String numbers =
        previous < 0
            ? "\"snapshot\":true,\"sequence\":" + number
            : "\"snapshot\":false,\"previous_sequence\":%d,\"sequence\":%d"
                .formatted(previous, number);
    return new RawMessage(
            "raw-orderbooks",
            "X",
            VENUE,
            us,
            ("{\"type\":\"book\",\"venue\":\"acme\",\"symbol\":\"X\",%s,\"event_time_us\":%d,"
                    + "\"bids\":[[\"%d\",\"1\"]],\"asks\":[[\"1000\",\"1\"]]}")
                .formatted(numbers, us, number))
        .inSession(session);
  }

  private static RawMessage snapshot(String session, long ms, long number) {
    return message(session, ms, -1, number);
  }

  private static RawMessage disconnected(String session, long ms) {
    return RawMessage.disconnected("raw-orderbooks", "X", VENUE, session, START_US + ms * 1000);
  }

  private void apply(RawMessage... messages) {
    List.of(messages).forEach(book::apply);
  }

  @Test
  void aSessionThatIsOverIsIgnored() {
    apply(snapshot("a", 0, 1), snapshot("b", 1, 5), message("a", 2, 1, 2));
    assertThat(book.sequence()).isEqualTo(5);
    assertThat(book.status()).isEqualTo("live");
    apply(snapshot("a", 3, 2), message("b", 4, 5, 6));
    assertThat(book.sequence()).isEqualTo(6);
    assertThat(book.status()).isEqualTo("live");
  }

  @Test
  void aLateSnapshotOfASessionThatLostItsConnectionBeforeItBeganTheBookIsIgnored() {
    apply(snapshot("a", 0, 1), message("b", 1, 1, 2), disconnected("b", 2));
    assertThat(book.status()).isEqualTo("live");
    apply(snapshot("b", 3, 2), message("a", 4, 1, 3));
    assertThat(book.status()).isEqualTo("live");
    assertThat(book.sequence()).isEqualTo(3);
  }

  /** Its writer has begun anew without saying so, and its snapshot is lost. */
  @Test
  void aSessionThatWaitsAndGoesOnAloneShowsThatTheCurrentOneIsDead() {
    apply(snapshot("a", 0, 1), message("b", 1_000, 1, 2), message("b", 6_000, 2, 3));
    assertThat(book.status()).isEqualTo("live");
    apply(message("b", 6_001, 3, 4));
    assertThat(book.status()).isEqualTo("gap");
    apply(snapshot("b", 7_000, 3));
    assertThat(book.status()).isEqualTo("live");
    assertThat(book.sequence()).isEqualTo(4);
  }

  /** The stream of a writer that died long ago is read late. */
  @Test
  void aLiveBookIsNotBegunAnewByASnapshotOfBeforeIt() {
    apply(snapshot("a", 1_000, 5), message("a", 1_001, 5, 6));
    apply(message("b", 600, 3, 4), snapshot("b", 500, 3));
    assertThat(book.sequence()).isEqualTo(6);
    apply(message("a", 1_002, 6, 7));
    assertThat(book.status()).isEqualTo("live");
    assertThat(book.sequence()).isEqualTo(7);
  }

  @Test
  void aSnapshotOfBeforeALiveBookBeginsItAnewWithTheDeltasThatWaitForIt() {
    apply(snapshot("a", 1_000, 5), message("a", 1_001, 5, 6), message("b", 1_002, 5, 7));
    assertThat(book.sequence()).isEqualTo(6);
    apply(snapshot("b", 999, 5));
    assertThat(book.status()).isEqualTo("live");
    assertThat(book.sequence()).isEqualTo(7);
  }

  @Test
  void anotherLineGoesOnAtOnceWhenTheCurrentOneHasLostItsConnection() {
    apply(snapshot("a", 0, 1), snapshot("b", 1, 5), message("a", 2, 5, 6), disconnected("b", 3));
    assertThat(book.status()).isEqualTo("gap");
    apply(message("a", 4, 6, 7), message("a", 5, 7, 8), snapshot("a", 2, 7));
    assertThat(book.status()).isEqualTo("gap"); // it is of before the loss
    apply(snapshot("a", 4, 7));
    assertThat(book.status()).isEqualTo("live");
    assertThat(book.sequence()).isEqualTo(8);
  }

  @Test
  void aLineThatHasLostItsConnectionTooDoesNotGoOn() {
    apply(snapshot("a", 0, 1), snapshot("b", 1, 5), disconnected("a", 2), disconnected("b", 3));
    apply(snapshot("a", 4, 7));
    assertThat(book.status()).isEqualTo("gap");
  }

  /** What waits for other sessions takes no place from the book's own. */
  @Test
  void aLostBookKeepsItsDeltasHoweverManyWaitForOthers() {
    apply(snapshot("a", 0, 1), message("a", 100, 2, 3), message("a", 101, 3, 4));
    assertThat(book.status()).isEqualTo("gap");
    for (int i = 0; i < 2 * Books.LIMITS.waiting(); i++) {
      apply(message("b", 102, 10 + i, 11 + i));
    }
    apply(message("a", 103, 4, 5), snapshot("a", 99, 2));
    assertThat(book.status()).isEqualTo("live");
    assertThat(book.sequence()).isEqualTo(5);
  }

  @Test
  void aLostBookTakesNoSnapshotOfTheCountThatIsOver() {
    apply(snapshot("a", 0, 4990), message("a", 100, 4990, 5000), message("a", 2_000, 3, 7));
    assertThat(book.status()).isEqualTo("gap");
    apply(snapshot("a", 2_100, 5005), message("a", 3_000, 7, 8), message("a", 4_500, 8, 9));
    assertThat(book.status()).isEqualTo("gap");
    apply(snapshot("a", 4_600, 8));
    assertThat(book.status()).isEqualTo("live");
    assertThat(book.sequence()).isEqualTo(9);
  }

  /** Its own number is absurd, and the stream is behind the snapshot. */
  @Test
  void aLostBookTakesALowerSnapshotThatIsNewerThanAllDeltas() {
    apply(snapshot("a", 0, 9_000_000), message("a", 100, 9_000_000, 9_000_001));
    apply(message("a", 200, 9_000_005, 9_000_006)); // a gap
    assertThat(book.status()).isEqualTo("gap");
    apply(message("a", 300, 49, 50), snapshot("a", 299, 51));
    assertThat(book.status()).isEqualTo("gap"); // of before the newest delta
    apply(snapshot("a", 400, 52));
    assertThat(book.status()).isEqualTo("live");
    assertThat(book.sequence()).isEqualTo(52);
  }

  @Test
  void numbersThatRunInARingStopNobody() {
    apply(message("a", 0, 5, 7), message("a", 1, 7, 5), snapshot("a", 2, 5));
    apply(snapshot("a", 3, 100), message("a", 4, 100, 101));
    assertThat(book.status()).isEqualTo("live");
    apply(message("a", 5, 110, 111), message("a", 6, 5, 7), message("a", 7, 7, 5));
    apply(snapshot("a", 8, 5));
    assertThat(book.sequence()).isEqualTo(5);
  }

  @Test
  void aLostBookTakesNoSnapshotOfBeforeWhatItHasApplied() {
    apply(snapshot("a", 0, 100), message("a", 1_000, 100, 101), message("a", 2_000, 102, 103));
    assertThat(book.status()).isEqualTo("gap");
    apply(snapshot("a", 500, 200));
    assertThat(book.status()).isEqualTo("gap");
    apply(snapshot("a", 1_500, 102));
    assertThat(book.status()).isEqualTo("live");
    assertThat(book.sequence()).isEqualTo(103);
  }

  /** The answer to a subscription comes before the snapshot that begins its session. */
  @Test
  void theDepthOfASessionThatWaitsWaitsWithIt() {
    OrderBook deep = new OrderBook(Books.LIMITS);
    BookUpdateBuilder builder = new BookUpdateBuilder();
    deep.apply(builder.begin().untimed().subscribed(100).build(Updates.ACME, 0, 0).inSession(1));
    deep.apply(levels(builder, 10, 1).inSession(1));
    assertThat(deep.knownBps()).isEqualTo(1000);
    deep.apply(builder.begin().untimed().subscribed(10).build(Updates.ACME, 2, 2).inSession(2));
    assertThat(deep.knownBps()).isEqualTo(1000);
    deep.apply(levels(builder, 10, 3).inSession(2));
    assertThat(deep.knownBps()).isLessThan(100);
  }

  /** Another session's depth says nothing of this one's, be it that of before or one that waits. */
  @Test
  void theDepthOfASessionIsItsOwn() {
    BookUpdateBuilder builder = new BookUpdateBuilder();
    OrderBook first = new OrderBook(Books.LIMITS);
    first.apply(builder.begin().untimed().subscribed(1000).build(Updates.ACME, 0, 0).inSession(1));
    first.apply(levels(builder, 10, 1).inSession(2));
    assertThat(first.knownBps()).isLessThan(100);
    OrderBook former = new OrderBook(Books.LIMITS);
    former.apply(builder.begin().untimed().subscribed(1000).build(Updates.ACME, 0, 0).inSession(1));
    former.apply(levels(builder, 500, 1).inSession(1));
    assertThat(former.knownBps()).isEqualTo(1000);
    former.apply(levels(builder, 10, 2).inSession(2));
    assertThat(former.knownBps()).isLessThan(100);
    assertThat(former.sequence()).isEqualTo(BookUpdate.NO_SEQUENCE);
  }

  private static BookUpdate unlinked(long timeUs, String bid, String quantity) {
    return Updates.delta().bid(bid, quantity).at(timeUs).build();
  }

  /** What waits of another session does not change what kind of book this one is. */
  @Test
  void anUnlinkedDeltaOfAnotherSessionLeavesALinkedBookLinked() {
    OrderBook linked = Books.of(Updates.snapshot(100).bid("10", "1").ask("11", "1"));
    for (long number = 101; number < 106; number++) {
      linked.apply(Updates.delta(number).bid("10", "" + number).build());
    }
    linked.apply(unlinked(START_US, "1", "1").inSession(2));
    Outcome old = linked.apply(Updates.snapshot(50).bid("3", "1").ask("4", "1").build());
    assertThat(old).isEqualTo(Outcome.SNAPSHOT_IGNORED);
    assertThat(linked.sequence()).isEqualTo(105);
  }

  /** What is pushed out of the memory of those that wait is not forgotten: it was lost. */
  @Test
  void aSnapshotOlderThanWhatFellOutIsRefused() {
    long us = Updates.START_US;
    for (boolean byNumber : new boolean[] {true, false}) {
      OrderBook waits = new OrderBook(Books.LIMITS);
      waits.apply(unlinked(us + 100_000, "100", "0").inSession(2));
      for (int i = 0; i < (byNumber ? Books.LIMITS.waiting() : 1); i++) {
        long laterUs = byNumber ? us + 200_000 + i : us + 61_000_000;
        waits.apply(unlinked(laterUs, "1", "1").inSession(3));
      }
      waits = new PagesInMemory().restarted(waits, Books.LIMITS);
      BookUpdate old = Updates.snapshot(us).bid("100", "1").ask("101", "1").at(us).build();
      assertThat(waits.apply(old.inSession(2))).isEqualTo(Outcome.SNAPSHOT_UNSOUND);
      assertThat(waits.apply(old)).isEqualTo(Outcome.SNAPSHOT_UNSOUND);
      BookUpdate inStream = Updates.snapshot().bid("100", "1").ask("101", "1").at(us).build();
      assertThat(waits.apply(inStream.inSession(2))).isEqualTo(Outcome.SNAPSHOT_UNSOUND);
      assertThat(waits.status()).isEqualTo(BookStatus.AWAITING_SNAPSHOT);
      long newUs = us + 70_000_000;
      BookUpdate sound = Updates.snapshot(newUs).bid("99", "1").ask("101", "1").at(newUs).build();
      assertThat(waits.apply(sound.inSession(2))).isEqualTo(Outcome.SNAPSHOT_APPLIED);
    }
  }

  private static BookUpdate whole(double second, String bid, long session) {
    long us = Updates.START_US + Math.round(second * 1e6);
    return Updates.snapshot(us).bid(bid, "1").ask("110", "1").at(us).build().inSession(session);
  }

  private static BookUpdate bid(double second, String bid, long session) {
    BookUpdateBuilder builder = new BookUpdateBuilder();
    long us = Updates.START_US + Math.round(second * 1e6);
    builder.begin().delta(BookUpdate.NO_SEQUENCE, us).level(true, Long.parseLong(bid), 0, 1, 0);
    return builder.build(Updates.ACME, us, us).inSession(session);
  }

  private static BookUpdate lost(double second, BookUpdate.Kind kind, long session) {
    long us = Updates.START_US + Math.round(second * 1e6);
    BookUpdateBuilder builder = new BookUpdateBuilder().begin().untimed().notice(kind);
    return builder.build(Updates.ACME, us, us).inSession(session);
  }

  private static OrderBook after(BookUpdate... messages) {
    OrderBook book = new OrderBook(Books.LIMITS);
    List.of(messages).forEach(book::apply);
    return new PagesInMemory().restarted(book, Books.LIMITS);
  }

  /** The same of a book that session 1 has begun. */
  private static OrderBook begunAndThen(BookUpdate... messages) {
    Stream<BookUpdate> begun = Stream.of(whole(0, "100", 1), bid(0.1, "99", 1));
    return after(Stream.concat(begun, Stream.of(messages)).toArray(BookUpdate[]::new));
  }

  @Test
  void whatIsIgnoredOfASupersededSessionIsLostToIt() {
    OrderBook silent =
        begunAndThen(
            whole(0.2, "100", 2), bid(0.3, "98", 2), bid(1.0, "97", 1), bid(5.8, "105", 1));
    silent.apply(bid(7, "97", 1)); // the current session is dead
    assertThat(silent.apply(whole(5.0, "100", 1))).isEqualTo(Outcome.SNAPSHOT_UNSOUND);
    assertThat(silent.apply(whole(7.0, "105", 1))).isEqualTo(Outcome.SNAPSHOT_APPLIED);
  }

  @Test
  void aHoleInWhatIsKeptOfASessionIsALoss() {
    OrderBook book =
        begunAndThen(
            bid(0.5, "98", 2), // kept
            lost(1.0, BookUpdate.Kind.DISCONNECTED, 2),
            bid(1.4, "96", 1),
            bid(1.5, "97", 2), // ignored
            bid(6.4, "105", 2), // ignored
            bid(7.1, "98", 2)); // kept: the current session is dead
    assertThat(book.apply(whole(6.0, "100", 2))).isEqualTo(Outcome.SNAPSHOT_UNSOUND);
    assertThat(book.status()).isEqualTo(BookStatus.GAP);
  }

  @Test
  void lostRecordsMayHaveBeenOfAnySession() {
    OrderBook followed = begunAndThen(bid(0.5, "98", 2), lost(5, BookUpdate.Kind.LOST, 0));
    assertThat(followed.apply(whole(3, "100", 2))).isEqualTo(Outcome.SNAPSHOT_UNSOUND);
    OrderBook fresh = after(bid(0.5, "98", 2), lost(5, BookUpdate.Kind.LOST, 0));
    assertThat(fresh.apply(whole(4, "100", 2))).isEqualTo(Outcome.SNAPSHOT_UNSOUND);
    assertThat(fresh.apply(whole(3, "100", 1))).isEqualTo(Outcome.SNAPSHOT_UNSOUND);
    assertThat(fresh.apply(whole(5, "100", 1))).isEqualTo(Outcome.SNAPSHOT_APPLIED);
  }

  @Test
  void aSessionThatWasDeadIsDeadForAnOlderMessageToo() {
    OrderBook book = begunAndThen(whole(0.2, "100", 2), bid(1, "99", 1), bid(6.1, "99", 1));
    assertThat(book.status()).isEqualTo(BookStatus.GAP);
    book.apply(whole(5.9, "101", 1));
    assertThat(book.sequence()).isNotEqualTo(Updates.START_US + 200_000);
  }

  @Test
  void aSnapshotOfTheLargestNumberIsASnapshot() {
    OrderBook book = Books.of(Updates.snapshot(Long.MAX_VALUE).bid("10", "1").ask("11", "1"));
    assertThat(book.status()).isEqualTo(BookStatus.LIVE);
  }

  private static BookUpdate levels(BookUpdateBuilder builder, int levels, long timeUs) {
    builder.begin().snapshot(BookUpdate.NO_SEQUENCE).atLeastDepth(10);
    for (int i = 0; i < levels; i++) {
      builder.level(true, 10_000 - i, 0, 1, 0);
      builder.level(false, 10_001 + i, 0, 1, 0);
    }
    return builder.build(Updates.ACME, timeUs, timeUs);
  }

  @Test
  void aSnapshotCountedBeforeTheVenueBeganAnewDoesNotReplaceALiveBook() {
    apply(snapshot("a", 0, 900), message("a", 100, 900, 910), message("a", 800, 910, 7));
    assertThat(book.sequence()).isEqualTo(7);
    apply(snapshot("a", 50, 905));
    assertThat(book.status()).isEqualTo("live");
    assertThat(book.sequence()).isEqualTo(7);
  }
}
