package io.streamforge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BybitDecoderTest {
  private static final String BOOK =
      """
      {'topic':'orderbook.200.BTCUSDT','type':'%s','ts':1723161255999,'data':{'s':'BTCUSDT',
      'b':[['65114.20','6.054'],['65114.10','0']],'a':[['65114.3','1']],'u':%d,'seq':753843911359}%s}""";

  private static final String LEVELS = " bids=[65114.20 x 6.054, 65114.10 x 0] asks=[65114.3 x 1]";
  private static final String TIMES = " event=1723161255708000 effective=1723161255708000";
  private static final String ENGINE = ",'cts':1723161255708";

  private final Decoding linear = new Decoding("bybit-linear");

  @Test
  void theSameSymbolIsAnotherInstrumentOnTheOtherMarket() {
    assertThat(new Decoding("bybit-spot").events(BOOK.formatted("delta", 7, ENGINE)))
        .containsExactly("bybit-spot:BTCUSDT delta 6->7" + LEVELS + TIMES);
    assertThat(linear.events(BOOK.formatted("delta", 7, ENGINE)))
        .containsExactly("bybit-linear:BTCUSDT delta 6->7" + LEVELS + TIMES);
  }

  @Test
  void snapshotsAndTheFirstNumberBeginTheStreamAnew() {
    assertThat(linear.events(BOOK.formatted("snapshot", 7, ENGINE)))
        .containsExactly(
            "bybit-linear:BTCUSDT restart 7 depth=200 complete=true,true" + LEVELS + TIMES);
    assertThat(linear.events(BOOK.formatted("delta", 1, ENGINE)))
        .containsExactly(
            "bybit-linear:BTCUSDT restart 1 depth=200 complete=true,true" + LEVELS + TIMES);
  }

  @Test
  void theEnginesTimeCountsElseTheSenders() {
    assertThat(linear.events(BOOK.formatted("delta", 7, "")))
        .containsExactly(
            "bybit-linear:BTCUSDT delta 6->7"
                + LEVELS
                + " event=1723161255999000 effective=1723161255999000");
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
        "{'success':true,'ret_msg':'','op':'subscribe'} | unrecognised-message",
        "{'topic':'tickers.X','type':'delta','data':{'b':[],'a':[],'u':7}} | unrecognised-message",
        "{'topic':'orderbook.X','type':'delta','data':{'b':[],'a':[],'u':7}} | unrecognised-message",
        "{'topic':'orderbook.','type':'delta','data':{'b':[],'a':[],'u':7}} | unrecognised-message",
        "{'topic':'orderbook','type':'delta','data':{'b':[],'a':[],'u':7}} | unrecognised-message",
        "{'topic':'orderbook.50','type':'delta','data':{'b':[],'a':[],'u':7}} | unrecognised-message",
        "{'topic':'orderbook..X','type':'delta','data':{'b':[],'a':[],'u':7}} | unrecognised-message",
        "{'topic':'orderbook.1001.X','type':'delta','data':{'b':[],'a':[],'u':7}} | unrecognised-message",
        "{'topic':'orderbook.50.','type':'delta','data':{'b':[],'a':[],'u':7}} | no-symbol",
        "{'topic':'publicTrade.','data':[{'p':'1','v':'1'}]} | no-symbol",
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
        "{'topic':'publicTrade.X','type':'delta','data':[{'p':'1','S':'Buy'}]} | quantity-not-positive"
      })
  void refusesEverythingElse(String message, String reason) {
    assertThat(linear.refusal(message)).isEqualTo(reason);
  }
}
