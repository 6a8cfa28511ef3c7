package io.streamforge.marketgraph;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.engine.MarketCount;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Faults of {@link FaultsTest} that books of other venues can have too. */
class BookFaultSiblingsTest {
  private final FaultMessages messages = new FaultMessages();

  private void okx(int second, String action, String bids, long last, long previous) {
    String form =
        "{'arg':{'channel':'books','instId':'A-B'},'action':'%s','data':[{'bids':[%s],'asks':[%s],"
            + "'ts':'TIME','checksum':0,'seqId':%d,'prevSeqId':%d}]}";
    String asks = action.equals("snapshot") ? "['101','5','0','1']" : "";
    messages.book("okx", "A-B", second, form.formatted(action, bids, asks, last, previous));
  }

  /** Checksum 0, and a lost message. */
  @Test
  void okxChecksumZero() {
    okx(0, "snapshot", "['100','5','0','1']", 10, -1);
    okx(1, "update", "['100.5','5','0','1']", 17, 10);
    okx(3, "update", "['100.6','5','0','1']", 30, 24);
    okx(5, "update", "['100.7','5','0','1']", 31, 30);
    FaultRun run = messages.run();
    assertThat(run.book("okx:A-B", 2)).isEqualTo("live 100.75");
    assertThat(run.book("okx:A-B", 4)).isEqualTo("gap");
    assertThat(run.resyncs()).containsExactly("okx:A-B gap 17 24");
    assertThat(run.deadLetters()).isEmpty();
  }

  /** A level of price 0 in a snapshot. */
  @Test
  void zeroPriceLevels() {
    for (int second = 0; second < 4; second += 3) {
      messages.book(
          "binance-spot",
          "ZERO",
          second,
          "{'lastUpdateId':9,'bids':[['100','1'],['0','7']],'asks':[['101','1']]}");
      messages.book(
          "gemini",
          "ZERO",
          second,
          "{'type':'l2_updates','symbol':'ZERO','changes':[['buy','100','1'],['buy','0','7'],"
              + "['sell','101','1']],'trades':[]}");
    }
    FaultRun run = messages.run();
    assertThat(run.book("binance-spot:ZERO", 2)).isEqualTo("live 100.5");
    assertThat(run.book("gemini:ZERO", 2)).isEqualTo("live 100.5");
    assertThat(run.deadLetters()).isEmpty();
  }

  private static final String USDM =
      "{'e':'depthUpdate','E':TIME,'T':TIME,'s':'X','U':%d,'u':%d,'pu':%d,'b':[['100','%d']],'a':[]}";
  private static final String BYBIT =
      "{'topic':'orderbook.50.X','ts':TIME,'type':'%s','cts':TIME,'data':{'s':'X','b':[['%s','%s']],"
          + "'a':[['%s','%s']],'u':%d,'seq':%d}}";
  private static final String BITGET =
      "{'action':'%s','arg':{'instType':'SPOT','channel':'%s','instId':'X'},'data':[{"
          + "'bids':[['%s','5']],'asks':[['101','5']],%s'ts':'TIME'}],'ts':TIME}";

  private void bitget(int second, String action, String bid, int number, int previous) {
    String numbers = "'seq':%d,'pseq':%d,".formatted(number, previous);
    messages.book("bitget", "X", second, BITGET.formatted(action, "books", bid, numbers));
  }

  /** The venue counts anew, and what says so is lost. */
  @Test
  void countsAnewUnsaid() {
    messages.book(
        "binance-usdm",
        "X",
        0,
        "{'lastUpdateId':900,'E':TIME,'T':TIME,'bids':[['100','1']],'asks':[['101','1']]}");
    bybit(0, "snapshot", 500);
    bitget(0, "snapshot", "100", 700, 0);
    for (int second = 1; second <= 3; second++) {
      messages.book("binance-usdm", "X", second, usdm(900 + second));
      bybit(second, "delta", 500 + second);
      bitget(second, "update", "100", 700 + second, 699 + second);
    }
    for (int second = 5; second <= 8; second++) {
      messages.book("binance-usdm", "X", second, usdm(second));
      bybit(second, "delta", second);
      bitget(second, "update", "100", second, second - 1);
    }
    FaultRun run = messages.run();
    for (String book : List.of("binance-usdm:X", "bybit-linear:X", "bitget-spot:X")) {
      assertThat(run.book(book, 4)).isEqualTo("live 100.5");
      assertThat(run.book(book, 6)).isEqualTo("gap");
      assertThat(run.resyncs()).anyMatch(request -> request.startsWith(book + " counts-anew "));
    }
  }

  private static String usdm(int number) {
    return USDM.formatted(number, number, number - 1, number);
  }

  private void bybit(int second, String type, int number) {
    messages.book(
        "bybit-linear", "X", second, BYBIT.formatted(type, "100", "1", "101", "1", number, number));
  }

  /** A pair's markets have books of their own. */
  @Test
  void marketsOfOnePair() {
    for (String venue : List.of("bybit-spot", "bybit-linear", "bybit-inverse")) {
      String bid = Integer.toString(90 + venue.length() - "bybit".length());
      messages.book(venue, "X", 0, BYBIT.formatted("snapshot", bid, "1", "101", "1", 5, 5));
    }
    for (String pair : List.of("A-B", "A-B-SWAP")) {
      String bid = Integer.toString(90 + pair.length());
      messages.book(
          "okx",
          "A-B",
          0,
          ("{'arg':{'channel':'books','instId':'%s'},'action':'snapshot','data':[{'bids':[['%s','5',"
                  + "'0','1']],'asks':[['101','5','0','1']],'ts':'TIME','checksum':0,'seqId':7,"
                  + "'prevSeqId':-1}]}")
              .formatted(pair, bid));
    }
    bybit(3, "snapshot", 9);
    FaultRun run = messages.run();
    assertThat(run.book("bybit-spot:X", 2)).isEqualTo("live 98.0");
    assertThat(run.book("bybit-linear:X", 2)).isEqualTo("live 99.0");
    assertThat(run.book("bybit-inverse:X", 2)).isEqualTo("live 99.5");
    assertThat(run.book("okx:A-B", 2)).isEqualTo("live 97.0");
    assertThat(run.book("okx:A-B-SWAP", 2)).isEqualTo("live 99.5");
  }

  /** Quantities of many digits before the point, and of eight behind it. */
  @Test
  void bigQuantities() {
    String small = "0.00003120";
    String big = "1650000000.00000000";
    String other = "0.00003121";
    messages.book(
        "bybit-spot", "X", 0, BYBIT.formatted("snapshot", small, "0.00000001", other, big, 5, 5));
    messages.book(
        "bybit-spot", "X", 1, BYBIT.formatted("delta", small, big, other, "0.00000001", 6, 6));
    String okx =
        "{'arg':{'channel':'books','instId':'A-B'},'action':'%s','data':[{'bids':[['%s','%s','0',"
            + "'1']],'asks':[['%s','%s','0','1']],'ts':'TIME','checksum':0,'seqId':%d,"
            + "'prevSeqId':%d}]}";
    messages.book(
        "okx", "A-B", 0, okx.formatted("snapshot", small, "0.00000001", other, big, 5, -1));
    messages.book("okx", "A-B", 1, okx.formatted("update", small, big, other, "0.00000001", 6, 5));
    bybit(3, "snapshot", 9);
    FaultRun run = messages.run();
    assertThat(run.book("bybit-spot:X", 2)).isEqualTo("live 3.1205E-5");
    assertThat(run.book("okx:A-B", 2)).isEqualTo("live 3.1205E-5");
    assertThat(run.deadLetters()).isEmpty();
  }

  /** Feeds that send whole books alone say nothing of what changed at the touch. */
  @Test
  void wholeBooksAlone() {
    for (int second = 0; second < 6; second++) {
      String number = "'seq':%d,".formatted(5 + second);
      messages.book("bitget", "X", second, BITGET.formatted("snapshot", "books1", "100", number));
      String text = BYBIT.formatted("snapshot", "100", "1", "101", "1", 5 + second, 5);
      messages.book("bybit-linear", "X", second, text.replace("orderbook.50.", "orderbook.1."));
    }
    FaultRun run = messages.run();
    for (String book : List.of("bitget-spot:X", "bybit-linear:X")) {
      assertThat(run.book(book, 4)).isEqualTo("live 100.5");
      assertThat(run.feature(book, 4, "ofi")).isNull();
    }
  }

  /** A smaller depth beside a larger one is no part of it. */
  @Test
  void twoDepths() {
    bitget(0, "snapshot", "100", 50, 0);
    messages.book("bitget", "X", 1, BITGET.formatted("snapshot", "books5", "99", "'seq':40,"));
    bitget(2, "update", "100.5", 51, 50);
    bybit(0, "snapshot", 60);
    String lesser = BYBIT.formatted("snapshot", "99", "1", "101", "1", 7, 7);
    messages.book("bybit-linear", "X", 1, lesser.replace("orderbook.50.", "orderbook.1."));
    messages.book(
        "bybit-linear", "X", 2, BYBIT.formatted("delta", "100.5", "1", "101", "1", 61, 61));
    bybit(4, "snapshot", 62);
    FaultRun run = messages.run();
    assertThat(run.book("bitget-spot:X", 3)).isEqualTo("live 100.75");
    assertThat(run.book("bybit-linear:X", 3)).isEqualTo("live 100.75");
    assertThat(run.count(MarketCount.BOOK_MESSAGES_UNUSED)).isEqualTo(2);
  }
}
