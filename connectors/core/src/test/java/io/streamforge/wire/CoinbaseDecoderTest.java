package io.streamforge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
  @ValueSource(
      strings = {
        "{'channel':'subscriptions','timestamp':'2024-08-08T23:54:15.708Z','sequence_num':1,'events':[{'subscriptions':{'level2':['BTC-USD']}}]}",
        "{'channel':'heartbeats','timestamp':'2024-08-08T23:54:15.708Z','events':[{'current_time':'2024-08-08 23:54:15.7 +0000 UTC m=+91717.5','heartbeat_counter':3049}]}",
        "{'channel':'status','timestamp':'2024-08-08T23:54:15.708Z','events':[{'type':'snapshot','products':[]}]}",
        "{'channel':'ticker','timestamp':'x','events':[{'type':'update','tickers':[{'price':'1'}]}]}",
        "{'type':'error','message':'authentication failure'}"
      })
  void whatIsNeitherBookNorTradeIsUnused(String message) {
    assertThat(coinbase.unused(message)).isTrue();
  }

  @Test
  void withoutATimeABookCountsWhenItWasReceived() {
    assertThat(
            coinbase.events(
                "{'channel':'l2_data','events':[{'type':'update','product_id':'X','updates':[]}]}"))
        .containsExactly(
            "coinbase:X delta -1->-1 bids=[] asks=[] untimed"
                + " event=1723161256000000 effective=1723161256000000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'side':'bid','new_quantity':'1'} | missing-field",
        "{'side':'bid','price_level':'1'} | missing-field",
        "{'price_level':'1','new_quantity':'1'} | missing-field",
        "{'side':'ask','price_level':'1','new_quantity':'1'} | unrecognised-message",
        "{'side':'bid','price_level':'-1','new_quantity':'1','x':[{}]} | not-a-number",
        "7 | unexpected-shape"
      })
  void aLevelThatCannotBeReadLeavesItsNeighbours(String level, String reason) {
    assertThat(
            coinbase.flawed(
                reason,
                """
                {'channel':'l2_data','timestamp':'2024-08-08T23:54:15.708Z','events':[{'type':'update',
                'product_id':'X','updates':[{'side':'bid','price_level':'0','new_quantity':'9'},%s,
                {'side':'offer','price_level':'2','new_quantity':'3'}]}]}"""
                    .formatted(level)))
        .containsExactly("coinbase:X delta -1->-1 bids=[] asks=[2 x 3] flawed" + TIMES);
  }

  /** Its book has lost a message; those of the other products have not. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'update','product_id':'B-USD'} | B-USD | missing-field",
        "{'type':'copy','product_id':'B-USD','updates':[]} | B-USD | unrecognised-message",
        "{'product_id':'B-USD','type':[[7]],'updates':[]} | B-USD | unexpected-shape",
        "{'type':'update','updates':{}} | KEY | unexpected-shape",
        "{'type':'update','product_id':' ','updates':[]} | KEY | bad-symbol",
        "[] | KEY | unexpected-shape"
      })
  void aProductThatCannotBeReadLeavesItsNeighbours(String event, String lost, String reason) {
    String sound = "{'type':'update','product_id':'%s','updates':[]}";
    assertThat(
            coinbase.flawed(
                reason,
                "{'channel':'l2_data','timestamp':'2024-08-08T23:54:15.708Z','events':[%s,%s,%s]}"
                    .formatted(sound.formatted("A-USD"), event, sound.formatted("C-USD"))))
        .containsExactly(
            "coinbase:A-USD delta -1->-1 bids=[] asks=[]" + TIMES,
            "coinbase:%s unreadable bids=[] asks=[] untimed".formatted(lost)
                + " event=1723161256000000 effective=1723161256000000",
            "coinbase:C-USD delta -1->-1 bids=[] asks=[]" + TIMES);
  }

  @ParameterizedTest
  @CsvSource({"now,bad-timestamp", "2024-08-08T23:55:15.708Z,event-time-in-future"})
  void aTimeThatCannotBeReadIsMissingInEveryProduct(String time, String reason) {
    String lost =
        " unreadable bids=[] asks=[] untimed event=1723161256000000 effective=1723161256000000";
    assertThat(
            coinbase.flawed(
                reason,
                """
                {'channel':'l2_data','timestamp':'%s','events':[
                {'type':'update','product_id':'A-USD','updates':[]},
                {'type':'update','product_id':'B-USD','updates':[]}]}"""
                    .formatted(time)))
        .containsExactly("coinbase:A-USD" + lost, "coinbase:B-USD" + lost);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'price':'1'} | quantity-not-positive",
        "{'price':'1','size':'0','product_id':'X'} | quantity-not-positive",
        "{'price':'0','size':'1','product_id':'X'} | price-not-positive",
        "{'price':'0','size':'0','product_id':'X'} | price-not-positive",
        "{'price':'1','size':'1','time':'now'} | bad-timestamp",
        "{'price':'1','size':'1','time':'2024-08-08T23:55:15.708Z'} | event-time-in-future",
        "{'price':'1','size':'1','product_id':'\u3000'} | bad-symbol",
        "{'price':'1','size':'1','trade_id':'x','y':[[1]]} | not-a-number",
        "'text' | unexpected-shape"
      })
  void aTradeThatCannotBeReadLeavesItsNeighbours(String trade, String reason) {
    String sound =
        "{'product_id':'BTC-USD','trade_id':'%d','price':'1','size':'2','time':'2024-08-08T23:54:15.708Z','side':'SELL'}";
    assertThat(
            coinbase.flawed(
                reason,
                "{'channel':'market_trades','events':[{'trades':[%s,%s,%s]}]}"
                    .formatted(sound.formatted(3), trade, sound.formatted(1))))
        .containsExactly(
            "coinbase:BTC-USD trade BUY 1 x 2 CONSECUTIVE 1" + TIMES,
            "coinbase:BTC-USD trade BUY 1 x 2 CONSECUTIVE 3" + TIMES);
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
        "{'channel':'l2_data','timestamp':'2024-08-08T23:54:15.708Z','events':{}} | unexpected-shape",
        "{'channel':'market_trades','timestamp':'2024-08-08T23:54:15.708Z','events':[],'x':} | malformed-json"
      })
  void refusesEverythingElse(String message, String reason) {
    assertThat(coinbase.refusal(message)).isEqualTo(reason);
  }
}
