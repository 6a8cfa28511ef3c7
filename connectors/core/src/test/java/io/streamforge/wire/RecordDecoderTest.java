package io.streamforge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.EventText;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.Origin;
import io.streamforge.market.Trade;
import io.streamforge.topic.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of records of books that cannot be read; in messages ' stands for ". */
class RecordDecoderTest {
  private static final String BOOKS = "raw-orderbooks";
  private static final String LOST =
      " unreadable bids=[] asks=[] untimed event=%1$d effective=%1$d";

  private final RecordDecoder decoder =
      new RecordDecoder(new MessageDecoder(Decoding.TIME, 1 << 20), true, BOOKS);

  private List<String> decode(String topic, String venue, String key, String message) {
    byte[] bytes = message.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    RawRecord record =
        new RawRecord(
            topic,
            0,
            0,
            key == null ? null : key.getBytes(StandardCharsets.UTF_8),
            bytes,
            venue,
            Decoding.NOW);
    return decoder.decode(record).stream().map(EventText::of).toList();
  }

  private static String lost(String instrument) {
    return instrument + LOST.formatted(Decoding.NOW);
  }

  /** The body's instrument where it has named one, whatever the key. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "binance-spot | {'s':'BODY','e':'depthUpdate','E':5} | binance-spot:BODY | bad-timestamp",
        "binance-usdm | {'e':'depthUpdate','s':'BODY','T':1723161255708,'u':7,'b':[],'a':[]} | binance-usdm:BODY | missing-field",
        "binance-spot | {'s':'BODY','e':'depthUpdate' | binance-spot:BODY | malformed-json",
        "binance-spot | {'lastUpdateId':1,'bids':[]} | binance-spot:KEY | missing-field",
        "bitstamp | {'channel':'diff_order_book_body','event':'data','data':{'bids':[],'asks':[]}} | bitstamp:body | missing-field",
        "gemini | {'type':'l2_updates','symbol':'BODY'} | gemini:BODY | missing-field",
        "gemini | {'e':'depthUpdate','s':'body','U':1,'b':[],'a':[]} | gemini:body | missing-field",
        "coinbase-pro | {'type':'snapshot','product_id':'BODY','asks':[]} | coinbase-pro:BODY | missing-field",
        "coinbase | {'channel':'l2_data','events':[{'product_id':'BODY','type':'update','updates':[]}]]} | coinbase:BODY | malformed-json",
        "streamforge | {'venue':'acme','symbol':'BODY','type':'book','sequence':9223372036854775808,'bids':[],'asks':[]} | acme:BODY | number-out-of-range",
        "streamforge | {'venue':'acme','sequence':'x','symbol':'BODY'} | acme:BODY | not-a-number",
        "streamforge | {'bids':{'a':[1]},'asks':[],'sequence':'x','symbol':'BODY','venue':'acme'} | acme:BODY | unexpected-shape",
        "streamforge | {'bids':{},'symbol':'BODY','venue':'acme', | acme:BODY | unexpected-shape",
        "streamforge | {'type':'book','venue':'acme','symbol':'BODY','bids':[[ | acme:BODY | malformed-json",
        "streamforge | {'venue':'acme','symbol':'BODY','type':'book','sequence':1,'bids':[],'asks':[]} | acme:BODY | missing-field"
      })
  void aMessageThatCannotBeReadIsLostToItsInstrument(
      String venue, String message, String instrument, String reason) {
    assertThat(decode(BOOKS, venue, "KEY", message)).containsExactly(lost(instrument));
    assertThat(decoder.flaw()).isEqualTo(reason);
    assertThat(decoder.failed()).isFalse();
    assertThat(decode("raw-trades", venue, "KEY", message)).isEmpty();
    assertThat(decoder.flaw()).isEqualTo(reason);
  }

  @Test
  void aMessageOfSeveralProductsIsLostToEachThatItHasNamed() {
    assertThat(
            decode(
                BOOKS,
                "coinbase",
                "KEY",
                """
                {'channel':'l2_data','events':[{'type':'update','product_id':'A','updates':[]},
                {'type':'update','product_id':'B','updates':[]},
                {'type':'update','product_id':'A','updates':[}"""))
        .containsExactly(lost("coinbase:A"), lost("coinbase:B"));
    assertThat(decoder.flaw()).isEqualTo("malformed-json");
  }

  private static RawRecord record(byte[] value, String venue, long receiveTimeUs, String event) {
    byte[] key = "KEY".getBytes(StandardCharsets.UTF_8);
    return new RawRecord(
        "raw-orderbooks", 0, 0, key, value, venue, receiveTimeUs, null, 5, event, false);
  }

  @Test
  void aHeartbeatHasATimeAndNeitherValueNorEvent() {
    assertThat(RecordDecoder.isHeartbeat(record(null, null, Decoding.NOW, null))).isTrue();
    assertThat(RecordDecoder.isHeartbeat(record(new byte[0], null, Decoding.NOW, null))).isFalse();
    assertThat(RecordDecoder.isHeartbeat(record(null, null, RawRecord.NO_TIME, null))).isFalse();
    assertThat(RecordDecoder.isHeartbeat(record(null, null, Decoding.NOW, "disconnected")))
        .isFalse();
  }

  private List<String> event(String venue, long receiveTimeUs, String event) {
    return decoder.decode(record(null, venue, receiveTimeUs, event)).stream()
        .map(EventText::of)
        .toList();
  }

  @Test
  void aLostConnectionIsSaidOfTheBookOfTheKeyInEachOfTheVenuesMarkets() {
    assertThat(event("okx", Decoding.NOW, "disconnected"))
        .singleElement()
        .asString()
        .startsWith("okx:KEY disconnected");
    assertThat(decoder.flaw()).isNull();
    assertThat(decoder.unused()).isFalse();
    assertThat(event("bitget", Decoding.NOW, "disconnected"))
        .extracting(text -> text.substring(0, text.indexOf(" ")))
        .containsExactly(
            "bitget:KEY",
            "bitget-spot:KEY",
            "bitget-usdt-futures:KEY",
            "bitget-usdc-futures:KEY",
            "bitget-coin-futures:KEY");
    // A venue of the canonical feed, whose name stands in its messages alone.
    assertThat(event("acme", Decoding.NOW, "disconnected"))
        .singleElement()
        .asString()
        .startsWith("acme:KEY disconnected");
    assertThat(decoder.flaw()).isNull();
    assertThat(event("okx", Decoding.NOW, "restarted")).containsExactly(lost("okx:KEY"));
    assertThat(decoder.flaw()).isEqualTo("unknown-event");
    assertThat(event("ACME", Decoding.NOW, "disconnected")).isEmpty();
    assertThat(decoder.flaw()).isEqualTo("no-venue");
    assertThat(event(null, Decoding.NOW, "disconnected")).isEmpty();
    assertThat(decoder.flaw()).isEqualTo("no-venue");
    assertThat(event("okx", RawRecord.NO_TIME, "disconnected")).isEmpty();
    assertThat(decoder.flaw()).isEqualTo("bad-receive-time");
  }

  private static final String TRADES = "raw-trades";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "raw-trades | binance-spot | {'lastUpdateId':1,'bids':[],'asks':[]}",
        "raw-trades | streamforge | {'type':'book','venue':'acme','symbol':'S','snapshot':true,'bids':[],'asks':[],'event_time_us':1723161255708000}",
        "raw-trades | okx | {'arg':{'channel':'books','instId':'S'},'action':'snapshot','data':[{'bids':[],'asks':[],'ts':'1723161255708','checksum':0,'seqId':1,'prevSeqId':-1}]}",
        "raw-orderbooks | binance-spot | {'e':'trade','s':'S','p':'1','q':'2','T':1723161255708,'t':1}",
        "raw-orderbooks | okx | {'arg':{'channel':'trades','instId':'S'},'data':[{'instId':'S','tradeId':'1','px':'1','sz':'1','side':'buy','ts':'1723161255708'}]}"
      })
  void aMessageOfTheOtherTopicIsRefused(String topic, String venue, String message) {
    assertThat(decode(topic, venue, "K", message)).isEmpty();
    assertThat(decoder.flaw()).isEqualTo("wrong-topic");
    assertThat(decode(topic.equals(BOOKS) ? TRADES : BOOKS, venue, "K", message)).hasSize(1);
    assertThat(decoder.flaw()).isNull();
  }

  /** Fields of JSON may come twice, and each time mean something else. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "okx | {'arg':{'channel':'trades','instId':'S'},'data':[{'instId':'S','tradeId':'1','px':'1','sz':'1','side':'buy','ts':'1723161255708'}],'action':'snapshot','arg':{'channel':'books','instId':'S'},'data':[{'bids':[],'asks':[],'ts':'1723161255708','checksum':0,'seqId':1,'prevSeqId':-1}]}",
        "coinbase | {'timestamp':'2024-08-08T23:54:15Z','channel':'l2_data','events':[{'type':'snapshot','product_id':'S','updates':[{'side':'bid','event_time':'2024-08-08T23:54:15Z','price_level':'1','new_quantity':'1'}]}],'channel':'market_trades','events':[{'type':'update','trades':[{'trade_id':'1','product_id':'S','price':'1','size':'1','side':'BUY','time':'2024-08-08T23:54:15Z'}]}]}",
        "bybit-linear | {'topic':'publicTrade.S','type':'snapshot','ts':1723161255708,'data':[{'T':1723161255708,'s':'S','S':'Buy','v':'1','p':'1','i':'7'}],'topic':'orderbook.50.S','data':{'s':'S','b':[],'a':[],'u':1,'seq':1}}"
      })
  void aMessageThatHoldsBothIsReadForItsTopicAlone(String venue, String message) {
    for (String topic : List.of(TRADES, BOOKS)) {
      boolean books = topic.equals(BOOKS);
      assertThat(decoder.decode(recordOf(topic, venue, message)))
          .singleElement()
          .matches(event -> event instanceof BookUpdate == books);
      assertThat(decoder.flaw()).isEqualTo("wrong-topic");
    }
  }

  private static RawRecord recordOf(String topic, String venue, String message) {
    byte[] bytes = message.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    byte[] key = "K".getBytes(StandardCharsets.UTF_8);
    return new RawRecord(topic, 0, 0, key, bytes, venue, Decoding.NOW);
  }

  @Test
  void aLostConnectionOfTradesIsNoBooks() {
    byte[] key = "KEY".getBytes(StandardCharsets.UTF_8);
    RawRecord record =
        new RawRecord(
            TRADES, 0, 0, key, null, "okx", Decoding.NOW, null, 5, RawRecord.DISCONNECTED, false);
    assertThat(decoder.decode(record)).isEmpty();
    assertThat(decoder.flaw()).isEqualTo("wrong-topic");
  }

  @Test
  void anAcknowledgementMayComeWithTheTrades() {
    String subscribed =
        "{'method':'subscribe','success':true,'result':{'channel':'book','depth':10,'symbol':'S'}}";
    assertThat(decode(TRADES, "kraken", "K", subscribed)).isEmpty();
    assertThat(decoder.flaw()).isNull();
    assertThat(decoder.unused()).isTrue();
    assertThat(decode(BOOKS, "kraken", "K", subscribed)).hasSize(1);
  }

  @Test
  void countsAreOfTheLastRecordAlone() {
    String trade = "{'p':'1','q':'2','T':%d,'s':'S','t':1}";
    long nowMs = Decoding.NOW / 1000;
    assertThat(decode("raw-trades", "binance-spot", "K", trade.formatted(nowMs - 501))).hasSize(1);
    assertThat(decoder.lateEvents()).isOne();
    assertThat(decode("raw-trades", "binance-spot", "K", trade.formatted(nowMs - 10_001)))
        .isEmpty();
    assertThat(decoder.lateEvents()).isZero();
    assertThat(decoder.staleTrades()).isOne();
    assertThat(decode("raw-trades", "binance-spot", "K", "{'result':null,'id':1}")).isEmpty();
    assertThat(decoder.staleTrades()).isZero();
    assertThat(decoder.unused()).isTrue();
    assertThat(decode("raw-trades", "binance-spot", "K", trade.formatted(nowMs))).hasSize(1);
    assertThat(decoder.unused()).isFalse();
  }

  /** A book's session and trace are its record's. */
  @Test
  void aBookKnowsItsSession() {
    byte[] book =
        "{'lastUpdateId':1,'bids':[],'asks':[]}"
            .replace('\'', '"')
            .getBytes(StandardCharsets.UTF_8);
    MarketEvent read = decoder.decode(record(book, "binance-spot", Decoding.NOW, null)).get(0);
    assertThat(((BookUpdate) read).session()).isEqualTo(5);
  }

  @Test
  void whatTheLastMessageNamedSaysNothingOfTheNext() {
    assertThat(decode(BOOKS, "binance-spot", "KEY", "{'s':'BODY'}"))
        .containsExactly(lost("binance-spot:BODY"));
    assertThat(decode(BOOKS, "binance-spot", "KEY", "{")).containsExactly(lost("binance-spot:KEY"));
    assertThat(decode(BOOKS, "binance-spot", "KEY", "{'s':'BODY'}"))
        .containsExactly(lost("binance-spot:BODY"));
    assertThat(decode(BOOKS, "binance-spot", null, "{}")).isEmpty();
    assertThat(decoder.flaw()).isEqualTo("no-key");
    assertThat(decode(BOOKS, "binance-spot", "\u3000", "{}")).isEmpty();
    assertThat(decode(BOOKS, "nyse", "KEY", "{}")).isEmpty();
    assertThat(decoder.flaw()).isEqualTo("unknown-venue");
  }

  @Nested
  class Origins {
    private static final String TRADES =
        """
        {"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":1723161255709,"data":[\
        {"T":1723161255708,"s":"BTCUSDT","S":"Buy","v":"1","p":"10","i":"4a5b-6c"},\
        {"T":1723161255708,"s":"BTCUSDT","S":"Sell","v":"1","p":"x","i":"7"},\
        {"T":1723161255708,"s":"BTCUSDT","S":"Sell","v":"1","p":"10","i":"123"},\
        {"T":1723161255708,"s":"BTCUSDT","S":"Sell","v":"1","p":"10","i":"0123"}]}""";

    private List<MarketEvent> decode(boolean told, RawRecord record) {
      MessageDecoder messages = new MessageDecoder(Decoding.TIME, 1 << 20, told);
      return new RecordDecoder(messages, true, BOOKS).decode(record);
    }

    private RawRecord record(String topic, String value) {
      byte[] key = "BTCUSDT".getBytes(StandardCharsets.UTF_8);
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      return new RawRecord(topic, 3, 99, key, bytes, "bybit-linear", Decoding.NOW);
    }

    @Test
    void areToldWithTheIdsThatNumbersDoNotTell() {
      List<MarketEvent> events = decode(true, record("raw-trades", TRADES));
      assertThat(events)
          .extracting(event -> ((Trade) event).origin())
          .containsExactly(
              new Origin(Decoding.NOW, 3, 99, 0),
              new Origin(Decoding.NOW, 3, 99, 1),
              new Origin(Decoding.NOW, 3, 99, 2));
      assertThat(events)
          .extracting(event -> ((Trade) event).venueId())
          .containsExactly("4a5b-6c", null, "0123");
      assertThat(((Trade) events.get(1)).id()).isEqualTo(123);
    }

    @Test
    void areToldOfWhatCannotBeRead() {
      assertThat(decode(true, record(BOOKS, "{")))
          .extracting(event -> ((BookUpdate) event).origin())
          .containsExactly(new Origin(Decoding.NOW, 3, 99, 0));
    }

    @Test
    void areNotToldWhereNobodyAsks() {
      assertThat(decode(false, record("raw-trades", TRADES)))
          .hasSize(3)
          .allMatch(event -> ((Trade) event).origin() == null)
          .allMatch(event -> ((Trade) event).venueId() == null);
      assertThat(decode(false, record(BOOKS, "{")))
          .allMatch(event -> ((BookUpdate) event).origin() == null);
    }
  }
}
