package io.streamforge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KrakenDecoderTest {
  private static final String NOW = " event=1723161256000000 effective=1723161256000000";

  private final Decoding kraken = new Decoding("kraken");

  @Test
  void readsSnapshotsOfV1() {
    assertThat(
            kraken.events(
                """
                [320,{'as':[['58729.40000','0.45000000','1723161255.606671'],
                ['58729.50000','1.49480000','1723161255.681845']],
                'bs':[['58729.30000','2.00000000','1723161255.100000']]},'book-1000','XBT/USD']"""))
        .containsExactly(
            "kraken:XBT/USD restart -1 depth=1000 complete=true,true"
                + " bids=[58729.30000 x 2.00000000]"
                + " asks=[58729.40000 x 0.45000000, 58729.50000 x 1.49480000]"
                + " event=1723161255681845 effective=1723161255681845");
  }

  @Test
  void readsAnEmptyBookOfV1() {
    assertThat(kraken.events("[1,{'as':[],'bs':[]},'book','XBT/USD']"))
        .containsExactly(
            "kraken:XBT/USD restart -1 depth=10 complete=true,true bids=[] asks=[] untimed"
                + " event=1723161256000000 effective=1723161256000000");
  }

  @Test
  void readsUpdatesOfV1() {
    assertThat(
            kraken.events(
                """
                [320,{'b':[['58729.30000','0.00000000','1723161255.900000'],
                ['58700.00000','1.00000000','1723161250.000000','r']],
                'c':'974947235'},'book-25','XBT/USD']"""))
        .containsExactly(
            "kraken:XBT/USD delta -1->-1"
                + " bids=[58729.30000 x 0.00000000, 58700.00000 x 1.00000000] asks=[]"
                + " KRAKEN=974947235 event=1723161255900000 effective=1723161255900000");
  }

  @Test
  void readsUpdatesOfBothSidesOfV1() {
    assertThat(
            kraken.events(
                """
                [1234,{'a':[['5541.30000','2.50700000','1723161255.456738']]},
                {'b':[['5541.20000','1.52900000','1723161255.456765']],'c':'4294967295'},
                'book-10','XBT/USD']"""))
        .containsExactly(
            "kraken:XBT/USD delta -1->-1 bids=[5541.20000 x 1.52900000]"
                + " asks=[5541.30000 x 2.50700000] KRAKEN=4294967295"
                + " event=1723161255456765 effective=1723161255500000");
  }

  @Test
  void readsTradesOfV1() {
    assertThat(
            kraken.events(
                """
                [0,[['5541.20000','0.15850568','1723161255.321597','s','l',''],
                ['6060.00000','0.02455000','1723161255.600000','b','l','']],'trade','XBT/USD']"""))
        .containsExactly(
            "kraken:XBT/USD trade SELL 5541.20000 x 0.15850568"
                + " event=1723161255321597 effective=1723161255500000",
            "kraken:XBT/USD trade BUY 6060.00000 x 0.02455000"
                + " event=1723161255600000 effective=1723161255600000");
  }

  @Test
  void readsSnapshotsOfV2() {
    assertThat(
            kraken.events(
                """
                {'channel':'book','type':'snapshot','data':[{'symbol':'BTC/USD',
                'bids':[{'price':63004.9,'qty':0.01876947},{'price':63003.0,'qty':0.00005100}],
                'asks':[{'qty':1e-05,'price':63005.0}],'checksum':2532652056}]}"""))
        .containsExactly(
            "kraken:BTC/USD restart -1 depth=10 complete=true,true"
                + " bids=[63004.9 x 0.01876947, 63003.0 x 0.00005100] asks=[63005.0 x 0.00001]"
                + " KRAKEN=2532652056 untimed guessed event=1723161256000000 effective=1723161256000000");
  }

  @Test
  void readsUpdatesOfV2OneForEachBook() {
    assertThat(
            kraken.events(
                """
                {'channel':'book','type':'update','data':[{'symbol':'BTC/USD','bids':[],
                'asks':[{'price':63005.0,'qty':0.00000000}],'checksum':0,
                'timestamp':'2024-08-08T23:54:15.646219Z'},
                {'symbol':'ETH/USD','bids':[{'price':2680.41,'qty':1.5}],'asks':[],'checksum':7,
                'timestamp':'2024-08-08T23:54:15.100000Z'}]}"""))
        .containsExactly(
            "kraken:BTC/USD delta -1->-1 bids=[] asks=[63005.0 x 0.00000000] KRAKEN=0"
                + " event=1723161255646219 effective=1723161255646219",
            "kraken:ETH/USD delta -1->-1 bids=[2680.41 x 1.5] asks=[] KRAKEN=7"
                + " event=1723161255100000 effective=1723161255500000");
  }

  @Test
  void readsTradesOfV2() {
    assertThat(
            kraken.events(
                """
                {'channel':'trade','type':'update','data':[{'symbol':'MATIC/USD','side':'sell',
                'price':0.5117,'qty':40.0,'ord_type':'market','trade_id':4665906,
                'timestamp':'2024-08-08T23:54:15.9Z'},{'side':'buy','price':1,'qty':2}]}"""))
        .containsExactly(
            "kraken:MATIC/USD trade SELL 0.5117 x 40.0 CONSECUTIVE 4665906"
                + " event=1723161255900000 effective=1723161255900000",
            "kraken:KEY trade BUY 1 x 2 event=1723161256000000 effective=1723161256000000");
  }

  @ParameterizedTest
  @CsvSource({
    "0,10",
    "10,10",
    "11,25",
    "25,25",
    "26,100",
    "100,100",
    "101,500",
    "500,500",
    "501,1000",
    "1000,1000",
    "1001,1000"
  })
  void theDepthOfV2IsAtLeastTheSmallestThatHoldsTheSnapshot(int levels, int depth) {
    String side = String.join(",", Collections.nCopies(levels, "{'price':1,'qty':1}"));
    assertThat(
            kraken.events(
                "{'channel':'book','type':'snapshot','data':[{'symbol':'X','bids':[],'asks':["
                    + side
                    + "],'checksum':1}]}"))
        .singleElement()
        .asString()
        .contains(" depth=" + depth + " ")
        .satisfies(text -> assertThat(text.contains(" guessed ")).isEqualTo(depth < 1_000));
  }

  @Test
  void theAnswerToASubscriptionOfV2NamesItsDepth() {
    assertThat(
            kraken.events(
                """
                {'method':'subscribe','result':{'channel':'book','depth':25,'snapshot':true,
                'symbol':'BTC/USD'},'success':true,'time_in':'2026-09-21T14:13:21.000000Z',
                'time_out':'2026-09-21T14:13:21.000000Z'}"""))
        .containsExactly("kraken:BTC/USD subscribed bids=[] asks=[] untimed depth=25" + NOW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'event':'heartbeat'}",
        "{'connectionID':1,'event':'systemStatus','status':'online','version':'1.9.0'}",
        "{'channelID':336,'channelName':'book-10','event':'subscriptionStatus','pair':'X','status':'subscribed','subscription':{'depth':10,'name':'book'}}",
        "{'event':'subscriptionStatus','status':'error','errorMessage':'Subscription depth not supported'}",
        "{'event':'pong','reqid':42}",
        "[340,{'a':['5525.4',1,'1.0'],'b':['5525.1',1,'1.0'],'c':['5525.1','0.004']},'ticker','X']",
        "[42,['1542057314.748456','1542057360.435743','3586.7'],'ohlc-5','X']",
        "[0,['5698.4','5700.0','1542057299.545897','1.01','0.98'],'spread','X']",
        "{'channel':'heartbeat'}",
        "{'channel':'status','data':[{'system':'online','version':'2.0.0'}],'type':'update'}",
        "{'channel':'instrument','type':'snapshot','data':{'assets':[{'id':'USD'}],'pairs':[{'symbol':'X'}]}}",
        "{'channel':'ticker','type':'update','data':[{'symbol':'X','bid':1}]}",
        "{'channel':'ohlc','type':'update','data':[{'symbol':'X','open':1}]}",
        "{'method':'pong','req_id':101,'time_in':'2026-09-21T14:13:21Z'}",
        "{'method':'subscribe','result':{'channel':'trade','snapshot':true,'symbol':'X'},'success':true}",
        "{'method':'subscribe','result':null,'success':true}",
        "{'method':'ping','req_id':101}",
        "{'event':'subscribe','pair':['X']}",
        "{'event':'error','errorMessage':'Exceeded msg rate'}",
        "{'error':'Currency pair not supported X','method':'subscribe','success':false,'symbol':'X'}",
        "{'method':'subscribe','result':{'channel':'book','depth':25,'symbol':'X'},'success':false}",
        "{'method':'unsubscribe','result':{'channel':'book','depth':25,'symbol':'X'},'success':true}"
      })
  void whatIsNeitherBookNorTradeIsUnused(String message) {
    assertThat(kraken.unused(message)).isTrue();
  }

  /** Its checksum says whether the book is right nevertheless. */
  @Test
  void aLevelThatCannotBeReadLeavesTheOthers() {
    assertThat(
            kraken.flawed(
                "not-a-number",
                """
                [1,{'a':[['2','x','1723161255.9'],['3','1','1723161255.9'],['4','1'],7]},
                {'b':[['1','1','1723161255.8'],['0','1','1723161255.8']],'c':'7'},'book-10','X']"""))
        .containsExactly(
            "kraken:X delta -1->-1 bids=[1 x 1] asks=[3 x 1] KRAKEN=7 flawed"
                + " event=1723161255900000 effective=1723161255900000");
    assertThat(
            kraken.flawed(
                "missing-field",
                """
                {'channel':'book','type':'update','data':[{'symbol':'X','bids':[{'price':1},
                {'qty':1},{'price':-1,'qty':1},7,{'price':2,'qty':1},{'price':0,'qty':1}],'asks':[],
                'checksum':7,'timestamp':'2024-08-08T23:54:15.9Z'}]}"""))
        .containsExactly(
            "kraken:X delta -1->-1 bids=[2 x 1] asks=[] KRAKEN=7 flawed"
                + " event=1723161255900000 effective=1723161255900000");
    assertThat(kraken.flawed("not-a-number", "[1,{'a':[[]],'c':'7'},'book-10','X']"))
        .containsExactly("kraken:X delta -1->-1 bids=[] asks=[] KRAKEN=7 untimed flawed" + NOW);
  }

  @Test
  void aBookThatCannotBeReadLeavesTheOthers() {
    assertThat(
            kraken.flawed(
                "missing-field",
                """
                {'channel':'book','type':'update','data':[
                {'symbol':'X','bids':[],'asks':[],'checksum':1},
                {'symbol':'Y','bids':[],'asks':[]},{'bids':7},
                {'symbol':'Z','bids':[],'asks':[],'checksum':3}]}"""))
        .containsExactly(
            "kraken:X delta -1->-1 bids=[] asks=[] KRAKEN=1 untimed" + NOW,
            "kraken:Y unreadable bids=[] asks=[] untimed" + NOW,
            "kraken:KEY unreadable bids=[] asks=[] untimed" + NOW,
            "kraken:Z delta -1->-1 bids=[] asks=[] KRAKEN=3 untimed" + NOW);
  }

  @Test
  void aTradeThatCannotBeReadLeavesTheOthers() {
    assertThat(
            kraken.flawed(
                "quantity-not-positive",
                """
                [1,[['1','0','1723161255.9','b'],[],1,['1','1','1723161255.9',7],
                ['1','2','1723161255.9','b']],'trade','X']"""))
        .containsExactly(
            "kraken:X trade BUY 1 x 2 event=1723161255900000 effective=1723161255900000");
    assertThat(
            kraken.flawed(
                "price-not-positive",
                """
                {'channel':'trade','type':'update','data':[{'symbol':'X','qty':1},
                {'symbol':'X','price':1},{'symbol':'X','price':1,'qty':2,'side':'buy'}]}"""))
        .containsExactly("kraken:X trade BUY 1 x 2" + NOW);
    assertThat(kraken.flawed("not-a-number", "[1,[[]],'trade','X']")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'bids':[] | missing-field",
        "'bids':{},'checksum':1 | unexpected-shape",
        "'timestamp':1723161255,'checksum':1 | unexpected-shape",
        "'timestamp':'2024','checksum':1 | bad-timestamp",
        "'checksum':-1 | not-a-whole-number",
        "'timestamp':'2024-08-08T23:54:26.1Z','checksum':1 | event-time-in-future"
      })
  void aBookOfV2ThatCannotBeReadHasLostAMessage(String fields, String reason) {
    String book = "{'channel':'book','type':'update','data':[{'symbol':'X',%s}]}";
    assertThat(kraken.flawed(reason, book.formatted(fields)))
        .containsExactly("kraken:X unreadable bids=[] asks=[] untimed" + NOW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | unrecognised-message",
        "[1,{'x':1}] | unrecognised-message",
        "[1,{'a':[]},'other','X'] | unrecognised-message",
        "[1,{'a':[['1','1','1723161255.1']]},'book-7','X'] | unrecognised-message",
        "[1,{'a':[['1','1','1723161255.1']]},'trade','X'] | unrecognised-message",
        "[1,[['1','1','1723161255.1','b']],'book-10','X'] | missing-field",
        "[1,{},'book-10','X'] | missing-field",
        "[1,{'a':[]},'book-10','X'] | missing-field",
        "[1,{'a':{}},'book-10','X'] | unexpected-shape",
        "[1,{'a':[['1','1','1723161266.000001']],'c':'1'},'book-10','X'] | event-time-in-future",
        "[1,{'a':[['1','1','1723161255.1']]},'book-10','X'] | missing-field",
        "[1,{'a':[['1','1','1723161255.1']],'c':'x'},'book-10','X'] | not-a-number",
        "[1,{'a':[['1','1','1723161255.1']],'c':'4294967296'},'book-10','X'] | number-out-of-range",
        "[1,{'a':[['1','1','1723161255.1']],'c':-1},'book-10','X'] | not-a-whole-number",
        "{} | unrecognised-message",
        "{'event':'surprise'} | unrecognised-message",
        "{'event':7} | unexpected-shape",
        "{'method':'surprise','success':true} | unrecognised-message",
        "{'channel':'other','type':'update','data':[{}]} | unrecognised-message",
        "{'channel':'book'} | unrecognised-message",
        "{'channel':'book','data':[{}]} | unrecognised-message",
        "{'channel':'book','type':'other','data':[{}]} | unrecognised-message",
        "{'channel':'book','type':'update','data':{}} | unexpected-shape",
        "{'method':'subscribe','result':{'channel':'book','depth':26,'symbol':'X'},'success':true} | number-out-of-range",
        "{'method':'subscribe','result':{'channel':'book','depth':4294967306,'symbol':'X'},'success':true} | number-out-of-range",
        "{'method':'subscribe','result':{'channel':'book','depth':-10,'symbol':'X'},'success':true} | not-a-whole-number",
        "{'method':'subscribe','result':{'channel':'book','depth':10},'success':1} | unexpected-shape",
        "{'method':'subscribe','result':{'channel':'book','depth':1001,'symbol':'X'},'success':true} | number-out-of-range",
        "{'method':'subscribe','result':{'channel':'book','symbol':'X'},'success':true} | number-out-of-range",
        "7 | unexpected-shape"
      })
  void refusesEverythingElse(String message, String reason) {
    assertThat(kraken.refusal(message)).isEqualTo(reason);
  }

  @Test
  void theChannelIsNotThePair() {
    String pairless = "[1,{'a':[['1','1','1723161255.9']],'c':'1'},'book-10']";
    assertThat(kraken.events("XBT/USD", pairless).get(0)).startsWith("kraken:XBT/USD ");
    assertThat(kraken.refusal(null, pairless)).isEqualTo("no-symbol");
  }
}
