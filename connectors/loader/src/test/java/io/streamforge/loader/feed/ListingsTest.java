package io.streamforge.loader.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.loader.feed.ScriptedVenue.Wire;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a venue lists, and what becomes of the feed. */
class ListingsTest {
  private static String delta(String symbol, long number) {
    return "{\"stream\":\"x\",\"data\":{\"e\":\"depthUpdate\",\"E\":1787603059514,\"s\":\"%s\",\"U\":%d,\"u\":%d,\"b\":[],\"a\":[[\"9.0\",\"1.0\"]]}}"
        .formatted(symbol, number, number);
  }

  private static void awaitText(Wire wire, String method, String symbol) {
    await()
        .until(
            () ->
                wire.texts.stream()
                    .anyMatch(text -> text.contains(method) && text.contains(symbol)));
  }

  /** Changes wait for an answered request, for two seconds at most. */
  private static void awaitWritten(ScriptedVenue venue, String... texts) {
    await()
        .untilAsserted(
            () -> assertThat(List.copyOf(venue.written.texts())).containsSubsequence(texts));
  }

  @Test
  void aPatternFollowsWhatTheVenueLists() {
    try (ScriptedVenue venue = new ScriptedVenue("binance-spot", 1, "*USDT")) {
      venue.list("BTCUSDT", "ETHBTC");
      Wire wire = venue.wire(1);
      awaitText(wire, "\"SUBSCRIBE\"", "btcusdt@depth");
      assertThat(wire.texts).noneMatch(text -> text.contains("ethbtc"));
      venue.bring(wire, delta("BTCUSDT", 1));

      venue.list("BTCUSDT", "ETHBTC", "ETHUSDT");
      awaitText(wire, "\"SUBSCRIBE\"", "ethusdt@depth");

      venue.list("ETHUSDT");
      awaitText(wire, "\"UNSUBSCRIBE\"", "btcusdt@depth");
      venue.bring(wire, delta("BTCUSDT", 2)); // it is late
      assertThat(venue.written.texts()).containsExactly(delta("BTCUSDT", 1), "disconnected");

      int before = wire.texts.size();
      venue.list("BTCUSDT", "ETHUSDT");
      await().until(() -> wire.texts.size() > before);
      assertThat(wire.texts.get(wire.texts.size() - 1)).contains("btcusdt@depth");
      venue.bring(wire, delta("BTCUSDT", 7));
      awaitWritten(venue, "disconnected", delta("BTCUSDT", 7));
      assertThat(venue.written.sessions()).hasSize(2);
    }
  }

  /** Names that the venue never listed are as they were asked for: its list may be of a part. */
  @Test
  void aNamedSymbolEndsWhenItIsListedNoMore() {
    try (ScriptedVenue venue = new ScriptedVenue("binance-spot", 1, "BTCUSDT", "SECRET")) {
      Wire wire = venue.wire(1);
      venue.bring(wire, delta("BTCUSDT", 1));
      venue.bring(wire, delta("SECRET", 1));
      venue.list("BTCUSDT", "OTHER");
      venue.list(); // which says nothing
      awaitWritten(venue, delta("BTCUSDT", 1));
      venue.list("OTHER");
      awaitWritten(venue, "disconnected");
      venue.bring(wire, delta("SECRET", 2));
      awaitWritten(venue, delta("SECRET", 2));
      assertThat(venue.written.texts())
          .containsOnlyOnce("disconnected")
          .contains(delta("SECRET", 1), delta("SECRET", 2));
    }
  }
}
