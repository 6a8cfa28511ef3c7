package io.streamforge.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Venues' own rules, message by message, in the fast book and, where it has them, the plain one.
 */
class VenueBooksTest {
  private static final long NOW_US = 1_723_161_255_000_000L;

  private static String run(BookUnderTest book, String venue, List<String> messages) {
    List<String> statuses = new ArrayList<>();
    for (String message : messages) {
      book.apply(new RawMessage("raw-orderbooks", "X", venue, NOW_US, message.replace('\'', '"')));
      statuses.add(book.status() + " " + book.sequence());
    }
    return String.join(", ", statuses) + " " + book.bids();
  }

  private static void assertBook(String venue, List<String> messages, String expected) {
    assertThat(run(new BookUnderTest.Plain(venue), venue, messages)).isEqualTo(expected);
    assertThat(run(new BookUnderTest.Fast(), venue, messages)).isEqualTo(expected);
  }

  private static String okx(String action, long previous, long sequence, String bids) {
    return ("{'arg':{'channel':'books','instId':'X'},'action':'%s','data':[{'asks':[],'bids':[%s],"
            + "'ts':'1723161255000','checksum':0,'seqId':%d,'prevSeqId':%d}]}")
        .formatted(action, bids, sequence, previous);
  }

  private static String bybit(String type, long id, String bids) {
    return ("{'topic':'orderbook.50.X','type':'%s','ts':1723161255000,'data':{'s':'X','b':[%s],"
            + "'a':[],'u':%d}}")
        .formatted(type, bids, id);
  }

  private static String bitstamp(long us, String bids) {
    return "{'data':{'microtimestamp':'%d','bids':[%s],'asks':[]},'channel':'diff_order_book_X'}"
        .formatted(NOW_US + us, bids);
  }

  private static String bitstampSnapshot(long us, String bids) {
    return "{'microtimestamp':'%d','bids':[%s],'asks':[]}".formatted(NOW_US + us, bids);
  }

  @Test
  void okxFollowsItsNumbersAlsoWhereTheyBeginAnew() {
    assertBook(
        "okx",
        List.of(
            okx("update", 5, 6, "['9','9']"),
            okx("snapshot", -1, 10, "['1','1']"),
            okx("update", 10, 15, "['2','1']"),
            okx("update", 15, 15, ""),
            okx("update", 15, 3, "['3','1']"),
            okx("update", 3, 5, "['2','0']")),
        "awaiting-snapshot -1, live 10, live 15, live 15, live 3, live 5 [3 1, 1 1]");
  }

  @Test
  void aLostUpdateOfOkxIsAGapUntilTheNextSnapshotWhateverItsNumber() {
    assertBook(
        "okx",
        List.of(
            okx("snapshot", -1, 10, "['1','1']"),
            okx("update", 10, 15, "['2','1']"),
            okx("update", 16, 17, "['3','1']"),
            okx("update", 17, 18, "['4','1']"),
            okx("snapshot", -1, 2, "['5','1']"),
            okx("update", 2, 4, "['6','1']")),
        "live 10, live 15, gap 15, gap 15, live 2, live 4 [6 1, 5 1]");
  }

  @Test
  void bybitGrowsByOne() {
    assertBook(
        "bybit-spot",
        List.of(
            bybit("snapshot", 10, "['1','1']"),
            bybit("delta", 11, "['2','1']"),
            bybit("delta", 11, "['2','1']"),
            bybit("delta", 13, "['3','1']"),
            bybit("delta", 14, "['4','1']")),
        "live 10, live 11, live 11, gap 11, gap 11 [2 1, 1 1]");
  }

  @Test
  void aSnapshotOfBybitReplacesTheBookWhateverItsNumber() {
    assertBook(
        "bybit-linear",
        List.of(
            bybit("snapshot", 100, "['1','1']"),
            bybit("snapshot", 50, "['2','1']"),
            bybit("delta", 51, "['3','1']"),
            bybit("delta", 60, "['9','1']"),
            bybit("delta", 1, "['4','1']"),
            bybit("delta", 2, "['5','1']")),
        "live 100, live 50, live 51, gap 51, live 1, live 2 [5 1, 4 1]");
  }

  @Test
  void bitstampDropsWhatIsOlderThanTheSnapshotAndPlacesTheRestByTime() {
    assertBook(
        "bitstamp",
        List.of(
            bitstamp(10, "['9','9']"),
            bitstamp(20, "['2','1']"),
            bitstamp(30, "['3','1']"),
            bitstampSnapshot(20, "['1','1'],['2','7']"),
            bitstamp(25, "['8','8']"),
            bitstamp(30, "['4','1']"),
            bitstampSnapshot(29, "['7','7']"),
            bitstamp(500, "['1','0']")),
        "awaiting-snapshot -1, awaiting-snapshot -1, awaiting-snapshot -1, "
            + "live 1723161255000030, live 1723161255000030, live 1723161255000030, "
            + "live 1723161255000030, live 1723161255000500 [7 7, 4 1, 3 1]");
  }

  @Test
  void bitgetIsCheckedByItsSumAlone() {
    String message =
        "{'action':'%s','arg':{'channel':'books','instId':'X'},'data':[{'bids':[['3366.1','7'],"
            + "['3366','6']],'asks':[['3366.8','9'],['3368','8']],'ts':'1723161255000',"
            + "'checksum':%d,'seq':%d}]}";
    int right = -1881014294;
    BookUnderTest book = new BookUnderTest.Fast();
    assertThat(
            run(
                book,
                "bitget",
                List.of(
                    message.formatted("snapshot", right, 7),
                    message.formatted("update", right, 90),
                    message.formatted("update", 5, 80),
                    message.formatted("update", 5, 91),
                    message.formatted("update", right, 92),
                    message.formatted("snapshot", right, 3))))
        .isEqualTo(
            "live 7, live 90, live 90, checksum-mismatch 91, checksum-mismatch 91, live 3"
                + " [3366.1 7, 3366 6]");
  }

  /** Message by message, both books hold the same, and nothing is lost on the way. */
  @ParameterizedTest
  @CsvSource({"okx-10", "bybit-6", "coinbase-pro-10", "bitstamp-10", "gemini-10"})
  void recordingsAreLiveThroughout(String recording) throws IOException {
    Map<String, BookUnderTest> fast = new HashMap<>();
    Map<String, BookUnderTest> plain = new HashMap<>();
    int count = 0;
    for (RawMessage record : RecordingFile.read(recording)) {
      if (record.isTrade()) {
        continue;
      }
      String id = record.venue() + ":" + record.key();
      BookUnderTest one = fast.computeIfAbsent(id, i -> new BookUnderTest.Fast());
      BookUnderTest other = plain.computeIfAbsent(id, i -> new BookUnderTest.Plain(record.venue()));
      one.apply(record);
      other.apply(record);
      assertThat(one.status()).as("after %s", record).isEqualTo("live");
      assertThat(one.sequence()).isEqualTo(other.sequence());
      if (count++ % 10 == 0) {
        assertThat(one.bids()).isEqualTo(other.bids());
        assertThat(one.asks()).isEqualTo(other.asks());
      }
    }
    assertThat(count).isGreaterThan(1000);
  }

  /** One of twenty deltas is lost: the book notices, unless the levels it set are not summed. */
  @Test
  void aLostDeltaOfOkxIsNoticed() throws IOException {
    List<RawMessage> records =
        RecordingFile.read("okx-10").stream()
            .filter(record -> !record.isTrade() && record.key().equals("UNI-USD-SWAP"))
            .toList();
    int noticed = 0;
    int tried = 0;
    for (int lost = 2; lost < records.size(); lost += 20) {
      BookUnderTest fast = new BookUnderTest.Fast();
      BookUnderTest plain = new BookUnderTest.Plain("okx");
      boolean broke = false;
      for (int i = 0; i < records.size(); i++) {
        if (i != lost) {
          fast.apply(records.get(i));
          plain.apply(records.get(i));
          assertThat(fast.status()).isEqualTo(plain.status());
          broke |= fast.status().equals("checksum-mismatch");
        }
      }
      tried++;
      noticed += broke ? 1 : 0;
    }
    assertThat(tried).isGreaterThan(30);
    assertThat(noticed).isGreaterThan(tried / 2);
  }

  @Test
  void aSnapshotOfBeforeALossBringsNoBookBackOfWhichNoDeltaHasCome() {
    BookUnderTest book = new BookUnderTest.Fast();
    String first = bitstampSnapshot(0, "['1','1']");
    assertThat(run(book, "bitstamp", List.of(first))).isEqualTo("live %d [1 1]".formatted(NOW_US));
    book.apply(
        RawMessage.disconnected("raw-orderbooks", "X", "bitstamp", null, NOW_US + 2_000_000));
    assertThat(run(book, "bitstamp", List.of(bitstampSnapshot(1_000_000, "['2','1']"))))
        .startsWith("gap");
    assertThat(run(book, "bitstamp", List.of(bitstampSnapshot(2_000_000, "['3','1']"))))
        .startsWith("live");
  }
}
