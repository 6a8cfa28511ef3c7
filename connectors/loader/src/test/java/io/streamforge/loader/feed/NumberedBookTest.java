package io.streamforge.loader.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NumberedBookTest extends TestBook {
  private static final String VENUE = "binance-spot";

  NumberedBookTest() {
    super(VENUE);
  }

  private static String delta(long first, long last) {
    return "{\"e\":\"depthUpdate\",\"E\":1787603059514,\"s\":\"BTCUSDT\",\"U\":%d,\"u\":%d,\"b\":[],\"a\":[[\"9.0\",\"1.0\"]]}"
        .formatted(first, last);
  }

  private static String whole(long number) {
    return "{\"lastUpdateId\":%d,\"bids\":[[\"1.0\",\"1.0\"]],\"asks\":[[\"2.0\",\"1.0\"]]}"
        .formatted(number);
  }

  private void bring(Line line, long first, long last) {
    bring(line, delta(first, last));
  }

  private String answer(long number) {
    String text = whole(number);
    return book.answer(TestLines.read(VENUE, text), text.getBytes(UTF_8), TestLines.NOW_US);
  }

  @Test
  void theFirstChangeAsksForABookWhichStandsWhereItBelongsByItsNumber() {
    bring(a, 10, 12);
    assertThat(care.asked).containsExactly("book: start");
    book.hold(TestLines.NOW_US);
    assertThat(written.holds).isEqualTo(1);
    bring(a, 13, 14);
    bring(a, 15, 15);
    assertThat(answer(14)).isNull();
    bring(a, 16, 16);
    assertThat(written.texts())
        .containsExactly(delta(10, 12), delta(13, 14), whole(14), delta(15, 15), delta(16, 16));
    assertThat(written.sessions()).hasSize(1).doesNotContainNull();
    assertThat(written.holds).isZero();
    assertThat(holes).isEmpty();
    assertThat(book.begun()).isTrue();
  }

  @Test
  void aBookThatDoesNotChangeIsAskedForToo() {
    book.quiet();
    book.quiet();
    assertThat(care.asked).containsExactly("book: start");
    book.hold(TestLines.NOW_US);
    assertThat(answer(12)).isNull();
    assertThat(book.begun()).isTrue();
    bring(a, 13, 13);
    assertThat(written.texts()).containsExactly(whole(12), delta(13, 13));
    assertThat(written.sessions()).hasSize(1).doesNotContainNull();
    assertThat(holes).isEmpty();
  }

  @Test
  void anAnswerThatIsOlderThanTheStreamIsOfNoUse() {
    bring(a, 10, 12);
    book.hold(TestLines.NOW_US);
    bring(a, 13, 14);
    assertThat(answer(11)).isEqualTo("it is older than the stream");
    book.release();
    assertThat(written.texts()).containsExactly(delta(10, 12), delta(13, 14));
    assertThat(book.begun()).isFalse();
  }

  @Test
  void theAnswerForADeeperLiveBookGoesAheadOfTheChangesThatFollowIt() {
    bring(a, 10, 12);
    book.hold(TestLines.NOW_US);
    answer(12);
    bring(a, 13, 13);
    book.hold(TestLines.NOW_US);
    bring(a, 14, 14);
    bring(a, 15, 15);
    assertThat(answer(14)).isNull();
    assertThat(written.texts())
        .containsExactly(
            delta(10, 12), whole(12), delta(13, 13), delta(14, 14), whole(14), delta(15, 15));
    assertThat(written.sessions()).hasSize(1);
  }

  @Test
  void anAnswerBehindALiveBookIsNotWritten() {
    bring(a, 10, 12);
    book.hold(TestLines.NOW_US);
    answer(12);
    book.hold(TestLines.NOW_US);
    book.release(); // it took too long
    bring(a, 13, 13);
    assertThat(answer(12)).isEqualTo("it came too late");
    assertThat(written.texts()).containsExactly(delta(10, 12), whole(12), delta(13, 13));
  }

  @Test
  void anAnswerThatCameLateIsOfUseToALostBook() {
    bring(a, 10, 12);
    book.hold(TestLines.NOW_US);
    answer(12);
    bring(a, 15, 16);
    book.hold(TestLines.NOW_US);
    book.release(); // it took too long
    bring(a, 17, 17);
    assertThat(answer(16)).isNull();
    assertThat(written.texts()).endsWith(delta(17, 17), whole(16));
  }

  @Test
  void aStreamWhoseNumberIsAbsurdBeginsAnew() {
    bring(a, 1L << 60, 1L << 60);
    for (int i = 0; i < 5; i++) {
      assertThat(answer(100)).isEqualTo("it is older than the stream");
    }
    bring(a, 101, 101);
    assertThat(answer(101)).isNull();
    assertThat(written.texts())
        .containsExactly(delta(1L << 60, 1L << 60), "disconnected", delta(101, 101), whole(101));
  }

  /**
   * One connection's odd number is not for ever: the others are behind it though they are newer.
   */
  @Test
  void oneOddNumberDoesNotStopABookOfTwoConnections() {
    care.openLines = 2;
    bring(a, 10, 12);
    bring(a, 1L << 60, 1L << 60);
    care.soon.remove().run();
    for (int number = 13; number < 30; number++) {
      String text = delta(number, number);
      bring(b, text, TestLines.NOW_US + number * 1_000_000L);
    }
    assertThat(written.texts()).contains("disconnected").endsWith(delta(29, 29));
  }

  /** The answer may be ahead of the stream. */
  @Test
  void aStreamThatIsBehindTheAnswerIsWaitedFor() {
    book.quiet();
    book.hold(TestLines.NOW_US);
    assertThat(answer(100)).isNull();
    for (int number = 91; number < 105; number++) {
      bring(a, number, number);
    }
    assertThat(written.texts()).doesNotContain("disconnected").endsWith(delta(104, 104));
    assertThat(holes).isEmpty();
  }

  @Test
  void aHoleBehindTheAnswerIsSaid() {
    book.quiet();
    book.hold(TestLines.NOW_US);
    assertThat(answer(12)).isNull();
    bring(a, 20, 20);
    assertThat(holes).hasSize(1);
  }

  @Test
  void aHoleIsSaidAndABookAskedFor() {
    bring(a, 10, 12);
    bring(a, 15, 16);
    assertThat(holes).containsExactly("BTCUSDT");
    assertThat(care.asked).containsExactly("book: start", "book: gap");
    assertThat(written.texts()).containsExactly(delta(10, 12), delta(15, 16));
  }

  @Test
  void theEndOfTheConnectionEndsTheSession() {
    bring(a, 10, 12);
    book.hold(TestLines.NOW_US);
    bring(a, 13, 13);
    book.lineDown(a, TestLines.NOW_US);
    bring(a, 20, 21);
    assertThat(written.texts())
        .containsExactly(delta(10, 12), delta(13, 13), "disconnected", delta(20, 21));
    assertThat(written.sessions()).hasSize(2);
    assertThat(written.all.get(2).session()).isEqualTo(written.all.get(0).session());
    assertThat(care.asked).containsExactly("book: start", "book: start");
    assertThat(written.holds).isZero();
  }

  @Test
  void theEndOfOneOfTwoConnectionsIsNoLoss() {
    care.openLines = 2;
    bring(a, 10, 12);
    bring(b, 10, 12);
    book.lineDown(a, TestLines.NOW_US);
    bring(b, 13, 13);
    assertThat(written.texts()).containsExactly(delta(10, 12), delta(13, 13));
    assertThat(written.sessions()).hasSize(1);
  }

  @Test
  void aHoleInBothConnectionsIsSaidAfterAMoment() {
    care.openLines = 2;
    bring(a, 10, 12);
    bring(a, 14, 14);
    bring(b, 15, 16);
    assertThat(written.texts()).containsExactly(delta(10, 12));
    care.soon.remove().run();
    assertThat(holes).hasSize(1);
    assertThat(written.texts()).containsExactly(delta(10, 12), delta(14, 14), delta(15, 16));
  }

  @Test
  void aVenueThatCountsAnewBeginsASession() {
    for (int lines = 1; lines <= 2; lines++) {
      NumberedBookTest test = new NumberedBookTest();
      test.care.openLines = lines;
      test.bring(test.a, 1_000_001, 1_000_002);
      test.bring(test.a, 1_000_003, 1_000_004);
      for (int number = 1; number <= 5; number++) {
        test.bring(test.a, number, number);
      }
      assertThat(test.written.texts()).contains("disconnected", delta(4, 4), delta(5, 5));
      assertThat(test.written.sessions()).hasSize(2);
      assertThat(test.care.asked).containsExactly("book: start", "book: start");
    }
  }

  @Test
  void anAnswerWithAnAbsurdNumberDoesNotStopTheStream() {
    care.openLines = 2;
    bring(a, 10, 12);
    book.hold(TestLines.NOW_US);
    assertThat(answer(1L << 60)).isNull();
    bring(a, 13, 13);
    bring(b, 13, 13);
    bring(b, 14, 14);
    assertThat(written.texts()).endsWith(delta(13, 13), delta(14, 14));
    assertThat(holes).isEmpty();
  }

  @Test
  void whatWaitsBehindAHoleStaysInOrderWhenTheOtherConnectionEnds() {
    care.openLines = 2;
    bring(a, 10, 12);
    bring(a, 15, 15);
    care.openLines = 1;
    bring(a, 16, 16);
    assertThat(written.texts()).containsExactly(delta(10, 12), delta(15, 15), delta(16, 16));
    assertThat(holes).hasSize(1);
  }

  /** Whatever either connection loses or delays: what one of them brings is written once. */
  @Property(tries = 500)
  void oneConnectionFillsTheHolesOfTheOther(@ForAll long seed) {
    NumberedBookTest test = new NumberedBookTest(); // the property's own
    test.care.openLines = 2;
    Random random = new Random(seed);
    int messages = 60;
    int[] next = {1, 1};
    boolean[] lost = new boolean[messages + 1];
    for (int i = 2; i <= messages; i++) {
      lost[i] = random.nextInt(4) == 0;
    }
    for (int i = 0; i < 2 * messages; i++) {
      int line = next[0] > messages ? 1 : next[1] > messages ? 0 : random.nextInt(2);
      // The two are at most five messages apart; of those that one lost the other has a copy.
      if (next[line] - next[1 - line] > 5) {
        line = 1 - line;
      }
      int number = next[line]++;
      boolean isLost = lost[number] && line == number % 2;
      if (!isLost) {
        test.bring(line == 0 ? test.a : test.b, number, number);
      }
    }
    assertThat(test.holes).isEmpty();
    List<String> all = new ArrayList<>();
    for (int i = 1; i <= messages; i++) {
      all.add(delta(i, i));
    }
    assertThat(test.written.texts()).isEqualTo(all);
  }
}
