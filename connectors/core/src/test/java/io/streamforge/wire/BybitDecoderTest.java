package io.streamforge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BybitDecoderTest {
  private static final String BOOK =
      """
      {'topic':'orderbook.200.BTCUSDT','type':'%s','ts':1723161255999,'data':{'s':'BTCUSDT',
      'b':[['65114.20','6.054'],['65114.10','0']],'a':[['65114.3','1']],'u':%d,'seq':753843911359}%s}""";

  private static final String LEVELS = " bids=[65114.20 x 6.054, 65114.10 x 0] asks=[65114.3 x 1]";
  private static final String TIMES = " event=1723161255708000 effective=1723161255708000";
  private static final String ENGINE = ",'cts':1723161255708";

  private static final String NOW = " event=1723161256000000 effective=1723161256000000";

  private final Decoding linear = new Decoding("bybit-linear");

  @Test
  void theSameSymbolIsAnotherInstrumentOnAnotherMarket() {
    for (String venue : List.of("bybit-spot", "bybit-linear", "bybit-inverse")) {
      assertThat(new Decoding(venue).events(BOOK.formatted("delta", 7, ENGINE)))
          .containsExactly(venue + ":BTCUSDT delta 6->7" + LEVELS + " feed=200" + TIMES);
    }
  }

  /** Each depth counts for itself. */
  @ParameterizedTest
  @ValueSource(ints = {1, 50, 200, 500, 1000})
  void eachDepthIsAFeedOfItsOwn(int depth) {
    String snapshot = BOOK.formatted("snapshot", 7, ENGINE).replace(".200.", "." + depth + ".");
    assertThat(linear.events(snapshot))
        .containsExactly(
            "bybit-linear:BTCUSDT restart 7 depth=%d complete=true,true".formatted(depth)
                + LEVELS
                + " feed="
                + depth
                + TIMES);
  }

  @Test
  void aBookWithoutATimeHasItsReceipts() {
    assertThat(
            linear.events("{'topic':'orderbook.50.X','type':'delta','data':{'b':[],'a':[],'u':7}}"))
        .containsExactly("bybit-linear:X delta 6->7 bids=[] asks=[] untimed feed=50" + NOW);
  }

  /** Its number tells of a lost message, never of a lost level. */
  @Test
  void aLevelThatCannotBeReadLeavesTheOthers() {
    assertThat(
            linear.flawed(
                "not-a-number",
                BOOK.formatted("delta", 7, ENGINE).replace("['65114.10','0']", "['1','x'],[],7")))
        .containsExactly(
            "bybit-linear:BTCUSDT delta 6->7 bids=[65114.20 x 6.054] asks=[65114.3 x 1]"
                + " flawed feed=200"
                + TIMES);
  }

  @Test
  void snapshotsAndTheFirstNumberBeginTheStreamAnew() {
    assertThat(linear.events(BOOK.formatted("snapshot", 7, ENGINE)))
        .containsExactly(
            "bybit-linear:BTCUSDT restart 7 depth=200 complete=true,true"
                + LEVELS
                + " feed=200"
                + TIMES);
    assertThat(linear.events(BOOK.formatted("delta", 1, ENGINE)))
        .containsExactly(
            "bybit-linear:BTCUSDT restart 1 depth=200 complete=true,true"
                + LEVELS
                + " feed=200"
                + TIMES);
  }

  @Test
  void theEnginesTimeCountsElseTheSenders() {
    assertThat(linear.events(BOOK.formatted("delta", 7, "")))
        .containsExactly(
            "bybit-linear:BTCUSDT delta 6->7"
                + LEVELS
                + " feed=200 event=1723161255999000 effective=1723161255999000");
  }

  @Test
  void readsTradesAsTheTakerSideSays() {
    assertThat(
            linear.events(
                """
                {'topic':'publicTrade.BTCUSDT','type':'snapshot','ts':1723161255999,'data':[
                {'T':1723161255708,'s':'BTCUSDT','S':'Sell','v':'0.004','p':'65114.20','BT':false,
                'i':'a9188a0a-82bc-50de-be60-03eedbe3cdd7'},
                {'i':'2','T':1723161255708,'p':'65114.3','v':'1','S':'Buy','seq':5,'s':'BTCUSDT'}]}"""))
        .containsExactly(
            "bybit-linear:BTCUSDT trade SELL 65114.20 x 0.004 UNORDERED 1673781123309795733"
                + TIMES,
            "bybit-linear:BTCUSDT trade BUY 65114.3 x 1 UNORDERED 2" + TIMES);
  }

  @Test
  void aBlockTradeIsNoneOfTheMarkets() {
    String trade =
        "{'topic':'publicTrade.X','data':[{'T':1723161255708,'s':'X','S':'Buy','v':'1','p':'9','i':'1','BT':%s}]}";
    assertThat(linear.events(trade.formatted("true")).get(0)).contains("BLOCK");
    assertThat(linear.events(trade.formatted("false")).get(0)).doesNotContain("BLOCK");
    assertThat(linear.flawed("unexpected-shape", trade.formatted("7"))).isEmpty();
  }

  @Test
  void aTradeThatCannotBeReadLeavesTheOthers() {
    assertThat(
            linear.flawed(
                "quantity-not-positive",
                """
                {'topic':'publicTrade.X','type':'snapshot','ts':1723161255999,'data':[
                {'T':1723161255708,'s':'X','S':'Buy','v':'1','p':'100.1','i':'1'},
                {'T':1723161255708,'s':'X','S':'Buy','v':'0','p':'100.1','i':'2'},
                {'T':1723161255708,'s':'X','S':'Buy','v':'2','i':'3'},7,
                {'T':1723161255708,'s':'X','S':'Sell','v':'3','p':'100.1'}]}"""))
        .containsExactly(
            "bybit-linear:X trade BUY 100.1 x 1 UNORDERED 1" + TIMES,
            "bybit-linear:X trade SELL 100.1 x 3" + TIMES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'success':true,'ret_msg':'subscribe','conn_id':'c','req_id':'','op':'subscribe'}",
        "{'success':false,'ret_msg':'error:handler not found','conn_id':'c','op':'subscribe'}",
        "{'success':true,'ret_msg':'','conn_id':'c','op':'unsubscribe'}",
        "{'success':true,'ret_msg':'pong','conn_id':'c','req_id':'1','op':'ping'}",
        "{'req_id':'test','op':'pong','args':['1675418560633'],'conn_id':'c'}",
        "{'topic':'orderbook.rpi.X','ts':1723161255708,'type':'snapshot','data':{'s':'X','b':[['100.0','5','1']],'a':[],'u':10,'seq':77},'cts':1723161255708}",
        "{'topic':'orderbook.full.X','ts':1723161255708,'type':'delta','data':{'s':'X','b':[],'a':[],'u':10,'seq':77}}",
        "{'topic':'tickers.X','type':'delta','data':{'symbol':'X'}}",
        "{'op':'auth','success':true}",
        "{'topic':'liquidation.X','type':'snapshot','data':{}}",
        "{'topic':'priceLimit.X','data':{}}",
        "{'topic':'insurance.USDT','data':[]}",
        "{'topic':'adlAlert.USDT','data':[]}",
        "{'topic':'kline.5.X','type':'snapshot','data':[{'start':1}]}",
        "{'topic':'allLiquidation.X','type':'snapshot','data':[{'T':1}]}"
      })
  void whatIsNeitherBookNorTradeIsUnused(String message) {
    assertThat(linear.unused(message)).isTrue();
  }

  @Test
  void theTopicNamesTheSymbolWhereTheDataDoesNot() {
    assertThat(linear.events("{'topic':'publicTrade.X.Y','data':[{'p':'1','v':'2'}]}").get(0))
        .startsWith("bybit-linear:X.Y trade ");
    assertThat(
            linear
                .events(
                    "{'topic':'orderbook.1000.X','type':'snapshot','data':{'b':[],'a':[],'u':7}}")
                .get(0))
        .startsWith("bybit-linear:X restart 7 depth=1000 ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | unrecognised-message",
        "[] | unexpected-shape",
        "1 | unexpected-shape",
        "'text' | unexpected-shape",
        "{'data':[]} | unrecognised-message",
        "{'topic':'orderbook.X','type':'delta','data':{'b':[],'a':[],'u':7}} | unrecognised-message",
        "{'topic':'orderbook.','type':'delta','data':{'b':[],'a':[],'u':7}} | unrecognised-message",
        "{'topic':'orderbook','type':'delta','data':{'b':[],'a':[],'u':7}} | unrecognised-message",
        "{'topic':'orderbook.50','type':'delta','data':{'b':[],'a':[],'u':7}} | unrecognised-message",
        "{'topic':'orderbook..X','type':'delta','data':{'b':[],'a':[],'u':7}} | unrecognised-message",
        "{'topic':'orderbook.1001.X','type':'delta','data':{'b':[],'a':[],'u':7}} | unrecognised-message",
        "{'topic':'orderbook.50.','type':'delta','data':{'b':[],'a':[],'u':7}} | no-symbol",
        "{'topic':'publicTrade','data':[{'p':'1','v':'1'}]} | unrecognised-message",
        "{'topic':7,'data':[{'p':'1','v':'1'}]} | unexpected-shape",
        "{'topic':'orderbook.1e3.X','type':'delta','data':{'b':[],'a':[],'u':1}} | unrecognised-message",
        "{'topic':'orderbook.99999999999.X','type':'delta','data':{'b':[],'a':[],'u':1}} | unrecognised-message",
        "{'topic':'orderbook.0.X','type':'delta','data':{'b':[],'a':[],'u':1}} | unrecognised-message",
        "{'topic':'orderbook.50.X','type':'copy','data':{'b':[],'a':[],'u':7}} | unrecognised-message",
        "{'topic':'orderbook.50.X','type':'delta','data':{'b':[],'a':[]}} | missing-field",
        "{'topic':'orderbook.50.X','type':'delta','data':{'b':[],'u':7}} | missing-field",
        "{'topic':'orderbook.50.X','type':'delta','data':{'b':[],'a':[],'u':0}} | number-out-of-range",
        "{'topic':'orderbook.50.X','type':'delta','data':{'b':[],'a':[],'u':-7}} | not-a-whole-number",
        "{'topic':'orderbook.50.X','type':'delta','data':[]} | unexpected-shape",
        "{'topic':'publicTrade.X','type':'delta','data':{}} | unexpected-shape",
        "{'topic':'other.X','type':'delta','data':{}} | unrecognised-message",
        "{'topic':'publicTrade.X','type':'delta'} | unrecognised-message",
        "{'op':'surprise'} | unrecognised-message"
      })
  void refusesEverythingElse(String message, String reason) {
    assertThat(linear.refusal(message)).isEqualTo(reason);
  }
}
