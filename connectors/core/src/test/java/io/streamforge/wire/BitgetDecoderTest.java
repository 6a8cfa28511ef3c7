package io.streamforge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BitgetDecoderTest {
  private static final String BOOK =
      """
      {'action':'%s','arg':{'instType':'SPOT','channel':'books','instId':'BTCUSDT'},'data':[{
      'asks':[['27000.5','8.760']],'bids':[['27000.0','2.71'],['26999.5','0']],
      'ts':'1723161255708'%s}],'ts':1723161255999}""";

  private static final String V3_BOOK =
      """
      {'action':'%s','arg':{'instType':'usdt-futures','topic':'%s','symbol':'BTCUSDT'},'data':[{
      'a':[['27000.5','8.760']],'b':[['27000.0','2.71'],['26999.5','0']],'checksum':0,
      'pseq':%s,'seq':%s,'ts':'1723161255708'}],'ts':1723161255999}""";

  private static final String ANY_MARKET =
      "{'action':'update','arg':{%s'channel':'trade','instId':'X'},'data':[{'price':'1','size':'1'}]}";

  private static final String LEVELS = " bids=[27000.0 x 2.71, 26999.5 x 0] asks=[27000.5 x 8.760]";
  private static final String TIMES = " event=1723161255708000 effective=1723161255708000";
  private static final String NOW = " event=1723161256000000 effective=1723161256000000";

  private final Decoding bitget = new Decoding("bitget");

  @Test
  void aSnapshotBeginsTheStreamAnew() {
    for (String previous : List.of("", ",'pseq':0", ",'pseq':'0'", ",'pseq':7")) {
      assertThat(
              bitget.events(
                  BOOK.formatted(
                      "snapshot", ",'checksum':-855196043,'seq':1304314508780744705" + previous)))
          .containsExactly(
              "bitget-spot:BTCUSDT restart 1304314508780744705 depth=400 complete=true,true"
                  + LEVELS
                  + " OKX=3439771253 feed=400"
                  + TIMES);
    }
  }

  /** Its number tells what is older, not what is missing: so it needs the checksum. */
  @Test
  void anOlderUpdateIsNotSaidToFollowAnything() {
    assertThat(bitget.events(BOOK.formatted("update", ",'checksum':5,'seq':1304314508780744705")))
        .containsExactly(
            "bitget-spot:BTCUSDT delta -1->1304314508780744705"
                + LEVELS
                + " OKX=5 feed=400"
                + TIMES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",'checksum':0", ",'checksum':0,'pseq':0", ",'pseq':'0'"})
  void anUpdateThatNothingChecksHasBeenLost(String fields) {
    assertThat(bitget.flawed("missing-field", BOOK.formatted("update", ",'seq':9" + fields)))
        .containsExactly("bitget-spot:BTCUSDT unreadable bids=[] asks=[] untimed" + NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "'',1000,1007",
    "',\"checksum\":0',\"1343064377779269632\",\"1343064377779269696\"",
    "'',9223372036854775806,\"9223372036854775807\""
  })
  void anUpdateFollowsTheOneThatItNames(String checksum, String previous, String sequence) {
    String numbers = ",'pseq':%s,'seq':%s".formatted(previous, sequence);
    assertThat(bitget.events(BOOK.formatted("update", checksum + numbers)))
        .containsExactly(
            "bitget-spot:BTCUSDT delta %s->%s".formatted(previous, sequence).replace("\"", "")
                + LEVELS
                + " feed=400"
                + TIMES);
  }

  @Test
  void readsTheBooksOfV3() {
    assertThat(bitget.events(V3_BOOK.formatted("snapshot", "books", "0", "'5000'")))
        .containsExactly(
            "bitget-usdt-futures:BTCUSDT restart 5000 depth=400 complete=true,true"
                + LEVELS
                + " feed=400"
                + TIMES);
    assertThat(bitget.events(V3_BOOK.formatted("update", "books", "5000", "'5001'")))
        .containsExactly(
            "bitget-usdt-futures:BTCUSDT delta 5000->5001" + LEVELS + " feed=400" + TIMES);
  }

  /** They send their best levels whole, and are other feeds of the same book. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 15, 50})
  void aChannelOfFewerLevelsIsAnotherFeed(int depth) {
    assertThat(bitget.events(V3_BOOK.formatted("snapshot", "books" + depth, "0", "7")))
        .containsExactly(
            "bitget-usdt-futures:BTCUSDT restart 7 depth=%d complete=true,true".formatted(depth)
                + LEVELS
                + " feed="
                + depth
                + TIMES);
  }

  @ParameterizedTest
  @CsvSource({
    "SPOT,bitget-spot",
    "USDT-FUTURES,bitget-usdt-futures",
    "USDC-FUTURES,bitget-usdc-futures",
    "COIN-FUTURES,bitget-coin-futures",
    "spot,bitget-spot",
    "usdt-futures,bitget-usdt-futures",
    "usdc-futures,bitget-usdc-futures",
    "coin-futures,bitget-coin-futures"
  })
  void theMessageNamesTheMarketWhateverTheHeader(String market, String venue) {
    String message = ANY_MARKET.formatted("'instType':'" + market + "',");
    for (String header : List.of("bitget", "bitget-spot", "bitget-coin-futures")) {
      assertThat(new Decoding(header).events(message).get(0)).startsWith(venue + ":X trade ");
    }
  }

  @Test
  void aMessageThatNamesNoMarketIsOfTheHeaders() {
    for (String header : List.of("bitget", "bitget-usdc-futures")) {
      assertThat(new Decoding(header).events(ANY_MARKET.formatted("")).get(0))
          .startsWith(header + ":X trade ");
    }
  }

  @Test
  void whatCannotBeReadMayBeOfAnyMarketOfTheHeader() {
    assertThat(new BitgetDecoder().venues("bitget"))
        .containsExactlyInAnyOrder(
            "bitget",
            "bitget-spot",
            "bitget-usdt-futures",
            "bitget-usdc-futures",
            "bitget-coin-futures");
    assertThat(new BitgetDecoder().venues("bitget-spot")).containsExactly("bitget-spot");
  }

  @Test
  void readsTradesAsTheTakerSideSays() {
    assertThat(
            bitget.events(
                """
                {'action':'update','arg':{'instType':'SPOT','channel':'trade','instId':'BTCUSDT'},
                'data':[{'ts':'1723161255708','price':'26293.4','size':'0.0013','side':'sell',
                'tradeId':'1000000000'},{'ts':'1723161255708','price':'26293.5','size':'2.0',
                'side':'buy','tradeId':'1000000001'}],'ts':1723161255999}"""))
        .containsExactly(
            "bitget-spot:BTCUSDT trade SELL 26293.4 x 0.0013 UNORDERED 1000000000" + TIMES,
            "bitget-spot:BTCUSDT trade BUY 26293.5 x 2.0 UNORDERED 1000000001" + TIMES);
  }

  @Test
  void readsTheTradesOfV3() {
    assertThat(
            bitget.events(
                """
                {'action':'snapshot','arg':{'instType':'usdt-futures','topic':'publicTrade',
                'symbol':'BTCUSDT'},'data':[{'i':'7','p':'80810.6','v':'0.0246','S':'sell',
                'T':'1723161255708','L':'8','isRPI':'no'}],'ts':1723161255999}"""))
        .containsExactly(
            "bitget-usdt-futures:BTCUSDT trade SELL 80810.6 x 0.0246 UNORDERED 7" + TIMES);
  }

  /** As captured on 2026-09-21, but for the time: the ids have 19 digits. */
  @Test
  void theNewestTradeComesFirstAndGoesLast() {
    String trades =
        """
        {'action':'update','arg':{'instType':'usdt-futures','topic':'publicTrade','symbol':'X'},
        'data':[{'i':'1485683898127761410','p':'2','v':'1','S':'sell','T':'%s'},
        {'i':'1485683898127761409','p':'1','v':'1','S':'sell','T':'%s'},
        {'i':'1485683898127761408','p':'3','v':'1','S':'sell','T':'%s'}],'ts':1723161255999}""";
    String time = "1723161255708";
    assertThat(bitget.events(trades.formatted(time, time, time)))
        .extracting(event -> event.replaceAll(".*SELL (.) x.*", "$1"))
        .containsExactly("3", "1", "2");
    assertThat(bitget.events(trades.formatted(time, time, "1723161255709")))
        .extracting(event -> event.replaceAll(".*SELL (.) x.*", "$1"))
        .containsExactly("2", "1", "3");
  }

  /** What is no number of 63 bits tells nothing of the order. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "'9223372036854775807','9223372036854775806',2",
        "'9223372036854775806','9223372036854775807',1",
        "'9223372036854775808','9223372036854775807',1",
        "'9223372036854775807','9223372036854775808',1",
        "10,9,2",
        "9,10,1",
        "null,10,1",
        "10,null,1",
        "'','',1"
      })
  void theOrderOfIdsTellsWhatCameFirst(String first, String second, int firstPrice) {
    String trades =
        "{'action':'update','arg':{'instType':'SPOT','channel':'trade','instId':'X'},'data':["
            + "{'price':'1','size':'1','tradeId':%s},{'price':'2','size':'1','tradeId':%s}]}";
    assertThat(bitget.events(trades.formatted(first, second)).get(0))
        .contains("UNKNOWN " + firstPrice + " x 1");
  }

  @Test
  void aTradeThatCannotBeReadLeavesTheOthersInOrder() {
    String trades =
        """
        {'action':'update','arg':{'instType':'SPOT','channel':'trade','instId':'X'},'data':[
        {'ts':'1723161255000','price':'0','size':'1','tradeId':'9'},
        {'ts':'1723161255708','price':'3','size':'1','tradeId':'3'},
        {'ts':'1723161255708','price':'2','size':'1','tradeId':'2'}]}""";
    assertThat(bitget.flawed("price-not-positive", trades))
        .containsExactly(
            "bitget-spot:X trade UNKNOWN 2 x 1 UNORDERED 2" + TIMES,
            "bitget-spot:X trade UNKNOWN 3 x 1 UNORDERED 3" + TIMES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pong",
        "{'event':'subscribe','arg':{'instType':'SPOT','channel':'books','instId':'BTCUSDT'}}",
        "{'event':'subscribe','arg':{'instType':'spot','topic':'books','symbol':'X'},'connId':'a'}",
        "{'event':'unsubscribe','arg':{'instType':'SPOT','channel':'books','instId':'BTCUSDT'}}",
        "{'event':'error','arg':{'instType':'SPOT','channel':'books','instId':'X'},'code':30001,'msg':'no'}",
        "{'action':'snapshot','arg':{'instType':'spot','topic':'ticker','symbol':'X'},'data':[{'lastPrice':'1'}]}",
        "{'action':'snapshot','arg':{'instType':'SPOT','channel':'candle1m','instId':'X'},'data':[['1','2']]}"
      })
  void whatIsNeitherBookNorTradeIsUnused(String message) {
    assertThat(bitget.unused(message)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'bids':[],'checksum':1 | missing-field",
        "'asks':[],'bids':[],'seq':18446744073709551616,'checksum':1 | number-out-of-range",
        "'asks':[],'bids':[],'seq':'18446744073709551616','checksum':1 | not-a-whole-number"
      })
  void aBookThatCannotBeReadHasLostAMessage(String fields, String reason) {
    String book =
        "{'arg':{'instType':'COIN-FUTURES','channel':'books','instId':'X'},'action':'update','data':[{%s}]}";
    assertThat(bitget.flawed(reason, book.formatted(fields)))
        .containsExactly("bitget-coin-futures:X unreadable bids=[] asks=[] untimed" + NOW);
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
        "{'event':'surprise'} | unrecognised-message",
        "{'arg':{'channel':'books7','instId':'X'},'action':'update','data':[{'asks':[],'bids':[],'checksum':1}]} | unrecognised-message",
        "{'arg':{'instType':'SUSDT-FUTURES','channel':'books','instId':'X'},'action':'update','data':[{'asks':[],'bids':[],'checksum':1}]} | unrecognised-message",
        "{'arg':{'instType':7,'channel':'books','instId':'X'},'action':'update','data':[]} | unexpected-shape",
        "{'arg':{'channel':'books','instId':'X'},'action':'replace','data':[{'asks':[],'bids':[],'checksum':1}]} | unrecognised-message"
      })
  void refusesEverythingElse(String message, String reason) {
    assertThat(bitget.refusal(message)).isEqualTo(reason);
  }
}
