package io.streamforge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoinbaseDecoderTest {
  private static final String TIMES = " event=1723161255708000 effective=1723161255708000";

  private final Decoding coinbase = new Decoding("coinbase");

  @Test
  void readsEveryEventOfAMessage() {
    assertThat(
            coinbase.events(
                """
                {'channel':'l2_data','client_id':'','timestamp':'2024-08-08T23:54:15.708000504Z',
                'sequence_num':13,'events':[{'type':'snapshot','product_id':'BTC-USD','updates':[
                {'side':'bid','event_time':'2024-08-08T23:54:15.1Z','price_level':'65083.66','new_quantity':'0.10'},
                {'side':'offer','event_time':'2024-08-08T23:54:15.1Z','price_level':'65083.67','new_quantity':'2'}]},
                {'type':'update','product_id':'ETH-USD','updates':[
                {'side':'offer','event_time':'2024-08-08T23:54:15.1Z','price_level':'1919.38','new_quantity':'0'}]}]}"""))
        .containsExactly(
            "coinbase:BTC-USD restart -1 depth=0 complete=true,true bids=[65083.66 x 0.10]"
                + " asks=[65083.67 x 2]"
                + TIMES,
            "coinbase:ETH-USD delta -1->-1 bids=[] asks=[1919.38 x 0]" + TIMES);
  }

  @Test
  void theAggressorIsTheOtherSideThanTheMakersAndTheLastTradeIsTheOldest() {
    assertThat(
            coinbase.events(
                """
                {'channel':'market_trades','timestamp':'2024-08-08T23:54:15.9Z','sequence_num':0,
                'events':[{'type':'update','trades':[
                {'product_id':'BTC-USD','trade_id':'2','price':'65083.67','size':'0.01',
                'time':'2024-08-08T23:54:15.708Z','side':'SELL'},
                {'product_id':'ETH-USD','trade_id':'1','price':'1919.28','size':'1.50',
                'time':'2024-08-08T23:54:15.708Z','side':'BUY'}]}]}"""))
        .containsExactly(
            "coinbase:ETH-USD trade SELL 1919.28 x 1.50 CONSECUTIVE 1" + TIMES,
            "coinbase:BTC-USD trade BUY 65083.67 x 0.01 CONSECUTIVE 2" + TIMES);
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
        "{'events':[]} | unrecognised-message",
        "{'channel':'heartbeats','timestamp':'2024-08-08T23:54:15.708Z','events':[]} | unrecognised-message",
        "{'channel':'l2_data','timestamp':'2024-08-08T23:54:15.708Z','events':{}} | unexpected-shape",
        "{'channel':'l2_data','timestamp':'2024-08-08T23:54:15.708Z','events':[{'type':'update','product_id':'X'}]} | missing-field",
        "{'channel':'l2_data','timestamp':'2024-08-08T23:54:15.708Z','events':[{'type':'copy','product_id':'X','updates':[]}]} | unrecognised-message",
        "{'channel':'l2_data','timestamp':'2024-08-08T23:54:15.708Z','events':[{'type':'update','updates':[{'side':'bid','new_quantity':'1'}]}]} | price-not-positive",
        "{'channel':'l2_data','timestamp':'2024-08-08T23:54:15.708Z','events':[{'type':'update','updates':[{'side':'bid','price_level':'1'}]}]} | missing-field",
        "{'channel':'l2_data','timestamp':'2024-08-08T23:54:15.708Z','events':[{'type':'update','updates':[{'price_level':'1','new_quantity':'1'}]}]} | missing-field",
        "{'channel':'l2_data','timestamp':'2024-08-08T23:54:15.708Z','events':[{'type':'update','updates':[{'side':'ask','price_level':'1','new_quantity':'1'}]}]} | unrecognised-message",
        "{'channel':'market_trades','timestamp':'2024-08-08T23:54:15.708Z','events':[{'type':'update'}]} | missing-field",
        "{'channel':'market_trades','timestamp':'2024-08-08T23:54:15.708Z','events':[{'trades':[{'price':'1'}]}]} | quantity-not-positive",
        "{'channel':'market_trades','timestamp':'2024-08-08T23:54:15.708Z','events':[{'trades':[{'price':'1','size':'1','time':'now'}]}]} | bad-timestamp"
      })
  void refusesEverythingElse(String message, String reason) {
    assertThat(coinbase.refusal(message)).isEqualTo(reason);
  }
}
