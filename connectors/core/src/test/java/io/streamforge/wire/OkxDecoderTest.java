package io.streamforge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OkxDecoderTest {
  private static final String BOOK =
      """
      {'arg':{'channel':'%s','instId':'BTC-USDT'},'action':'%s','data':[{
      'asks':[['8476.98','415','0','13']],'bids':[['8476.97','0','0','0'],['8475.550','101','0','1']],
      'ts':'1723161255708'%s}]}""";

  private static final String LEVELS = " bids=[8476.97 x 0, 8475.550 x 101] asks=[8476.98 x 415]";
  private static final String TIMES = " event=1723161255708000 effective=1723161255708000";

  private static final String NOW = " event=1723161256000000 effective=1723161256000000";

  private final Decoding okx = new Decoding("okx");

  /** Each channel numbers its messages itself, so that it is a feed of its own. */
  @ParameterizedTest
  @CsvSource({"books,400,400", "books-l2-tbt,400,401", "books50-l2-tbt,50,50"})
  void aSnapshotBeginsTheStreamAnew(String channel, int depth, int feed) {
    assertThat(
            okx.events(
                BOOK.formatted(
                    channel, "snapshot", ",'checksum':-1881014294,'seqId':9,'prevSeqId':-1")))
        .containsExactly(
            "okx:BTC-USDT restart 9 depth="
                + depth
                + " complete=true,true"
                + LEVELS
                + " OKX=2413953002 feed="
                + feed
                + TIMES);
  }

  @Test
  void anUpdateNamesTheOneBefore() {
    assertThat(
            okx.events(BOOK.formatted("books", "update", ",'checksum':0,'seqId':15,'prevSeqId':9")))
        .containsExactly("okx:BTC-USDT delta 9->15" + LEVELS + " feed=400" + TIMES);
    assertThat(
            okx.events(BOOK.formatted("books", "update", ",'checksum':7,'seqId':3,'prevSeqId':15")))
        .containsExactly("okx:BTC-USDT delta 15->3" + LEVELS + " OKX=7 feed=400" + TIMES);
  }

  @Test
  void olderUpdatesHaveAChecksumOnly() {
    assertThat(okx.events(BOOK.formatted("books-l2-tbt", "update", ",'checksum':831078360")))
        .containsExactly("okx:BTC-USDT delta -1->-1" + LEVELS + " OKX=831078360 feed=401" + TIMES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''",
        ",'checksum':0",
        ",'checksum':0,'seqId':5",
        ",'seqId':5,'prevSeqId':-1",
        ",'prevSeqId':5"
      },
      quoteCharacter = '`')
  void anUpdateThatNothingChecksIsRefused(String fields) {
    String message = BOOK.formatted("books", "update", fields.equals("''") ? "" : fields);
    assertThat(okx.flawed("missing-field", message))
        .containsExactly("okx:BTC-USDT unreadable bids=[] asks=[] untimed" + NOW);
  }

  @Test
  void aBookWithoutATimeHasItsReceipts() {
    assertThat(
            okx.events(
                "{'arg':{'channel':'books','instId':'X'},'action':'snapshot','data':[{'asks':[],'bids':[],'seqId':7}]}"))
        .containsExactly(
            "okx:X restart 7 depth=400 complete=true,true bids=[] asks=[] untimed feed=400" + NOW);
  }

  /** It has a number of its own, which tells of a lost message and never of a lost level. */
  @Test
  void aLevelThatCannotBeReadLeavesTheOthers() {
    assertThat(
            okx.flawed(
                "not-a-number",
                """
                {'arg':{'channel':'books','instId':'X'},'action':'update','data':[{
                'asks':[['2','-1'],['3','1']],'bids':[['0','9'],['1','1']],
                'ts':'1723161255708','seqId':9,'prevSeqId':7,'checksum':5}]}"""))
        .containsExactly(
            "okx:X delta 7->9 bids=[1 x 1] asks=[3 x 1] OKX=5 flawed feed=400" + TIMES);
  }

  @Test
  void aBookThatCannotBeReadLeavesTheOthers() {
    assertThat(
            okx.flawed(
                "missing-field",
                """
                {'arg':{'channel':'books','instId':'X'},'action':'update','data':[
                {'asks':[],'bids':[],'checksum':1},{'asks':[],'checksum':1},
                {'asks':[],'bids':[],'checksum':3}]}"""))
        .containsExactly(
            "okx:X delta -1->-1 bids=[] asks=[] OKX=1 untimed feed=400" + NOW,
            "okx:X unreadable bids=[] asks=[] untimed" + NOW,
            "okx:X delta -1->-1 bids=[] asks=[] OKX=3 untimed feed=400" + NOW);
  }

  /** One message of the first may stand for several trades, so that ids skip. */
  @ParameterizedTest
  @CsvSource({"trades,UNORDERED", "trades-all,CONSECUTIVE"})
  void readsTradesAsTheTakerSideSays(String channel, String ids) {
    String trades =
        """
        {'arg':{'channel':'%s','instId':'UNI-USD-SWAP'},'data':[
        {'instId':'UNI-USD-SWAP','tradeId':'1','px':'9.615','sz':'1','side':'buy','ts':'1723161255708'},
        {'instId':'UNI-USD-SWAP','tradeId':'2','px':'9.61','sz':'20.0','side':'sell','ts':'1723161255708'}]}""";
    assertThat(okx.events(trades.formatted(channel)))
        .containsExactly(
            "okx:UNI-USD-SWAP trade BUY 9.615 x 1 " + ids + " 1" + TIMES,
            "okx:UNI-USD-SWAP trade SELL 9.61 x 20.0 " + ids + " 2" + TIMES);
  }

  @Test
  void tradesWithTheNewestFirstAreTurnedRound() {
    String trades =
        """
        {'arg':{'channel':'trades','instId':'X'},'data':[
        {'tradeId':'%s','px':'2','sz':'1','side':'buy','ts':'%s'},
        {'tradeId':'%s','px':'1','sz':'1','side':'buy','ts':'%s'}]}""";
    String first = "1723161255707";
    String second = "1723161255708";
    assertThat(okx.events(trades.formatted("9", second, "10", first)).get(0)).contains("BUY 1 x");
    assertThat(okx.events(trades.formatted("10", first, "9", first)).get(0)).contains("BUY 1 x");
    assertThat(okx.events(trades.formatted("9", first, "10", first)).get(0)).contains("BUY 2 x");
    assertThat(okx.events(trades.formatted("10", first, "9", second)).get(0)).contains("BUY 2 x");
    assertThat(okx.events(trades.formatted("b", first, "a", first)).get(0)).contains("BUY 2 x");
  }

  @Test
  void aTradeThatCannotBeReadLeavesTheOthers() {
    assertThat(
            okx.flawed(
                "quantity-not-positive",
                """
                {'arg':{'channel':'trades','instId':'X'},'data':[
                {'tradeId':'1','px':'1','sz':'1','side':'buy','ts':'1723161255708'},
                {'tradeId':'2','px':'1','sz':'0','side':'buy','ts':'1723161255708'},7,
                {'tradeId':'3','px':'1','sz':'3','side':'buy','ts':'1723161255708'}]}"""))
        .containsExactly(
            "okx:X trade BUY 1 x 1 UNORDERED 1" + TIMES,
            "okx:X trade BUY 1 x 3 UNORDERED 3" + TIMES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pong",
        "{'event':'subscribe','arg':{'channel':'books','instId':'X'},'connId':'a1'}",
        "{'event':'unsubscribe','arg':{'channel':'books','instId':'X'},'connId':'a1'}",
        "{'event':'error','code':'60012','msg':'Invalid request','connId':'a1'}",
        "{'event':'notice','code':'64008','msg':'Please reconnect.','connId':'a1'}",
        "{'event':'login','code':'0','msg':'','connId':'a1'}",
        "{'event':'channel-conn-count-error','channel':'books','connCount':'30','connId':'a1'}",
        "{'event':'channel-conn-count','channel':'books','connCount':'1','connId':'a1'}",
        "{'arg':{'channel':'books-rpi','instId':'X'},'action':'update','data':[{'asks':[['100.1','5','1','2']],'bids':[],'ts':'1723161255708','seqId':8,'prevSeqId':7}]}",
        "{'arg':{'channel':'books5','instId':'X'},'data':[{'asks':[['100.1','5','0','2']],'bids':[],'instId':'X','ts':'1723161255708','seqId':8}]}",
        "{'arg':{'channel':'bbo-tbt','instId':'X'},'data':[{'asks':[['100.1','5','0','2']],'bids':[],'ts':'1723161255708','seqId':8}]}",
        "{'arg':{'channel':'tickers','instId':'X'},'data':[{'last':'1'}]}",
        "{'arg':{'channel':'candle1m','instId':'X'},'data':[['1723161255708','1']]}",
        "{'arg':{'channel':'instruments','instType':'SPOT'},'data':[{'instId':'X'}]}"
      })
  void whatIsNeitherBookNorTradeIsUnused(String message) {
    assertThat(okx.unused(message)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "books-elp",
        "index-tickers",
        "mark-price",
        "price-limit",
        "funding-rate",
        "open-interest",
        "liquidation-orders",
        "public-block-trades",
        "status"
      })
  void channelsOfOtherThingsAreUnused(String channel) {
    String message = "{'arg':{'channel':'%s','instId':'X'},'data':[{'instId':'X'}]}";
    assertThat(okx.unused(message.formatted(channel))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'asks':[],'bids':[],'checksum':2147483648 | number-out-of-range",
        "'asks':[],'bids':[],'checksum':'1' | unexpected-shape",
        "'asks':[],'bids':[],'seqId':-2,'prevSeqId':1 | not-a-whole-number",
        "'asks':[],'bids':[],'seqId':'x','prevSeqId':1 | not-a-whole-number",
        "'asks':[],'bids':[],'seqId':'+5','prevSeqId':1 | not-a-whole-number",
        "'asks':[],'bids':[],'seqId':'٥','prevSeqId':1 | not-a-whole-number",
        "'asks':[],'bids':[],'seqId':'','prevSeqId':1 | not-a-whole-number",
        "'asks':[],'bids':[],'seqId':'-','prevSeqId':1 | not-a-whole-number",
        "'asks':[],'bids':[],'ts':'17','checksum':1 | bad-timestamp",
        "'asks':[],'bids':[],'ts':1723161266001,'checksum':1 | event-time-in-future",
        "'asks':[],'checksum':1 | missing-field",
        "'asks':{},'bids':[],'checksum':1 | unexpected-shape"
      })
  void aBookThatCannotBeReadHasLostAMessage(String fields, String reason) {
    assertThat(
            okx.flawed(
                reason,
                "{'arg':{'channel':'books','instId':'X'},'action':'update','data':[{"
                    + fields
                    + "}]}"))
        .containsExactly("okx:X unreadable bids=[] asks=[] untimed" + NOW);
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
        "pong2 | malformed-json",
        "pon | malformed-json",
        "{'data':[]} | unrecognised-message",
        "{'event':'surprise','arg':{'channel':'books','instId':'X'}} | unrecognised-message",
        "{'event':7} | unexpected-shape",
        "{'arg':{'channel':'books','instId':'X'}} | unrecognised-message",
        "{'arg':{'channel':'other','instId':'X'},'action':'update','data':[{'asks':[],'bids':[],'checksum':1}]} | unrecognised-message",
        "{'arg':{'channel':'books','instId':'X'},'action':'replace','data':[{'asks':[],'bids':[],'checksum':1}]} | unrecognised-message",
        "{'arg':{'channel':'books','instId':'X'},'action':'update','data':{}} | unexpected-shape",
        "{'arg':[],'action':'update','data':[]} | unexpected-shape"
      })
  void refusesEverythingElse(String message, String reason) {
    assertThat(okx.refusal(message)).isEqualTo(reason);
  }
}
