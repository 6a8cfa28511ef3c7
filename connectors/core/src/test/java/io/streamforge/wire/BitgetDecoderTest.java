package io.streamforge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BitgetDecoderTest {
  private static final String BOOK =
      """
      {'action':'%s','arg':{'instType':'SPOT','channel':'books','instId':'BTCUSDT'},'data':[{
      'asks':[['27000.5','8.760']],'bids':[['27000.0','2.71'],['26999.5','0']],
      'checksum':%s,'seq':1304314508780744705,'ts':'1723161255708'}],'ts':1723161255999}""";

  private static final String LEVELS = " bids=[27000.0 x 2.71, 26999.5 x 0] asks=[27000.5 x 8.760]";
  private static final String TIMES = " event=1723161255708000 effective=1723161255708000";

  private final Decoding bitget = new Decoding("bitget");

  @Test
  void aSnapshotBeginsTheStreamAnew() {
    assertThat(bitget.events(BOOK.formatted("snapshot", "-855196043")))
        .containsExactly(
            "bitget:BTCUSDT restart 1304314508780744705 depth=400 complete=true,true"
                + LEVELS
                + " OKX=3439771253"
                + TIMES);
  }

  /** Its number tells what is older, not what is missing: so it needs the checksum. */
  @Test
  void anUpdateIsNotSaidToFollowAnything() {
    assertThat(bitget.events(BOOK.formatted("update", "5")))
        .containsExactly(
            "bitget:BTCUSDT delta -1->1304314508780744705" + LEVELS + " OKX=5" + TIMES);
    assertThat(bitget.refusal(BOOK.formatted("update", "0"))).isEqualTo("missing-field");
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
            "bitget:BTCUSDT trade SELL 26293.4 x 0.0013 UNORDERED 1000000000" + TIMES,
            "bitget:BTCUSDT trade BUY 26293.5 x 2.0 UNORDERED 1000000001" + TIMES);
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
        "{'arg':{'channel':'books5','instId':'X'},'action':'update','data':[{'asks':[],'bids':[],'checksum':1}]} | unrecognised-message",
        "{'arg':{'channel':'books','instId':'X'},'action':'update','data':[{'bids':[],'checksum':1}]} | missing-field",
        "{'arg':{'channel':'books','instId':'X'},'action':'update','data':[{'asks':[],'bids':[],'seq':18446744073709551616,'checksum':1}]} | malformed-json",
        "{'arg':{'channel':'books','instId':'X'},'action':'update','data':[{'asks':[],'bids':[],'seq':'18446744073709551616','checksum':1}]} | not-a-whole-number",
        "{'arg':{'channel':'trade','instId':'X'},'action':'update','data':[{'price':'1','side':'buy'}]} | quantity-not-positive"
      })
  void refusesEverythingElse(String message, String reason) {
    assertThat(bitget.refusal(message)).isEqualTo(reason);
  }
}
