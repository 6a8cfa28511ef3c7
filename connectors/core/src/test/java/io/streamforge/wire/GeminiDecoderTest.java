package io.streamforge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiDecoderTest {
  private static final String RECEIVED = " event=1723161256000000 effective=1723161256000000";

  private final Decoding gemini = new Decoding("gemini");

  @Test
  void theMessageWithTheLastTradesIsTheWholeBook() {
    assertThat(
            gemini.events(
                """
                {'type':'l2_updates','symbol':'ZECLTC','changes':[['buy','0.448','3.66354'],
                ['sell','0.997','1.75157']],'trades':[{'type':'trade','symbol':'ZECLTC',
                'event_id':24806272234,'timestamp':1723161255708,'price':'0.695',
                'quantity':'0.01601','side':'buy'}],'auction_events':[]}"""))
        .containsExactly(
            "gemini:ZECLTC restart -1 depth=0 complete=true,true bids=[0.448 x 3.66354]"
                + " asks=[0.997 x 1.75157]"
                + RECEIVED);
  }

  @Test
  void othersAreChanges() {
    assertThat(
            gemini.events(
                "{'type':'l2_updates','symbol':'ETHEUR','changes':[['buy','1779.45','0']]}"))
        .containsExactly("gemini:ETHEUR delta -1->-1 bids=[1779.45 x 0] asks=[]" + RECEIVED);
  }

  @Test
  void readsTradesAsTheTakerSideSays() {
    assertThat(
            gemini.events(
                """
                {'type':'trade','symbol':'SANDUSD','event_id':32076835383,'timestamp':1723161255708,
                'price':'0.68382','quantity':'1441.084855','side':'sell'}"""))
        .containsExactly(
            "gemini:SANDUSD trade SELL 0.68382 x 1441.084855 UNORDERED 32076835383"
                + " event=1723161255708000 effective=1723161255708000");
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
        "{'type':'heartbeat','timestamp':1723161255708} | unrecognised-message",
        "{'type':'l2_updates','symbol':'X'} | missing-field",
        "{'type':'l2_updates','symbol':'X','changes':[['bid','1','1']]} | unrecognised-message",
        "{'type':'l2_updates','symbol':'X','changes':[['buy','0','1']]} | price-not-positive",
        "{'type':'trade','symbol':'X','price':'1'} | quantity-not-positive",
        "{'type':'trade','symbol':'X','timestamp':5,'price':'1','quantity':'1'} | bad-timestamp"
      })
  void refusesEverythingElse(String message, String reason) {
    assertThat(gemini.refusal(message)).isEqualTo(reason);
  }
}
