package io.streamforge.loader.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.market.BookUpdate;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Numbered books whose whole books come in the stream: Bybit, OKX, Bitget. And Bitstamp's. */
class NumberedBookInStreamTest extends TestBook {
  NumberedBookInStreamTest() {
    super("bybit-linear");
  }

  private static String whole(long number) {
    return bybit("snapshot", number);
  }

  private static String delta(long number) {
    return bybit("delta", number);
  }

  private static String bybit(String type, long number) {
    return "{\"topic\":\"orderbook.200.BTCUSDT\",\"type\":\"%s\",\"ts\":1787603059514,\"data\":{\"s\":\"BTCUSDT\",\"b\":[],\"a\":[[\"9.0\",\"1.0\"]],\"u\":%d,\"seq\":1},\"cts\":1787603059514}"
        .formatted(type, number);
  }

  private static String okx(String action, long previous, long number) {
    return "{\"arg\":{\"channel\":\"books\",\"instId\":\"BTCUSDT\"},\"action\":\"%s\",\"data\":[{\"asks\":[],\"bids\":[[\"9.0\",\"1.0\",\"0\",\"1\"]],\"ts\":\"1787603059514\",\"checksum\":0,\"seqId\":%d,\"prevSeqId\":%d}]}"
        .formatted(action, number, previous);
  }

  private static String bitstamp(long micros, String price) {
    return "{\"data\":{\"timestamp\":\"1787603059\",\"microtimestamp\":\"%d\",\"bids\":[[\"%s\",\"1.0\"]],\"asks\":[]},\"channel\":\"diff_order_book_BTCUSDT\",\"event\":\"data\"}"
        .formatted(micros, price);
  }

  @Test
  void aSnapshotBeginsTheBookAndNobodyAsks() {
    bring(a, whole(5));
    bring(a, delta(6));
    assertThat(written.texts()).containsExactly(whole(5), delta(6));
    assertThat(care.asked).isEmpty();
    assertThat(book.begun()).isTrue();
  }

  @Test
  void aHoleAsksForASnapshotWhichGoesOnInTheSameSession() {
    bring(a, whole(5));
    bring(a, delta(7));
    assertThat(care.asked).containsExactly("book: gap");
    bring(a, whole(9));
    bring(a, delta(10));
    assertThat(written.texts()).containsExactly(whole(5), delta(7), whole(9), delta(10));
    assertThat(written.sessions()).hasSize(1);
  }

  @Test
  void anotherConnectionsSnapshotDoesNotSetALiveBookBack() {
    care.openLines = 2;
    bring(a, whole(5));
    bring(a, delta(6));
    bring(b, whole(5));
    bring(b, delta(6));
    bring(b, delta(7));
    bring(a, delta(7));
    assertThat(written.texts()).containsExactly(whole(5), delta(6), delta(7));
    assertThat(holes).isEmpty();
  }

  @Test
  void afterAHoleOfBothASnapshotBehindTheStreamIsFollowedByWhatIsSinceIt() {
    care.openLines = 2;
    bring(a, whole(5));
    bring(b, delta(7));
    bring(b, delta(8));
    care.soon.remove().run();
    bring(a, whole(7)); // the subscription was made again
    bring(a, delta(8));
    bring(b, delta(9));
    assertThat(written.texts())
        .containsExactly(whole(5), delta(7), delta(8), whole(7), delta(8), delta(9));
    assertThat(holes).hasSize(1);
  }

  @Test
  void aVenueThatBeginsAnewSaysSoOnEachConnection() {
    care.openLines = 2;
    bring(a, whole(1_000));
    bring(b, whole(1_000));
    bring(b, delta(1_001));
    bring(a, whole(1));
    bring(a, delta(2));
    bring(b, whole(1));
    bring(b, delta(2));
    bring(b, delta(3));
    bring(a, delta(3));
    bring(a, delta(4));
    assertThat(written.texts()).endsWith(delta(2), delta(3), delta(4));
    assertThat(care.asked).isEmpty();
    assertThat(holes).isEmpty();
  }

  /** Connections that were made since know nothing of the old count. */
  @Test
  void aNewCountOnNewConnectionsIsSeenByTheVenuesTime() {
    care.openLines = 2;
    bring(a, whole(1_000));
    bring(b, whole(1_000));
    bring(b, delta(1_001));
    book.lineDown(a, TestLines.NOW_US);
    Line c = TestLines.line("c", null);
    bring(c, whole(1));
    book.lineDown(b, TestLines.NOW_US);
    Line d = TestLines.line("d", null);
    bring(d, whole(1));
    for (int number = 2; number < 10; number++) {
      String later = delta(number).replace("1787603059514", "1787603069514");
      bring(c, later);
      bring(d, later);
    }
    assertThat(written.texts()).contains("disconnected");
    assertThat(written.texts().get(written.texts().size() - 1)).contains("\"u\":9,");
    assertThat(care.asked).containsExactly("book: start");
  }

  @Test
  void aSnapshotThatSomebodyAskedForIsWrittenThoughTheBookIsLive() {
    care.openLines = 2;
    bring(a, whole(5));
    bring(a, delta(6));
    bring(b, delta(6));
    book.resync("stale");
    bring(a, whole(6));
    bring(b, delta(7));
    assertThat(written.texts()).containsExactly(whole(5), delta(6), whole(6), delta(7));
  }

  /** What neither brought while one hung would not show. */
  @Test
  void withoutLinksASurvivorGoesOnOnlyIfItWasThereBefore() {
    TestBook bitstamp = new TestBook("bitstamp");
    bitstamp.care.openLines = 2;
    long now = TestLines.NOW_US;
    bitstamp.bring(bitstamp.a, bitstamp(now, "9.0"), now);
    bitstamp.bring(bitstamp.b, bitstamp(now + 1, "8.0"), now + 1);
    bitstamp.bring(bitstamp.a, bitstamp(now + 2, "7.0"), now + 2);
    bitstamp.book.lineDown(bitstamp.a, now + 3);
    assertThat(bitstamp.written.texts()).doesNotContain("disconnected");
    Line c = TestLines.line("c", null);
    bitstamp.bring(c, bitstamp(now + 5, "6.0"), now + 5);
    bitstamp.book.lineDown(bitstamp.b, now + 6);
    assertThat(bitstamp.written.texts()).endsWith("disconnected");
  }

  @Test
  void aChangeThatLeadsToALowerNumberGoesOn() {
    TestBook okx = new TestBook("okx");
    okx.bring(okx.a, okx("snapshot", -1, 1_000));
    okx.bring(okx.a, okx("update", 1_000, 1_005));
    okx.bring(okx.a, okx("update", 1_005, 1_005)); // nothing has changed
    okx.bring(okx.a, okx("update", 1_005, 3)); // after maintenance
    for (int number = 4; number < 10; number++) {
      okx.bring(okx.a, okx("update", number - 1, number));
    }
    assertThat(okx.holes).isEmpty();
    assertThat(okx.written.sessions()).hasSize(1);
    okx.bring(okx.a, okx("update", 11, 12));
    assertThat(okx.holes).hasSize(1);
  }

  @Test
  void copiesWithoutALinkAreWrittenOnceThoughTwoHaveOneNumber() {
    TestBook bitstamp = new TestBook("bitstamp");
    bitstamp.care.openLines = 2;
    long now = TestLines.NOW_US;
    List<String> sent =
        List.of(
            bitstamp(now, "9.0"),
            bitstamp(now, "8.0"),
            bitstamp(now + 2, "7.0"),
            bitstamp(now + 1, "6.0"));
    sent.forEach(text -> bitstamp.bring(bitstamp.a, text));
    sent.forEach(text -> bitstamp.bring(bitstamp.b, text));
    assertThat(bitstamp.written.texts()).isEqualTo(sent);
    assertThat(bitstamp.care.asked).containsExactly("book: start");
    assertThat(bitstamp.holes).isEmpty();
  }

  /**
   * Two connections at different places of one stream lose messages and subscribe again: whoever
   * follows what is written meets a hole only where one was said, and has the stream's last message
   * in the end.
   */
  @Property(tries = 1000)
  void whatIsWrittenHasNoHoleThatWasNotSaid(@ForAll long seed) {
    NumberedBookInStreamTest test = new NumberedBookInStreamTest();
    test.care.openLines = 2;
    Random random = new Random(seed);
    Line[] lines = {test.a, test.b};
    int[] next = {1, 1};
    for (int i = 0; i < 150; i++) {
      int line = next[0] - next[1] > 4 ? 1 : next[1] - next[0] > 4 ? 0 : random.nextInt(2);
      boolean askedFor = !test.care.asked.isEmpty() && random.nextInt(3) == 0;
      if (askedFor || next[line] == 1 || random.nextInt(40) == 0) {
        test.care.asked.clear();
        test.bring(lines[line], whole(next[line]++));
      } else if (random.nextInt(15) == 0) {
        next[line]++; // lost
      } else {
        test.bring(lines[line], delta(next[line]++));
      }
      if (random.nextInt(10) == 0) {
        test.care.soon.forEach(Runnable::run);
        test.care.soon.clear();
      }
    }
    int last = Math.max(next[0], next[1]);
    test.bring(test.a, whole(last));
    test.bring(test.b, whole(last));
    test.bring(test.b, delta(last + 1));
    long number = 0;
    int met = 0;
    for (String text : test.written.texts()) {
      BookUpdate update = TestLines.read("bybit-linear", text);
      if (!update.snapshot() && update.previousSequence() != number) {
        met++;
      }
      number = update.sequence();
    }
    assertThat(met).isLessThanOrEqualTo(test.holes.size());
    assertThat(number).isEqualTo(last + 1);
    assertThat(test.written.sessions()).hasSize(1);
  }
}
