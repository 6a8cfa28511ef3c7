package io.streamforge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinanceDecoderTest {
  private static final String DEPTH =
      """
      {'stream':'btcusdt@depth@100ms','data':{'e':'depthUpdate','E':1723161255708,'s':'BTCUSDT',
      'U':50093239189,'u':50093239202,'b':[['61737.63000000','0.00000000'],['56854.5','1.25']],
      'a':[['61837.64000000','1.54698000']]}}""";

  private final Decoding spot = new Decoding("binance-spot");

  @Test
  void readsSpotDepth() {
    assertThat(spot.events(DEPTH))
        .containsExactly(
            "binance-spot:BTCUSDT delta 50093239188->50093239202"
                + " bids=[61737.63000000 x 0.00000000, 56854.5 x 1.25]"
                + " asks=[61837.64000000 x 1.54698000] overlapping"
                + " event=1723161255708000 effective=1723161255708000");
  }

  @Test
  void readsFuturesDepthThatNamesItsPredecessor() {
    assertThat(
            new Decoding("binance-usdm")
                .events(
                    """
                    {'e':'depthUpdate','E':1723161255900,'T':1723161255000,'s':'BTCUSDT','U':100,
                    'u':120,'pu':90,'b':[],'a':[['63944.00','0.095']]}"""))
        .containsExactly(
            "binance-usdm:BTCUSDT delta 90->120 bids=[] asks=[63944.00 x 0.095]"
                + " event=1723161255000000 effective=1723161255500000");
  }

  @Test
  void readsCoinMarginedFuturesLikeTheOthers() {
    assertThat(
            new Decoding("binance-coinm")
                .events(
                    """
                    {'e':'depthUpdate','E':1723161255900,'T':1723161255000,'s':'BTCUSD_PERP',
                    'ps':'BTCUSD','U':100,'u':120,'pu':90,'b':[['63944.0','95']],'a':[]}"""))
        .containsExactly(
            "binance-coinm:BTCUSD_PERP delta 90->120 bids=[63944.0 x 95] asks=[]"
                + " event=1723161255000000 effective=1723161255500000");
  }

  @Test
  void readsSnapshotsWhoseSymbolIsTheKey() {
    assertThat(
            new Decoding("binance-us")
                .events(
                    "MANAUSD",
                    "{'lastUpdateId':19636338,'bids':[['0.9897','30.89']],'asks':[['1','2']]}"))
        .containsExactly(
            "binance-us:MANAUSD snapshot 19636338 depth=0 complete=true,true bids=[0.9897 x 30.89]"
                + " asks=[1 x 2] untimed event=1723161256000000 effective=1723161256000000");
  }

  @Test
  void readsFuturesSnapshotsWithTheirTime() {
    assertThat(
            spot.events(
                "{'lastUpdateId':'7','E':1723161255800,'T':1723161255700,'bids':[],'asks':[]}"))
        .containsExactly(
            "binance-spot:KEY snapshot 7 depth=0 complete=true,true bids=[] asks=[]"
                + " event=1723161255700000 effective=1723161255700000");
  }

  @ParameterizedTest
  @CsvSource({
    "4,true",
    "5,false",
    "6,true",
    "10,false",
    "20,false",
    "50,false",
    "99,true",
    "100,false",
    "500,false",
    "999,true",
    "1000,false",
    "4999,true",
    "5000,false",
    "5001,true"
  })
  void aSideOfExactlyALimitMayGoOn(int levels, boolean complete) {
    String side = String.join(",", Collections.nCopies(levels, "['1','1']"));
    assertThat(spot.events("{'lastUpdateId':7,'bids':[" + side + "],'asks':[]}"))
        .singleElement()
        .asString()
        .contains("complete=" + complete + ",true");
    assertThat(spot.events("{'lastUpdateId':7,'bids':[],'asks':[" + side + "]}"))
        .singleElement()
        .asString()
        .contains("complete=true," + complete);
  }

  @Test
  void readsTradesOfSpotAndFutures() {
    assertThat(
            spot.events(
                """
                {'stream':'btcusdt@trade','data':{'e':'trade','E':1723161255999,'s':'BTCUSDT',
                't':3717,'p':'61837.64000000','q':'0.00200000','b':28990,'a':28991,
                'T':1723161255600,'m':true,'M':true}}"""))
        .containsExactly(
            "binance-spot:BTCUSDT trade SELL 61837.64000000 x 0.00200000 CONSECUTIVE 3717"
                + " event=1723161255600000 effective=1723161255600000");
    assertThat(
            spot.events(
                """
                {'e':'aggTrade','E':1723161255999,'s':'ETHUSDT','a':26129,'p':'0.01','q':'100',
                'f':100,'l':105,'T':1723161255600,'m':false}"""))
        .containsExactly(
            "binance-spot:ETHUSDT trade BUY 0.01 x 100 CONSECUTIVE_AGGREGATE 26129"
                + " event=1723161255600000 effective=1723161255600000");
  }

  /** The letter of an aggregated trade's id is, in a trade, that of the seller's order. */
  @ParameterizedTest
  @ValueSource(strings = {"'t':3717,'a':28991", "'a':28991,'t':3717"})
  void aTradesIdIsNotTheSellersOrder(String ids) {
    assertThat(
            spot.events("{'s':'X','p':'1','q':'2','T':1723161255600,'m':true,%s}".formatted(ids)))
        .containsExactly(
            "binance-spot:X trade SELL 1 x 2 CONSECUTIVE 3717"
                + " event=1723161255600000 effective=1723161255600000");
  }

  @Test
  void readsTradesOfTheOriginalLoaders() {
    assertThat(
            spot.events(
                "BTCUSDT",
                """
                {"trade_id":1,"price":61837.63,"quantity":0.02,"timestamp":1723161255342,\
                "is_buyer_maker":true,"symbol":"BTCUSDT"}""",
                1_723_161_255_400_000L))
        .containsExactly(
            "binance-spot:BTCUSDT trade SELL 61837.63 x 0.02 UNORDERED 1"
                + " event=1723161255342000 effective=1723161255342000");
    assertThat(
            spot.events(
                """
                {"trade_id":2,"price":1.5e-05,"quantity":1E+3,"timestamp":1723161255999,\
                "is_buyer_maker":false,"symbol":"SHIBUSDT"}"""))
        .containsExactly(
            "binance-spot:SHIBUSDT trade BUY 0.000015 x 1000 UNORDERED 2"
                + " event=1723161255999000 effective=1723161255999000");
  }

  @Test
  void aLateEventCountsLaterAndAFutureOneNever() {
    String late = DEPTH.replace("1723161255708", "1723161254000");
    assertThat(spot.events(late))
        .singleElement()
        .asString()
        .endsWith(" event=1723161254000000 effective=1723161255500000");
    String ahead = DEPTH.replace("1723161255708", "1723161266000");
    assertThat(spot.events(ahead))
        .singleElement()
        .asString()
        .endsWith(" event=1723161266000000 effective=1723161266000000");
    assertThat(spot.refusal(DEPTH.replace("1723161255708", "1723161266001")))
        .isEqualTo("event-time-in-future");
  }

  @Test
  void theBodyNamesTheInstrumentElseTheKey() {
    assertThat(spot.events("ETHUSDT", DEPTH).get(0)).startsWith("binance-spot:BTCUSDT ");
    assertThat(spot.events(null, DEPTH).get(0)).startsWith("binance-spot:BTCUSDT ");
    String nameless = DEPTH.replace("'s':'BTCUSDT',", "");
    assertThat(spot.events("ETHUSDT", nameless).get(0)).startsWith("binance-spot:ETHUSDT ");
    assertThat(spot.refusal(null, nameless)).isEqualTo("no-symbol");
    assertThat(spot.refusal("", nameless)).isEqualTo("no-symbol");
    assertThat(spot.refusal("A".repeat(70_000), nameless)).isEqualTo("bad-symbol");
    assertThat(spot.refusal("A\u0000", nameless)).isEqualTo("bad-symbol");
    assertThat(spot.refusal(DEPTH.replace("BTCUSDT", "BTC\\ud800"))).isEqualTo("malformed-json");
  }

  @Test
  void theFirstNumberOfAllFollowsTheSnapshotOfNothing() {
    assertThat(spot.events(DEPTH.replace("'U':50093239189", "'U':0")))
        .singleElement()
        .asString()
        .startsWith("binance-spot:BTCUSDT delta 0->50093239202");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"'U':50093239189,", "'E':1723161255708,", "'a':[['61837.64000000','1.54698000']]"})
  void aDeltaNeedsItsFields(String field) {
    String message = DEPTH.replace("\n", "");
    assertThat(message).contains(field);
    assertThat(spot.refusal(message.replace(field, field.startsWith("'a'") ? "'x':1" : "")))
        .isEqualTo("missing-field");
  }

  /** On futures in the form of a diff depth, on spot in that of a REST snapshot. */
  @Test
  void aPartialDepthIsTheWholeTopOfAFeedOfItsOwn() {
    assertThat(
            new Decoding("binance-usdm")
                .events(
                    """
                    {'stream':'parsusdt@depth5@100ms','data':{'e':'depthUpdate','E':1723161255900,
                    'T':1723161255700,'s':'PARSUSDT','U':1028,'u':1036,'pu':1027,
                    'b':[['99.6','5']],'a':[['99.7','5']]}}"""))
        .containsExactly(
            "binance-usdm:PARSUSDT restart 1036 depth=5 complete=true,true bids=[99.6 x 5]"
                + " asks=[99.7 x 5] feed=-999995 event=1723161255700000 effective=1723161255700000");
    assertThat(
            spot.events(
                """
                {'stream':'btcusdt@depth20','data':{'lastUpdateId':7,'bids':[['1','1']],
                'asks':[['2','1']]}}"""))
        .containsExactly(
            "binance-spot:KEY restart 7 depth=20 complete=true,true bids=[1 x 1] asks=[2 x 1]"
                + " untimed feed=-999980 event=1723161256000000 effective=1723161256000000");
    assertThat(
            spot.events("{'data':{'lastUpdateId':7,'bids':[],'asks':[]},'stream':'x@depth10@1s'}"))
        .singleElement()
        .asString()
        .contains("restart 7 depth=10", "feed=-999990");
    assertThat(spot.events("{'stream':'x@depth','data':{'lastUpdateId':7,'bids':[],'asks':[]}}"))
        .singleElement()
        .asString()
        .contains("snapshot 7 depth=0")
        .doesNotContain("feed");
  }

  @ParameterizedTest
  @CsvSource({
    "MARKET,100.1,1,''",
    "INSURANCE_FUND,90,20,' INSURANCE_FUND'",
    "ADL,110,20,' ADL'",
    "NA,0,0,' OTHER'",
    "LIQUIDATION,1,1,' OTHER'",
    "MARKET,1,0,' OTHER'",
    "MARKET,0,0,' OTHER'"
  })
  void whatIsNoMarketTradeSaysSo(String named, String price, String quantity, String kind) {
    assertThat(
            new Decoding("binance-usdm")
                .events(
                    """
                    {'e':'trade','E':1723161255999,'T':1723161255600,'s':'X','t':9,'p':'%s','q':'%s',
                    'X':'%s','m':true,'st':0,'new':{'field':[1]}}"""
                        .formatted(price, quantity, named)))
        .containsExactly(
            "binance-usdm:X trade SELL %s x %s CONSECUTIVE 9%s event=1723161255600000 effective=1723161255600000"
                .formatted(price, quantity, kind));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'result':null,'id':1}",
        "{'id':'a','result':['btcusdt@depth']}",
        "{'error':{'code':2,'msg':'Invalid request'},'id':1}",
        "{'code':0,'msg':'Unknown property','id':1}",
        "{'e':'serverShutdown','E':1723161255708}",
        "{'stream':'btcusdt@bookTicker','data':{'e':'bookTicker','u':4,'E':1723161255708,'T':1723161255708,'s':'BTCUSDT','b':'25.35','B':'31.21','a':'25.36','A':'40.66'}}",
        "{'u':5,'s':'X','b':'1','B':'1','a':'2','A':'1'}",
        "{'e':'24hrTicker','E':1723161255708,'s':'X','p':'-0.5','q':'1','b':'-1'}",
        "{'stream':'x','data':{'e':'kline','s':'X','k':{'t':1}}}",
        "{'stream':'!ticker@arr','data':[{'e':'24hrTicker'}]}",
        "{'e':'forceOrder','E':1723161255708,'o':{'s':'X','p':'1','q':'1','X':'FILLED'}}"
      })
  void whatIsNeitherBookNorTradeIsUnused(String message) {
    assertThat(spot.unused(message)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | not-a-number",
        "['1'] | not-a-number",
        "'1' | unexpected-shape",
        "[null,'1'] | not-a-number",
        "['-1','1'] | not-a-number",
        "['1','-1'] | not-a-number",
        "['1',['2']] | not-a-number",
        "['1e30','1'] | number-out-of-range",
        "['1','1000000000000000000'] | number-out-of-range",
        "{'price':[1,{'x':2}]} | unexpected-shape"
      })
  void aLevelThatCannotBeReadLeavesItsNeighbours(String level, String reason) {
    String message = "{'lastUpdateId':1,'bids':[['3','1'],%s,['2','1']],'asks':[%s,['4','1']]}";
    assertThat(spot.flawed(reason, message.formatted(level, level)))
        .containsExactly(
            "binance-spot:KEY snapshot 1 depth=0 complete=true,true bids=[3 x 1, 2 x 1]"
                + " asks=[4 x 1] untimed flawed event=1723161256000000 effective=1723161256000000");
    assertThat(spot.refusal(message.formatted(level, "['3',]"))).isEqualTo("malformed-json");
  }

  @Test
  void numbersThatFitNoOneScaleAreAFlaw() {
    assertThat(
            spot.flawed(
                "number-out-of-range",
                "{'lastUpdateId':1,'bids':[['1','0.000000000000000001'],['2','1']],'asks':[]}"))
        .singleElement()
        .asString()
        .contains(" bids=[1 x 0.000000000000000001] ", " flawed ");
  }

  @Test
  void aLevelOfPriceZeroIsLeftOut() {
    assertThat(spot.events("{'lastUpdateId':1,'bids':[['1','1'],['0','7']],'asks':[['0.00','1']]}"))
        .singleElement()
        .asString()
        .contains(" bids=[1 x 1] asks=[] ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | unrecognised-message",
        "[] | unexpected-shape",
        "1 | unexpected-shape",
        "null | unexpected-shape",
        "'text' | unexpected-shape",
        "{'data':[]} | unexpected-shape",
        "{'data':{'data':{}}} | unexpected-shape",
        "{'s':7} | unexpected-shape",
        "{'lastUpdateId':1,'bids':{},'asks':[]} | missing-field",
        "{'lastUpdateId':1,'asks':[]} | missing-field",
        "{'lastUpdateId':-1,'bids':[],'asks':[]} | not-a-whole-number",
        "{'lastUpdateId':1.5,'bids':[],'asks':[]} | not-a-whole-number",
        "{'lastUpdateId':99999999999999999999,'bids':[],'asks':[]} | number-out-of-range",
        "{'p':'1','q':'1','s':'X'} | missing-field",
        "{'p':'1','T':1723161255708} | quantity-not-positive",
        "{'b':[['1','1']],'p':'1','T':1723161255708} | quantity-not-positive",
        "{'p':'0','q':'1','T':1723161255708} | price-not-positive",
        "{'p':true,'q':'1','T':1723161255708} | not-a-number",
        "{'p':'1','q':'1','T':17231612557} | bad-timestamp",
        "{'p':'1','q':'1','T':'yesterday'} | not-a-number",
        "{'p':'1','q':'1','T':1723161255708,'m':'yes'} | unexpected-shape"
      })
  void refusesEverythingElse(String message, String reason) {
    assertThat(spot.refusal(message)).isEqualTo(reason);
  }
}
