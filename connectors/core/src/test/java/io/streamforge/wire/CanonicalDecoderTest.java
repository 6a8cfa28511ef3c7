package io.streamforge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalDecoderTest {
  private static final long RECEIVED = 1_723_161_255_500_000L;

  private final Decoding canonical = new Decoding("streamforge");

  @Test
  void readsTheTradeOfTheContract() {
    assertThat(
            canonical.events(
                null,
                """
                {"type":"trade","venue":"acme","symbol":"BTCUSDT","trade_id":"42","price":"61837.63",\
                "quantity":"0.02","side":"sell","event_time_us":1723161255342000}""",
                RECEIVED))
        .containsExactly(
            "acme:BTCUSDT trade SELL 61837.63 x 0.02 UNORDERED 42"
                + " event=1723161255342000 effective=1723161255342000");
  }

  /** Numbers are themselves; of any other text the id is the hash FNV-1a. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "42,UNORDERED 42",
        "\"42\",UNORDERED 42",
        "\"0\",UNORDERED 0",
        "\"042\",UNORDERED 5652400265967791625",
        "-1,UNORDERED 562962081143836971",
        "\"999999999999999999\",UNORDERED 999999999999999999",
        "9223372036854775808,UNORDERED -590260884831411150",
        "\"a\",UNORDERED -5808556873153909620",
        "\"\",none",
        "null,none"
      })
  void anIdIsANumberOrAnyText(String id, String read) {
    String message = "{'type':'trade','venue':'v','price':1,'quantity':2,'trade_id':%s}";
    assertThat(canonical.events("S", message.formatted(id)))
        .containsExactly(
            "v:S trade UNKNOWN 1 x 2%s event=1723161256000000 effective=1723161256000000"
                .formatted(read == null ? "" : " " + read));
  }

  @Test
  void readsTheSnapshotOfTheContract() {
    assertThat(
            canonical.events(
                null,
                """
                {"type":"book","venue":"acme","symbol":"BTCUSDT","snapshot":true,"sequence":7,\
                "bids":[["61837.63","3.78826"]],"asks":[["61837.64","1.5"]],\
                "event_time_us":1723161255342000}""",
                RECEIVED))
        .containsExactly(
            "acme:BTCUSDT snapshot 7 depth=0 complete=true,true bids=[61837.63 x 3.78826]"
                + " asks=[61837.64 x 1.5] event=1723161255342000 effective=1723161255342000");
  }

  @Test
  void readsTheDeltaOfTheContract() {
    assertThat(
            canonical.events(
                null,
                """
                {"type":"book","venue":"acme","symbol":"BTCUSDT","snapshot":false,\
                "previous_sequence":7,"sequence":9,"bids":[["61837.63","0"]],"asks":[],\
                "event_time_us":1723161255442000}""",
                RECEIVED))
        .containsExactly(
            "acme:BTCUSDT delta 7->9 bids=[61837.63 x 0] asks=[]"
                + " event=1723161255442000 effective=1723161255442000");
  }

  @ParameterizedTest
  @CsvSource({"'buy',BUY", "'sell',SELL", "'?',UNKNOWN"})
  void readsTheAggressorsSide(String side, String read) {
    assertThat(
            canonical.events(
                "{'type':'trade','venue':'v','symbol':'S','price':1,'quantity':2,'side':'"
                    + side
                    + "'}"))
        .containsExactly(
            "v:S trade " + read + " 1 x 2 event=1723161256000000 effective=1723161256000000");
  }

  @Test
  void theKeyNamesTheSymbolWhereTheBodyDoesNot() {
    String message = "{'type':'trade','venue':'v','price':1,'quantity':2}";
    assertThat(canonical.events("S", message).get(0)).startsWith("v:S trade UNKNOWN ");
    assertThat(canonical.refusal(null, message)).isEqualTo("no-symbol");
  }

  @Test
  void aBookWithoutATimeCountsWhenItWasReceived() {
    assertThat(
            canonical.events(
                "{'type':'book','venue':'v','symbol':'S','snapshot':true,'bids':[],'asks':[]}"))
        .containsExactly(
            "v:S restart -1 depth=0 complete=true,true bids=[] asks=[] untimed"
                + " event=1723161256000000 effective=1723161256000000");
  }

  @Test
  void aLevelThatCannotBeReadLeavesItsNeighbours() {
    assertThat(
            canonical.flawed(
                "not-a-number",
                """
                {'type':'book','venue':'v','symbol':'S','snapshot':true,'bids':[['2','1'],['x','1']],
                'asks':[['0','1'],['3','1']],'event_time_us':1723161255900000}"""))
        .containsExactly(
            "v:S restart -1 depth=0 complete=true,true bids=[2 x 1] asks=[3 x 1] flawed"
                + " event=1723161255900000 effective=1723161255900000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "9", "acme-2.eu", "0-", "a."})
  void aVenueIsOfSmallLettersDigitsDotsAndHyphens(String venue) {
    String trade = "{'type':'trade','venue':'%s','symbol':'S','price':1,'quantity':1}";
    assertThat(canonical.events(trade.formatted(venue)).get(0)).startsWith(venue + ":S trade ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=HYPERLINK(A1)",
        "+1+1",
        "@SUM(A1)",
        "-2+3",
        ".a",
        "-a",
        "A",
        "a b",
        "a_b",
        "\u0430",
        "v\u0661"
      })
  void noOtherVenueIsTaken(String venue) {
    String trade = "{'type':'trade','venue':'%s','symbol':'S','price':1,'quantity':1}";
    assertThat(canonical.refusal(trade.formatted(venue))).isEqualTo("bad-venue");
    assertThat(canonical.refusal(trade.formatted("v".repeat(129)))).isEqualTo("bad-venue");
    assertThat(canonical.events(trade.formatted("v".repeat(128)))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'venue':'v'} | unrecognised-message",
        "{'type':'quote','venue':'v'} | unrecognised-message",
        "{'type':'trade','price':1,'quantity':1} | no-venue",
        "{'type':'trade','venue':'','price':1,'quantity':1} | no-venue",
        "{'type':'trade','venue':'a:b','price':1,'quantity':1} | bad-venue",
        "{'type':'trade','venue':'a\\n','price':1,'quantity':1} | bad-venue",
        "{'type':'trade','venue':'v','symbol':''} | no-symbol",
        "{'type':'trade','venue':'v','quantity':1} | price-not-positive",
        "{'type':'trade','venue':'v','price':1} | quantity-not-positive",
        "{'type':'trade','venue':'v','price':1,'quantity':1,'trade_id':{}} | unexpected-shape",
        "{'type':'trade','venue':'v','price':1,'quantity':1,'trade_id':1.5} | unexpected-shape",
        "{'type':'trade','venue':'v','price':1,'quantity':1,'side':null} | unexpected-shape",
        "{'type':'trade','venue':'v','price':1,'quantity':1,'event_time_us':5} | bad-timestamp",
        "{'type':'trade','venue':'v','price':1,'quantity':1,'event_time_us':null} | not-a-number",
        "{'type':'trade','venue':'v','price':1,'quantity':1,'event_time_us':1723161266000001} | event-time-in-future",
        "{'type':'book','venue':'v','sequence':2,'bids':[],'asks':[]} | missing-field",
        "{'type':'book','venue':'v','previous_sequence':2,'bids':[],'asks':[]} | missing-field",
        "{'type':'book','venue':'v','snapshot':true,'sequence':2,'bids':[]} | missing-field",
        "{'type':'book','venue':'v','snapshot':true,'sequence':2,'asks':[]} | missing-field",
        "{'type':'book','venue':'v','snapshot':1,'bids':[],'asks':[]} | unexpected-shape",
        "{'type':'book','venue':'v','sequence':-2} | not-a-whole-number",
        "{'type':'book','venue':'v','bids':{}} | unexpected-shape",
        "{'type':7} | unexpected-shape",
        "[] | unexpected-shape"
      })
  void refusesEverythingElse(String message, String reason) {
    assertThat(canonical.refusal(message)).isEqualTo(reason);
  }
}
