package io.streamforge.marketgraph;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.engine.MarketCount;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** Faults of {@link FaultsTest} in the order, the forms and the names of other venues' messages. */
class FeedFaultSiblingsTest {
  private static final String CANONICAL =
      "{'type':'book','venue':'acme','symbol':'X','snapshot':%b,'previous_sequence':%d,"
          + "'sequence':%d,'bids':[%s],'asks':[%s],'event_time_us':TIME000}";
  private static final String COINBASE =
      "{'channel':'l2_data','timestamp':'2026-09-21T14:13:%1$02d.09Z','sequence_num':0,'events':[{"
          + "'type':'%2$s','product_id':'X-USD','updates':[%3$s]}]}";
  private static final String COINBASE_LEVEL =
      "{'side':'%s','event_time':'2026-09-21T14:13:%02d.09Z','price_level':'%s',"
          + "'new_quantity':'%s'}";
  private static final String SPOT =
      "{'e':'depthUpdate','E':TIME,'s':'X','U':%d,'u':%d,'b':[%s],'a':[%s]}";
  private static final String REST = "{'lastUpdateId':%d,'bids':[%s],'asks':[%s]}";
  private static final String OKX =
      "{'arg':{'channel':'books','instId':'A-B'},'action':'%s','data':[{'bids':[%s],'asks':[%s],"
          + "'ts':'TIME','checksum':0,'seqId':%d,'prevSeqId':%d}]}";
  private static final String KRAKEN =
      "{'channel':'book','type':'%s','data':[{'symbol':'X/USD','bids':[%s],'asks':[%s],"
          + "'checksum':%d,'timestamp':'2026-09-21T14:13:2%d.09Z'}]}";

  private final FaultMessages messages = new FaultMessages();

  private void canonical(int second, boolean snapshot, int number, String bids, String asks) {
    messages.book(
        "streamforge", "X", second, CANONICAL.formatted(snapshot, number - 1, number, bids, asks));
  }

  /**
   * @param levels side, price and quantity of each
   */
  private void coinbase(int second, String type, int timeSecond, String... levels) {
    StringBuilder updates = new StringBuilder();
    for (int i = 0; i < levels.length; i += 3) {
      updates
          .append(updates.isEmpty() ? "" : ",")
          .append(COINBASE_LEVEL.formatted(levels[i], timeSecond, levels[i + 1], levels[i + 2]));
    }
    messages.book("coinbase", "X-USD", second, COINBASE.formatted(timeSecond, type, updates));
  }

  private void spot(int second, int number, String bids, String asks) {
    messages.book("binance-spot", "X", second, SPOT.formatted(number, number, bids, asks));
  }

  private void okx(int second, String action, String bids, String asks, int number, int previous) {
    messages.book("okx", "A-B", second, OKX.formatted(action, bids, asks, number, previous));
  }

  /** A deletion was lost, and the snapshot that heals the book is older than the newest change. */
  @Test
  void crossedAndHealedByAnOlderSnapshot() {
    canonical(0, true, 5, "['100','5']", "['100.5','3'],['101','2']");
    coinbase(0, "snapshot", 20, "bid", "100", "5", "offer", "100.5", "3", "offer", "101", "2");
    messages.book(
        "binance-spot", "X", 0, REST.formatted(5, "['100','5']", "['100.5','3'],['101','2']"));
    // The ask of 100.5 is gone, and nothing has said so.
    canonical(2, false, 6, "['100.6','1']", "");
    coinbase(2, "update", 22, "bid", "100.6", "1");
    spot(2, 6, "['100.6','1']", "");
    for (int second = 3; second <= 6; second++) {
      canonical(second, false, 4 + second, "['99','" + second + "']", "");
      coinbase(second, "update", 20 + second, "bid", "99", "" + second);
      spot(second, 4 + second, "['99','" + second + "']", "");
    }
    // Each says what was so at 4 s, and comes after what happened at 6 s.
    String late = CANONICAL.formatted(true, 7, 8, "['100.6','1'],['99','4']", "['101','2']");
    messages.book("streamforge", "X", 7, late.replace("TIME", "1790000004090"));
    coinbase(7, "snapshot", 24, "bid", "100.6", "1", "bid", "99", "4", "offer", "101", "2");
    messages.book(
        "binance-spot", "X", 7, REST.formatted(8, "['100.6','1'],['99','4']", "['101','2']"));
    canonical(9, false, 11, "['99','1']", "");
    FaultRun run = messages.run();
    for (String book : List.of("acme:X", "coinbase:X-USD", "binance-spot:X")) {
      assertThat(run.book(book, 5)).as(book).isEqualTo("crossed");
      assertThat(run.book(book, 8)).as(book).isEqualTo("live 100.8");
    }
  }

  /** Two changes are swapped: the later one of a level counts. */
  @Test
  void outOfOrder() {
    String bitget =
        "{'action':'%s','arg':{'instType':'SPOT','channel':'books','instId':'X'},'data':[{"
            + "'bids':[%s],'asks':[%s],'seq':%d,'pseq':%d,'ts':'TIME'}],'ts':TIME}";
    String bids = "['100','5'],['99','4']";
    messages.book("bitget", "X", 0, bitget.formatted("snapshot", bids, "['100.5','3']", 10, 0));
    messages.book("binance-spot", "X", 0, REST.formatted(10, bids, "['100.5','3']"));
    okx(0, "snapshot", "['100','5','0','1'],['99','4','0','1']", "['100.5','3','0','1']", 10, -1);
    // 12 before 11, which takes the best bid away.
    messages.book("bitget", "X", 1, bitget.formatted("update", "['99','8']", "", 12, 11));
    messages.book(
        "bitget", "X", 1, bitget.formatted("update", "['100','0'],['99','7']", "", 11, 10));
    spot(1, 12, "['99','8']", "");
    spot(1, 11, "['100','0'],['99','7']", "");
    okx(1, "update", "['99','8','0','1']", "", 12, 11);
    okx(1, "update", "['100','0','0','0'],['99','7','0','1']", "", 11, 10);
    spot(4, 13, "['98','1']", "");
    FaultRun run = messages.run();
    for (String book : List.of("bitget-spot:X", "binance-spot:X", "okx:A-B")) {
      assertThat(run.book(book, 3)).as(book).isEqualTo("live 99.75");
      assertThat(run.feature(book, 3, "imbalance_1")).isEqualTo((8.0 - 3) / (8 + 3));
    }
  }

  /** A deep subscription of a book with few levels. */
  @Test
  void thinDeepBooks() {
    String[] bids = new String[20];
    for (int i = 0; i < bids.length; i++) {
      bids[i] = "%d.%d".formatted((1000 - i) / 10, (1000 - i) % 10);
    }
    String ask = "101.0";
    StringBuilder levels = new StringBuilder();
    StringBuilder levelsV1 = new StringBuilder();
    for (String bid : bids) {
      String comma = levels.isEmpty() ? "" : ",";
      levels.append(comma).append(level(bid, 1));
      levelsV1.append(comma).append(levelV1(bid, 1, 0));
    }
    long sum = checksum(ask, bids, 0, 10);
    messages.book(
        "kraken", "X/USD", 0, KRAKEN.formatted("snapshot", levels, level(ask, 1), sum, 0));
    messages.book(
        "kraken",
        "Y/USD",
        0,
        "[7,{'as':[%s],'bs':[%s]},'book-100','Y/USD']".formatted(levelV1(ask, 1, 0), levelsV1));
    // The best bids go, one a second: what stood below the tenth comes up, and is known.
    for (int gone = 0; gone < 9; gone++) {
      long after = checksum(ask, bids, gone + 1, gone + 11);
      messages.book(
          "kraken",
          "X/USD",
          1 + gone,
          KRAKEN.formatted("update", level(bids[gone], 0), "", after, 1 + gone));
      messages.book(
          "kraken",
          "Y/USD",
          1 + gone,
          "[7,{'b':[%s],'c':'%d'},'book-100','Y/USD']"
              .formatted(levelV1(bids[gone], 0, 1 + gone), after));
    }
    canonical(13, true, 1, "['1','1']", "['2','1']");
    FaultRun run = messages.run();
    for (String book : List.of("kraken:X/USD", "kraken:Y/USD")) {
      assertThat(run.book(book, 1)).as(book).isEqualTo("live 100.5");
      assertThat(run.book(book, 10)).as(book).isEqualTo("live 100.05");
    }
    assertThat(run.count(MarketCount.CHECKSUM_FAILURES)).isZero();
  }

  private static String level(String price, int quantity) {
    return "{'price':%s,'qty':%d.00000000}".formatted(price, quantity);
  }

  private static String levelV1(String price, int quantity, int second) {
    return "['%s','%d.00000000','179000000%d.090000']".formatted(price, quantity, second);
  }

  /** Kraken's: the digits of price and quantity, of the best asks and then of the best bids. */
  private static long checksum(String ask, String[] bids, int from, int to) {
    StringBuilder digits = new StringBuilder(ask.replace(".", "") + "100000000");
    for (int i = from; i < Math.min(to, bids.length); i++) {
      digits.append(bids[i].replace(".", "")).append("100000000");
    }
    CRC32 crc = new CRC32();
    crc.update(digits.toString().getBytes(US_ASCII));
    return crc.getValue();
  }

  /** The best levels, whole each time, of streams whose names say so. */
  @Test
  void partialDepthBesideASnapshot() {
    String futures =
        "{'stream':'x@depth5@100ms','data':{'e':'depthUpdate','E':TIME,'T':TIME,'s':'X','U':%d,"
            + "'u':%d,'pu':%d,'b':[['%d','5']],'a':[['%d','5']]}}";
    String spot =
        "{'stream':'x@depth10','data':{'lastUpdateId':%d,'bids':[['%d','5']],'asks':[['%d','5']]}}";
    List<String> venues = List.of("binance-coinm", "binance-spot", "binance-us");
    for (String venue : venues) {
      messages.book(venue, "X", 0, REST.formatted(100, "['100','1'],['99','1']", "['101','1']"));
    }
    for (int second = 1; second < 8; second++) {
      int number = 100 + 10 * second;
      int bid = 100 - second;
      for (String venue : venues) {
        messages.book(
            venue,
            "X",
            second,
            venue.equals("binance-coinm")
                ? futures.formatted(number - 9, number, number - 10, bid, bid + 1)
                : spot.formatted(number, bid, bid + 1));
      }
    }
    FaultRun run = messages.run();
    for (String venue : venues) {
      assertThat(run.book(venue + ":X", 3)).as(venue).isEqualTo("live 98.5");
      assertThat(run.book(venue + ":X", 6)).as(venue).isEqualTo("live 95.5");
    }
  }

  /** Bitget's third form, of the other markets. */
  @Test
  void bitgetV3() {
    String form =
        "{'action':'%s','arg':{'instType':'%s','topic':'%s','symbol':'X'},'data':[%s],'ts':TIME}";
    for (String market : List.of("spot", "usdc-futures", "coin-futures")) {
      messages.book(
          "bitget",
          "X",
          0,
          form.formatted(
              "snapshot",
              market,
              "books",
              "{'a':[['101','3']],'b':[['100','5']],'checksum':0,'pseq':0,'seq':'50','ts':'TIME'}"));
      messages.book(
          "bitget",
          "X",
          1,
          form.formatted(
              "update",
              market,
              "books",
              "{'a':[],'b':[['100.5','5']],'checksum':0,'pseq':50,'seq':'51','ts':'TIME'}"));
      messages.trades(
          "bitget",
          "X",
          1,
          form.formatted(
              "update",
              market,
              "publicTrade",
              "{'i':'1','p':'100.5','v':'0.5','S':'buy','T':'TIME'}"));
    }
    canonical(4, true, 1, "['1','1']", "['2','1']");
    FaultRun run = messages.run();
    for (String venue : List.of("bitget-spot", "bitget-usdc-futures", "bitget-coin-futures")) {
      assertThat(run.book(venue + ":X", 2)).as(venue).isEqualTo("live 100.75");
      assertThat(run.feature(venue + ":X", 2, "trades")).isEqualTo(1);
      assertThat(run.feature(venue + ":X", 2, "volume")).isEqualTo(0.5);
    }
    assertThat(run.deadLetters()).isEmpty();
  }

  /** Heartbeats, answers, errors and channels of no use, beside those of the fault's file. */
  @Test
  void controlMessages() {
    List<String> lines =
        List.of(
            "kraken {'event':'pong','reqid':4}",
            "kraken {'errorMessage':'Currency pair not supported','event':'subscriptionStatus',"
                + "'pair':'X/USD','status':'error','subscription':{'name':'book'}}",
            "kraken {'method':'pong','req_id':1,'time_in':'2026-09-21T14:13:20Z'}",
            "kraken {'error':'Subscription depth not supported','method':'subscribe',"
                + "'success':false,'symbol':'X/USD'}",
            "kraken {'channel':'instrument','type':'snapshot','data':{'assets':[],'pairs':[]}}",
            "kraken [340,{'a':['1','2','3'],'b':['1','2','3']},'ticker','X/USD']",
            "okx {'event':'error','code':'60012','msg':'Invalid request','connId':'a1'}",
            "okx {'event':'unsubscribe','arg':{'channel':'books','instId':'A-B'},'connId':'a1'}",
            "okx {'event':'channel-conn-count','channel':'books','connCount':'2','connId':'a1'}",
            "okx {'event':'login','code':'0','msg':'','connId':'a1'}",
            "okx {'arg':{'channel':'tickers','instId':'A-B'},'data':[{'instId':'A-B','last':'1'}]}",
            "bybit-linear {'op':'pong','args':['1790000000'],'conn_id':'c','req_id':'1'}",
            "bybit-linear {'success':false,'ret_msg':'error:handler not found','conn_id':'c',"
                + "'req_id':'','op':'subscribe'}",
            "bybit-linear {'topic':'tickers.X','type':'snapshot','data':{'symbol':'X'},'cs':1,"
                + "'ts':TIME}",
            "bybit-spot {'topic':'kline.1.X','type':'snapshot','data':[{'start':TIME}],'ts':TIME}",
            "bitget {'event':'error','arg':{'instType':'SPOT','channel':'books','instId':'X'},"
                + "'code':30001,'msg':'no such instrument'}",
            "bitget {'event':'unsubscribe','arg':{'instType':'SPOT','channel':'books',"
                + "'instId':'X'}}",
            "bitget {'action':'snapshot','arg':{'instType':'SPOT','channel':'ticker',"
                + "'instId':'X'},'data':[{'instId':'X','lastPr':'1'}],'ts':TIME}",
            "bitstamp {'event':'bts:error','channel':'','data':{'code':4001,'message':'Bad'}}",
            "bitstamp {'event':'bts:unsubscription_succeeded','channel':'live_trades_x',"
                + "'data':{}}",
            "coinbase {'type':'error','message':'authentication failure'}",
            "coinbase {'channel':'ticker','client_id':'','timestamp':'2026-09-21T14:13:21Z',"
                + "'sequence_num':3,'events':[{'type':'update','tickers':[]}]}",
            "coinbase-pro {'type':'error','message':'Failed to subscribe','reason':'no product'}",
            "coinbase-pro {'type':'ticker','sequence':1,'product_id':'X-USD','price':'1'}",
            "gemini {'type':'candles_1m_updates','symbol':'X','changes':[[TIME,1,1,1,1,1]]}",
            "binance-spot {'error':{'code':2,'msg':'Invalid request'},'id':1}",
            "binance-spot {'id':3,'result':['x@depth']}",
            "binance-spot {'e':'24hrTicker','E':TIME,'s':'X','p':'1','b':'2','a':'3','u':1}",
            "binance-usdm {'stream':'x@markPrice','data':{'e':'markPriceUpdate','E':TIME,'s':'X',"
                + "'p':'1','i':'1','T':TIME}}",
            "binance-coinm {'e':'forceOrder','E':TIME,'o':{'s':'X','S':'SELL','q':'1','p':'1'}}",
            "binance-usdm {'stream':'x@rpiDepth@500ms','data':{'e':'depthUpdate','E':TIME,'T':TIME,"
                + "'s':'X','U':1,'u':2,'pu':0,'b':[['1','1']],'a':[]}}",
            "binance-us {'stream':'!miniTicker@arr','data':[{'e':'24hrMiniTicker','s':'X'}]}");
    for (String line : lines) {
      int space = line.indexOf(' ');
      for (int topic = 0; topic < 2; topic++) {
        if (topic == 0) {
          messages.book(line.substring(0, space), "X", 0, line.substring(space + 1));
        } else {
          messages.trades(line.substring(0, space), "X", 0, line.substring(space + 1));
        }
      }
    }
    FaultRun run = messages.run();
    assertThat(run.deadLetters()).isEmpty();
    assertThat(run.unused()).isEqualTo(2L * lines.size());
    assertThat(run.instruments()).isEmpty();
  }

  /** A trade that is none, on the venue's other markets and streams. */
  @Test
  void tradesThatAreNone() {
    String single =
        "{'e':'trade','E':TIME,'T':TIME,'s':'X','t':%d,'p':'%s','q':'%s','X':'%s','m':false}";
    String aggregate =
        "{'e':'aggTrade','E':TIME,'T':TIME,'s':'Y','a':%d,'p':'%s','q':'%s','f':1,'l':1,'m':false}";
    String[] kinds = {"MARKET", "NA", "INSURANCE_FUND", "ADL", "MARKET"};
    for (int i = 0; i < kinds.length; i++) {
      boolean none = kinds[i].equals("NA");
      String price = none ? "0" : kinds[i].equals("MARKET") ? "100" : "90";
      String quantity = none ? "0" : "2";
      messages.trades("binance-coinm", "X", 0, single.formatted(7 + i, price, quantity, kinds[i]));
      if (none || kinds[i].equals("MARKET")) {
        messages.trades(
            "binance-usdm", "Y", 0, aggregate.formatted(7 + Math.min(i, 2), price, quantity));
      }
    }
    canonical(3, true, 1, "['1','1']", "['2','1']");
    FaultRun run = messages.run();
    for (String id : List.of("binance-coinm:X", "binance-usdm:Y")) {
      assertThat(run.feature(id, 1, "trades")).as(id).isEqualTo(2);
    }
    assertThat(run.count(MarketCount.TRADE_IDS_SKIPPED)).isZero();
    assertThat(run.deadLetters()).isEmpty();
  }

  /** Names that are none, in each venue's own place for the symbol. */
  @Test
  void names() {
    List<String> symbols =
        List.of("", " ", "X ", "A\u0890USD", "A\u200bUSD", "A\u202eUSD", "A\tUSD", "x".repeat(129));
    for (String symbol : symbols) {
      String text = symbol.replace("\t", "\\t");
      messages.trades(
          "binance-spot",
          "X",
          0,
          "{'e':'trade','E':TIME,'T':TIME,'s':'%s','t':1,'p':'1','q':'1','m':true}"
              .formatted(text));
      messages.trades(
          "okx",
          "X",
          0,
          ("{'arg':{'channel':'trades','instId':'%s'},'data':[{'instId':'%s','tradeId':'1','px':'1',"
                  + "'sz':'1','side':'buy','ts':'TIME'}]}")
              .formatted(text, text));
      messages.book(
          "bybit-spot",
          "X",
          0,
          ("{'topic':'orderbook.50.%s','ts':TIME,'type':'snapshot','cts':TIME,'data':{'s':'%s',"
                  + "'b':[['1','1']],'a':[['2','1']],'u':5,'seq':5}}")
              .formatted(text, text));
      messages.book(
          "streamforge",
          "X",
          0,
          CANONICAL
              .formatted(true, 0, 1, "['1','1']", "['2','1']")
              .replace("'X'", "'" + text + "'"));
      // Where the message has no symbol, the key has.
      messages.book("binance-spot", symbol, 0, REST.formatted(1, "['1','1']", "['2','1']"));
    }
    FaultRun run = messages.run();
    assertThat(run.instruments()).isEmpty();
    assertThat(run.deadLetters()).hasSize(Math.multiplyExact(5, symbols.size()));
  }
}
