package io.streamforge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OkxDecoderTest {
  private static final String BOOK =
      """
      {'arg':{'channel':'%s','instId':'BTC-USDT'},'action':'%s','data':[{
      'asks':[['8476.98','415','0','13']],'bids':[['8476.97','0','0','0'],['8475.550','101','0','1']],
      'ts':'1723161255708'%s}]}""";

  private static final String LEVELS = " bids=[8476.97 x 0, 8475.550 x 101] asks=[8476.98 x 415]";
  private static final String TIMES = " event=1723161255708000 effective=1723161255708000";

  private final Decoding okx = new Decoding("okx");

  @ParameterizedTest
  @CsvSource({"books,400", "books-l2-tbt,400", "books50-l2-tbt,50"})
  void aSnapshotBeginsTheStreamAnew(String channel, int depth) {
    assertThat(
            okx.events(
                BOOK.formatted(
                    channel, "snapshot", ",'checksum':-1881014294,'seqId':9,'prevSeqId':-1")))
        .containsExactly(
            "okx:BTC-USDT restart 9 depth="
                + depth
                + " complete=true,true"
                + LEVELS
                + " OKX=2413953002"
                + TIMES);
  }

  @Test
  void anUpdateNamesTheOneBefore() {
    assertThat(
            okx.events(BOOK.formatted("books", "update", ",'checksum':0,'seqId':15,'prevSeqId':9")))
        .containsExactly("okx:BTC-USDT delta 9->15" + LEVELS + TIMES);
    assertThat(
            okx.events(BOOK.formatted("books", "update", ",'checksum':7,'seqId':3,'prevSeqId':15")))
        .containsExactly("okx:BTC-USDT delta 15->3" + LEVELS + " OKX=7" + TIMES);
  }

  @Test
  void olderUpdatesHaveAChecksumOnly() {
    assertThat(okx.events(BOOK.formatted("books-l2-tbt", "update", ",'checksum':831078360")))
        .containsExactly("okx:BTC-USDT delta -1->-1" + LEVELS + " OKX=831078360" + TIMES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"''", ",'checksum':0", ",'checksum':0,'seqId':5", ",'seqId':5,'prevSeqId':-1"},
      quoteCharacter = '`')
  void anUpdateThatNothingChecksIsRefused(String fields) {
    String message = BOOK.formatted("books", "update", fields.equals("''") ? "" : fields);
    assertThat(okx.refusal(message)).isEqualTo("missing-field");
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
        "{'event':'subscribe','arg':{'channel':'books','instId':'X'}} | unrecognised-message",
        "{'arg':{'channel':'tickers','instId':'X'},'action':'update','data':[{'asks':[],'bids':[],'checksum':1}]} | unrecognised-message",
        "{'arg':{'channel':'books','instId':'X'},'action':'replace','data':[{'asks':[],'bids':[],'checksum':1}]} | unrecognised-message",
        "{'arg':{'channel':'books','instId':'X'},'action':'update','data':[{'asks':[],'checksum':1}]} | missing-field",
        "{'arg':{'channel':'books','instId':'X'},'action':'update','data':[{'asks':[],'bids':[],'checksum':1},{'asks':[],'checksum':1}]} | missing-field",
        "{'arg':{'channel':'books','instId':'X'},'action':'update','data':[{'asks':[],'bids':[],'checksum':2147483648}]} | number-out-of-range",
        "{'arg':{'channel':'books','instId':'X'},'action':'update','data':[{'asks':[],'bids':[],'checksum':'1'}]} | unexpected-shape",
        "{'arg':{'channel':'books','instId':'X'},'action':'update','data':[{'asks':[],'bids':[],'seqId':-2,'prevSeqId':1}]} | not-a-whole-number",
        "{'arg':{'channel':'books','instId':'X'},'action':'update','data':[{'asks':[],'bids':[],'seqId':'x','prevSeqId':1}]} | not-a-whole-number",
        "{'arg':{'channel':'books','instId':'X'},'action':'update','data':[{'asks':[],'bids':[['0','1']],'checksum':1}]} | price-not-positive",
        "{'arg':{'channel':'books','instId':'X'},'action':'update','data':[{'asks':[],'bids':[],'ts':'17','checksum':1}]} | bad-timestamp",
        "{'arg':{'channel':'books','instId':'X'},'action':'update','data':{}} | unexpected-shape",
        "{'arg':{'channel':'trades','instId':'X'},'action':'update','data':[{'px':'1','side':'buy'}]} | quantity-not-positive",
        "{'arg':{'channel':'trades','instId':'X'},'action':'update','data':[{'sz':'1','side':'buy'}]} | price-not-positive"
      })
  void refusesEverythingElse(String message, String reason) {
    assertThat(okx.refusal(message)).isEqualTo(reason);
  }
}
