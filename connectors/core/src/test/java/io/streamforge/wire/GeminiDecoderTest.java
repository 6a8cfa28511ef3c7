package io.streamforge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiDecoderTest {
  private static final String RECEIVED = " event=1723161256000000 effective=1723161256000000";

  private final Decoding gemini = new Decoding("gemini");

  /** The field is one of the old interface's first message. */
  @Test
  void aDepthUpdateWithTradesIsADelta() {
    String update = "{'e':'depthUpdate','trades':[],'s':'x','E':%d,'U':500,'u':501,'b':[],'a':[]}";
    assertThat(gemini.events(update.formatted(Decoding.NOW)))
        .singleElement()
        .asString()
        .contains(" delta ");
  }

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
                + " asks=[0.997 x 1.75157] untimed"
                + RECEIVED);
  }

  @Test
  void othersAreChanges() {
    assertThat(
            gemini.events(
                "{'type':'l2_updates','symbol':'ETHEUR','changes':[['buy','1779.45','0']]}"))
        .containsExactly(
            "gemini:ETHEUR delta -1->-1 bids=[1779.45 x 0] asks=[] untimed" + RECEIVED);
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

  /** Of the interface of 2026, whose times are nanoseconds. */
  @Test
  void readsDepthUpdatesThatMayOverlap() {
    assertThat(
            gemini.events(
                """
                {'e':'depthUpdate','E':1723161255708505382,'s':'btcusd','U':12345677,'u':12345678,
                'b':[['45000.50','1.25000000'],['45000.25','0.00000000']],'a':[['45001.00','0.75']]}"""))
        .containsExactly(
            "gemini:btcusd delta 12345676->12345678 bids=[45000.50 x 1.25000000, 45000.25 x"
                + " 0.00000000] asks=[45001.00 x 0.75] overlapping"
                + " event=1723161255708505 effective=1723161255708505");
  }

  @Test
  void readsTheAnswerToARequestForDepth() {
    String book = "{'lastUpdateId':12345678,'bids':[['1','2']],'asks':[['3','4']]}";
    String read =
        "gemini:btcusd snapshot 12345678 depth=0 complete=true,true bids=[1 x 2] asks=[3 x 4]"
            + " untimed"
            + RECEIVED;
    assertThat(gemini.events("btcusd", "{'id':'1','status':200,'result':" + book + "}"))
        .containsExactly(read);
    assertThat(gemini.events("btcusd", book)).containsExactly(read);
    String five = String.join(",", Collections.nCopies(5, "['1','1']"));
    assertThat(gemini.events("{'lastUpdateId':7,'bids':[" + five + "],'asks':[]}"))
        .singleElement()
        .asString()
        .contains("complete=false,true");
  }

  @ParameterizedTest
  @CsvSource({"true,SELL", "false,BUY"})
  void readsTradesOfBothInterfaces(boolean buyerIsMaker, String side) {
    assertThat(
            gemini.events(
                """
                {'E':1723161255708600117,'s':'btcusd','t':2840140956529623,'p':'45001.00',
                'q':'0.5','m':%s}"""
                    .formatted(buyerIsMaker)))
        .containsExactly(
            "gemini:btcusd trade "
                + side
                + " 45001.00 x 0.5 UNORDERED 2840140956529623"
                + " event=1723161255708600 effective=1723161255708600");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'heartbeat','timestamp':1723161255708}",
        "{'type':'auction_open','symbol':'X','auction_time_ms':1723161255708}",
        "{'type':'auction_indicative','symbol':'X','result':'failure','indicative_price':'0'}",
        "{'type':'auction_result','symbol':'X','result':'success','price':'-'}",
        "{'type':'candles_1m_updates','symbol':'X','changes':[[1,2,3,4,5,6]]}",
        "{'id':'1','status':200}",
        "{'id':'1','status':200,'result':{}}",
        "{'id':'1','status':200,'result':['btcusd@trade']}",
        "{'id':'1','status':400,'error':{'code':-1013,'msg':'Invalid parameters'}}",
        "{'u':1751505576085,'E':1723161255708600117,'s':'btcusd','b':'45000.50','B':'1','a':'45001','A':'2'}",
        "{'e':'executionReport','E':1723161255708600117,'s':'btcusd','p':'x'}"
      })
  void whatIsNeitherBookNorTradeIsUnused(String message) {
    assertThat(gemini.unused(message)).isTrue();
  }

  @Test
  void aChangeThatCannotBeReadLeavesItsNeighbours() {
    String message =
        "{'type':'l2_updates','symbol':'X','changes':[['buy','1','2'],%s,['sell','3','4']]}";
    String read = "gemini:X delta -1->-1 bids=[1 x 2] asks=[3 x 4] untimed%s" + RECEIVED;
    assertThat(gemini.events(message.formatted("['buy','0','1']")))
        .containsExactly(read.formatted(""));
    for (String change : List.of("['bid','1','1']", "[7,[8]]")) {
      String reason = change.startsWith("[7") ? "unexpected-shape" : "unrecognised-message";
      assertThat(gemini.flawed(reason, message.formatted(change)))
          .containsExactly(read.formatted(" flawed"));
    }
    assertThat(gemini.flawed("not-a-number", message.formatted("['sell','1']")))
        .containsExactly(read.formatted(" flawed"));
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
        "{'type':'l2_updates','symbol':'X'} | missing-field",
        "{'e':'depthUpdate','s':'X','u':5,'b':[],'a':[]} | missing-field",
        "{'e':'depthUpdate','s':'X','U':5,'b':[],'a':[]} | missing-field",
        "{'e':'depthUpdate','s':'X','U':4,'u':5,'b':[]} | missing-field",
        "{'lastUpdateId':5,'bids':[]} | missing-field",
        "{'s':'X','E':1723161255708600117,'p':'0','q':'1'} | price-not-positive",
        "{'type':'trade','symbol':'X','price':'1'} | quantity-not-positive",
        "{'type':'trade','symbol':'X','timestamp':5,'price':'1','quantity':'1'} | bad-timestamp"
      })
  void refusesEverythingElse(String message, String reason) {
    assertThat(gemini.refusal(message)).isEqualTo(reason);
  }
}
