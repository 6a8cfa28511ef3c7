package io.streamforge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KrakenDecoderTest {
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
            "kraken:XBT/USD restart -1 depth=10 complete=true,true bids=[] asks=[]"
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
                + " KRAKEN=2532652056 event=1723161256000000 effective=1723161256000000");
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
  void theDepthOfV2IsTheSmallestThatHoldsTheSnapshot(int levels, int depth) {
    String side = String.join(",", Collections.nCopies(levels, "{'price':1,'qty':1}"));
    assertThat(
            kraken.events(
                "{'channel':'book','type':'snapshot','data':[{'symbol':'X','bids':[],'asks':["
                    + side
                    + "],'checksum':1}]}"))
        .singleElement()
        .asString()
        .contains(" depth=" + depth + " ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | unrecognised-message",
        "[1,{'x':1}] | unrecognised-message",
        "[1,{'a':[]},'spread','X'] | unrecognised-message",
        "[1,{'a':[['1','1','1723161255.1']]},'book-7','X'] | unrecognised-message",
        "[1,{'a':[['1','1','1723161255.1']]},'trade','X'] | unrecognised-message",
        "[1,[['1','1','1723161255.1','b']],'book-10','X'] | missing-field",
        "[1,{},'book-10','X'] | missing-field",
        "[1,{'a':[]},'book-10','X'] | missing-field",
        "[1,{'a':{}},'book-10','X'] | unexpected-shape",
        "[1,{'a':[[]]},'book-10','X'] | not-a-number",
        "[1,{'a':[['1','1']]},'book-10','X'] | not-a-number",
        "[1,{'a':[['0','1','1723161255.1']]},'book-10','X'] | price-not-positive",
        "[1,{'a':[['1','1','1723161266.000001']],'c':'1'},'book-10','X'] | event-time-in-future",
        "[1,{'a':[['1','1','1723161255.1']]},'book-10','X'] | missing-field",
        "{'channel':'book','type':'update','data':[{'symbol':'X','bids':[]}]} | missing-field",
        "[1,{'a':[['1','1','17.5']]},'book-10','X'] | bad-timestamp",
        "[1,{'a':[['1','1','1723161255.1']],'c':'x'},'book-10','X'] | not-a-number",
        "[1,{'a':[['1','1','1723161255.1']],'c':'4294967296'},'book-10','X'] | number-out-of-range",
        "[1,{'a':[['1','1','1723161255.1']],'c':-1},'book-10','X'] | not-a-whole-number",
        "[1,[[]],'trade','X'] | not-a-number",
        "[1,[1],'trade','X'] | unexpected-shape",
        "[1,[['1','0','1723161255.1','b']],'trade','X'] | quantity-not-positive",
        "[1,[['1','1','1723161255.1',7]],'trade','X'] | unexpected-shape",
        "{} | unrecognised-message",
        "{'event':'heartbeat'} | unrecognised-message",
        "{'channel':'heartbeat'} | unrecognised-message",
        "{'channel':'ticker','type':'update','data':[{}]} | unrecognised-message",
        "{'channel':'book','data':[{}]} | unrecognised-message",
        "{'channel':'book','type':'other','data':[{}]} | unrecognised-message",
        "{'channel':'book','type':'update','data':{}} | unexpected-shape",
        "{'channel':'book','type':'update','data':[1]} | unexpected-shape",
        "{'channel':'book','type':'update','data':[{'bids':[1]}]} | unexpected-shape",
        "{'channel':'book','type':'update','data':[{'bids':[{'price':1}]}]} | missing-field",
        "{'channel':'book','type':'update','data':[{'bids':[{'qty':1}]}]} | price-not-positive",
        "{'channel':'book','type':'update','data':[{'bids':[{'price':-1,'qty':1}]}]} | not-a-number",
        "{'channel':'book','type':'update','data':[{'timestamp':1723161255}]} | unexpected-shape",
        "{'channel':'book','type':'update','data':[{'timestamp':'2024'}]} | bad-timestamp",
        "{'channel':'trade','data':[{'symbol':'X','price':1}]} | quantity-not-positive",
        "{'channel':'trade','data':[{'symbol':'X','qty':1}]} | price-not-positive",
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
