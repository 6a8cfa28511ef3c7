package io.streamforge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoinbaseProDecoderTest {
  private static final String TIMES = " event=1723161255708000 effective=1723161255708000";

  private final Decoding pro = new Decoding("coinbase-pro");

  @Test
  void aSnapshotCountsWhenItWasReceived() {
    assertThat(
            pro.events(
                """
                {'type':'snapshot','product_id':'BAND-GBP','asks':[['14.8024','12.77']],
                'bids':[['14.80','1.00'],['0.01','7']]}"""))
        .containsExactly(
            "coinbase-pro:BAND-GBP restart -1 depth=0 complete=true,true"
                + " bids=[14.80 x 1.00, 0.01 x 7] asks=[14.8024 x 12.77] untimed"
                + " event=1723161256000000 effective=1723161256000000");
  }

  @Test
  void readsUpdates() {
    assertThat(
            pro.events(
                """
                {'type':'l2update','product_id':'SKL-BTC','changes':[['sell','0.00001306','660.5'],
                ['buy','0.00001300','0']],'time':'2024-08-08T23:54:15.708000Z'}"""))
        .containsExactly(
            "coinbase-pro:SKL-BTC delta -1->-1 bids=[0.00001300 x 0] asks=[0.00001306 x 660.5]"
                + TIMES);
  }

  @ParameterizedTest
  @CsvSource({"match,sell,BUY", "last_match,buy,SELL", "match,none,UNKNOWN"})
  void theAggressorIsTheOtherSideThanTheMakers(String type, String maker, String aggressor) {
    assertThat(
            pro.events(
                """
                {'type':'%s','trade_id':881613,'side':'%s','size':'0.04','price':'14.7775',
                'product_id':'BAND-GBP','sequence':333938798,'time':'2024-08-08T23:54:15.708000Z'}"""
                    .formatted(type, maker)))
        .containsExactly(
            "coinbase-pro:BAND-GBP trade "
                + aggressor
                + " 14.7775 x 0.04 CONSECUTIVE 881613"
                + TIMES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'subscriptions','channels':[{'name':'level2','product_ids':['BTC-USD']}]}",
        "{'type':'heartbeat','sequence':90,'last_trade_id':20,'product_id':'BTC-USD','time':'2024-08-08T23:54:15.708Z'}",
        "{'type':'ticker','product_id':'X','price':'-1','side':'buy','time':'x'}",
        "{'type':'received','order_type':'market','product_id':'X','price':null,'size':null}",
        "{'type':'status','products':[],'currencies':[]}",
        "{'type':'auction','product_id':'X','auction_price':'1'}",
        "{'type':'error','message':'Failed to subscribe','reason':'x'}"
      })
  void whatIsNeitherBookNorTradeIsUnused(String message) {
    assertThat(pro.unused(message)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "['bid','1','1'] | unrecognised-message",
        "['buy','1'] | not-a-number",
        "['buy'] | not-a-number",
        "[] | unexpected-shape",
        "['sell','1e40','1',[]] | number-out-of-range"
      })
  void aChangeThatCannotBeReadLeavesItsNeighbours(String change, String reason) {
    assertThat(
            pro.flawed(
                reason,
                """
                {'type':'l2update','product_id':'X','changes':[['buy','1','2'],%s,['sell','3','4'],
                ['buy','0','1']],'time':'2024-08-08T23:54:15.708000Z'}"""
                    .formatted(change)))
        .containsExactly("coinbase-pro:X delta -1->-1 bids=[1 x 2] asks=[3 x 4] flawed" + TIMES);
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
        "{'type':'snapshot','product_id':'X','asks':[]} | missing-field",
        "{'type':'l2update','product_id':'X'} | missing-field",
        "{'type':'l2update','product_id':'X','changes':{}} | unexpected-shape",
        "{'type':'match','product_id':'X','price':'1'} | quantity-not-positive"
      })
  void refusesEverythingElse(String message, String reason) {
    assertThat(pro.refusal(message)).isEqualTo(reason);
  }
}
