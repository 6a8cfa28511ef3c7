package io.streamforge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                + " bids=[14.80 x 1.00, 0.01 x 7] asks=[14.8024 x 12.77]"
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
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | unrecognised-message",
        "[] | unexpected-shape",
        "1 | unexpected-shape",
        "'text' | unexpected-shape",
        "{'type':'subscriptions','channels':[]} | unrecognised-message",
        "{'type':'snapshot','product_id':'X','asks':[]} | missing-field",
        "{'type':'l2update','product_id':'X'} | missing-field",
        "{'type':'l2update','product_id':'X','changes':[['bid','1','1']]} | unrecognised-message",
        "{'type':'l2update','product_id':'X','changes':[['buy','1']]} | not-a-number",
        "{'type':'l2update','product_id':'X','changes':[['buy']]} | not-a-number",
        "{'type':'l2update','product_id':'X','changes':[[]]} | unexpected-shape",
        "{'type':'l2update','product_id':'X','changes':{}} | unexpected-shape",
        "{'type':'match','product_id':'X','price':'1'} | quantity-not-positive"
      })
  void refusesEverythingElse(String message, String reason) {
    assertThat(pro.refusal(message)).isEqualTo(reason);
  }
}
