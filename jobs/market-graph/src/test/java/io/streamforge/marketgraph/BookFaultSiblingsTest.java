package io.streamforge.marketgraph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.topic.RawRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Faults of {@link FaultsTest} that books of other venues can have too. */
class BookFaultSiblingsTest {
  private static final long START_MS = 1_790_000_000_000L;

  private final List<RawRecord> records = new ArrayList<>();

  /** A book message of so many seconds after the start; {@code TIME} is its time in ms. */
  private void book(String venue, String key, int second, String text) {
    long ms = START_MS + 1_000L * second + 100;
    String value = text.replace('\'', '"').replace("TIME", Long.toString(ms - 10));
    records.add(
        new RawRecord(
            "raw-orderbooks",
            0,
            records.size(),
            key.getBytes(UTF_8),
            value.getBytes(UTF_8),
            venue,
            1_000 * ms));
  }

  private void okx(int second, String action, String bids, long last, long previous) {
    String form =
        "{'arg':{'channel':'books','instId':'A-B'},'action':'%s','data':[{'bids':[%s],'asks':[%s],"
            + "'ts':'TIME','checksum':0,'seqId':%d,'prevSeqId':%d}]}";
    String asks = action.equals("snapshot") ? "['101','5','0','1']" : "";
    book("okx", "A-B", second, form.formatted(action, bids, asks, last, previous));
  }

  /** Checksum 0, and a lost message. */
  @Test
  void okxChecksumZero() {
    okx(0, "snapshot", "['100','5','0','1']", 10, -1);
    okx(1, "update", "['100.5','5','0','1']", 17, 10);
    okx(3, "update", "['100.6','5','0','1']", 30, 24);
    okx(5, "update", "['100.7','5','0','1']", 31, 30);
    FaultRun run = FaultRun.of(records);
    assertThat(run.book("okx:A-B", 2)).isEqualTo("live 100.75");
    assertThat(run.book("okx:A-B", 4)).isEqualTo("gap");
    assertThat(run.resyncs()).containsExactly("okx:A-B gap 17 24");
    assertThat(run.deadLetters()).isEmpty();
  }

  /** A level of price 0 in a snapshot. */
  @Test
  void zeroPriceLevels() {
    for (int second = 0; second < 4; second += 3) {
      book(
          "binance-spot",
          "ZERO",
          second,
          "{'lastUpdateId':9,'bids':[['100','1'],['0','7']],'asks':[['101','1']]}");
      book(
          "gemini",
          "ZERO",
          second,
          "{'type':'l2_updates','symbol':'ZERO','changes':[['buy','100','1'],['buy','0','7'],"
              + "['sell','101','1']],'trades':[]}");
    }
    FaultRun run = FaultRun.of(records);
    assertThat(run.book("binance-spot:ZERO", 2)).isEqualTo("live 100.5");
    assertThat(run.book("gemini:ZERO", 2)).isEqualTo("live 100.5");
    assertThat(run.deadLetters()).isEmpty();
  }
}
