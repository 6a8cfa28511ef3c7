package io.streamforge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BitstampDecoderTest {
  private static final String TIMES = " event=1723161255708001 effective=1723161255708001";
  private static final String ID = " UNORDERED 161009669";

  private final Decoding bitstamp = new Decoding("bitstamp");

  @Test
  void aSnapshotsSymbolIsTheKey() {
    assertThat(
            bitstamp.events(
                "xlmeur",
                """
                {'timestamp': '1723161255', 'microtimestamp': '1723161255708001',
                'bids': [['0.42481', '46803.03168003']], 'asks': [['0.42510', '1.50000000']]}"""))
        .containsExactly(
            "bitstamp:xlmeur snapshot 1723161255708001 depth=0 complete=true,true"
                + " bids=[0.42481 x 46803.03168003] asks=[0.42510 x 1.50000000]"
                + TIMES);
  }

  @Test
  void aChangeIsAsOldAsItsMicrotimestampAndFollowsNothing() {
    assertThat(
            bitstamp.events(
                """
                {'data':{'timestamp':'1723161255','microtimestamp':'1723161255708001',
                'bids':[['1518.84','0.00000000']],'asks':[]},'channel':'diff_order_book_ethgbp',
                'event':'data'}"""))
        .containsExactly(
            "bitstamp:ethgbp delta -1->1723161255708001 bids=[1518.84 x 0.00000000] asks=[]"
                + TIMES);
  }

  @ParameterizedTest
  @CsvSource({"0,BUY", "1,SELL", "2,UNKNOWN"})
  void theTypeIsTheTakersSide(int type, String side) {
    String trade =
        """
        {'channel': 'live_trades_linketh', 'data': {'amount': 7.1484, %s 'id': 161009669,
        'microtimestamp': '1723161255708001', %s 'price': 1.49e-02, 'timestamp': '1723161255',
        'type': %d}, 'event': 'trade'}""";
    assertThat(
            bitstamp.events(
                trade.formatted("'amount_str': '7.14844933',", "'price_str': '0.01495224',", type)))
        .containsExactly(
            "bitstamp:linketh trade " + side + " 0.01495224 x 7.14844933" + ID + TIMES);
    assertThat(bitstamp.events(trade.formatted("", "", type)))
        .containsExactly("bitstamp:linketh trade " + side + " 0.0149 x 7.1484" + ID + TIMES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'event':'bts:subscription_succeeded','channel':'diff_order_book_x','data':{}}",
        "{'event':'bts:heartbeat','channel':'','data':{'status':'success'}}",
        "{'event':'bts:request_reconnect','channel':'','data':''}",
        "{'event':'bts:error','channel':'','data':{'code':null,'message':'Bad subscription'}}",
        "{'data':{'microtimestamp':'1723161255708001','bids':[],'asks':[]},'channel':'order_book_x','event':'data'}",
        "{'data':{'id':7,'microtimestamp':'1723161255708001','price':1,'amount':1},'channel':'live_orders_x','event':'order_created'}"
      })
  void whatIsNeitherBookNorTradeIsUnused(String message) {
    assertThat(bitstamp.unused(message)).isTrue();
  }

  @Test
  void aBidOfPriceZeroIsLeftOutAndOneThatCannotBeReadIsAFlaw() {
    String snapshot =
        "{'microtimestamp':'1723161255708001','bids':[['1','2'],%s],'asks':[['3','4']]}";
    assertThat(bitstamp.events(snapshot.formatted("['0','1500.00000000']")))
        .containsExactly(
            "bitstamp:KEY snapshot 1723161255708001 depth=0 complete=true,true bids=[1 x 2]"
                + " asks=[3 x 4]"
                + TIMES);
    assertThat(bitstamp.flawed("not-a-number", snapshot.formatted("['-1','1']")))
        .containsExactly(
            "bitstamp:KEY snapshot 1723161255708001 depth=0 complete=true,true bids=[1 x 2]"
                + " asks=[3 x 4] flawed"
                + TIMES);
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
        "{'data':[]} | unexpected-shape",
        "{'data':{'data':{}}} | unexpected-shape",
        "{'data':{'microtimestamp':'1723161255708001','bids':[]},'channel':'diff_order_book_x','event':'data'} | missing-field",
        "{'data':{'bids':[],'asks':[]},'channel':'diff_order_book_x','event':'data'} | missing-field",
        "{'data':{'microtimestamp':'1723161255708001','bids':[],'asks':[]},'channel':'diff_order_book_','event':'data'} | no-symbol",
        "{'data':{'microtimestamp':'1723161255708001','price':1},'channel':'live_trades_x','event':'data'} | quantity-not-positive",
        "{'data':{'microtimestamp':'1723161255708001','price':1,'amount':1,'type':'x'},'channel':'live_trades_x','event':'data'} | not-a-number",
        "{'microtimestamp':'1723161255708001','bids':[]} | missing-field",
        "{'microtimestamp':'7','bids':[],'asks':[]} | bad-timestamp"
      })
  void refusesEverythingElse(String message, String reason) {
    assertThat(bitstamp.refusal(message)).isEqualTo(reason);
  }
}
