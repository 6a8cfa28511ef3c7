package io.streamforge.loader.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.loader.feed.ScriptedVenue.Asked;
import io.streamforge.loader.feed.ScriptedVenue.Wire;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What connections, books and requests do together. */
class ShardTest {
  private static String delta(String symbol, long first, long last) {
    return "{\"stream\":\"x\",\"data\":{\"e\":\"depthUpdate\",\"E\":1787603059514,\"s\":\"%s\",\"U\":%d,\"u\":%d,\"b\":[],\"a\":[[\"9.0\",\"1.0\"]]}}"
        .formatted(symbol, first, last);
  }

  private static String whole(long number) {
    return "{\"lastUpdateId\":%d,\"bids\":[[\"1.0\",\"1.0\"]],\"asks\":[[\"2.0\",\"1.0\"]]}"
        .formatted(number);
  }

  private static String coinbase(String type, String product, int number) {
    return "{\"channel\":\"l2_data\",\"timestamp\":\"2026-08-09T21:05:48.483587501Z\",\"sequence_num\":%d,\"events\":[{\"type\":\"%s\",\"product_id\":\"%s\",\"updates\":[{\"side\":\"bid\",\"event_time\":\"2026-08-09T21:05:48.170326Z\",\"price_level\":\"65083.66\",\"new_quantity\":\"0.2\"}]}]}"
        .formatted(number, type, product);
  }

  @Test
  void aConnectionThatIsNotServedYetDoesNotStandInForAnother() {
    try (ScriptedVenue venue = new ScriptedVenue("binance-spot", 2, "BTCUSDT")) {
      Wire a = venue.wire(1);
      Wire b = venue.wire(2);
      venue.bring(a, "{\"result\":null,\"id\":1}");
      venue.bring(a, delta("BTCUSDT", 1, 2));
      venue.cut(a); // b has not acknowledged anything
      assertThat(venue.written.texts()).endsWith("disconnected");
      venue.bring(b, "{\"result\":null,\"id\":1}");
      venue.bring(b, delta("BTCUSDT", 3, 3));
      assertThat(venue.written.sessions()).hasSize(2);
    }
  }

  @Test
  void noticesThatFollowEachOtherLeaveOneConnection() {
    try (ScriptedVenue venue = new ScriptedVenue("binance-spot", 1, "BTCUSDT")) {
      String notice =
          "{\"stream\":\"!serverShutdown\",\"data\":{\"e\":\"serverShutdown\",\"E\":1770123456789}}";
      venue.bring(venue.wire(1), notice);
      venue.bring(venue.wire(2), notice);
      venue.bring(venue.wire(3), "{\"result\":null,\"id\":1}");
      await().atMost(Duration.ofSeconds(5)).until(() -> venue.openWires() == 1);
      assertThat(venue.wire(3).ended).isFalse();
    }
  }

  @Test
  void aTradeThatCannotBeReadCostsNothingAndAChangeItsBook() {
    try (ScriptedVenue venue = new ScriptedVenue("coinbase", 1, "BTC-USD", "ETH-USD")) {
      Wire wire = venue.wire(1);
      venue.bring(wire, coinbase("snapshot", "BTC-USD", 0));
      venue.bring(wire, coinbase("snapshot", "ETH-USD", 1));
      venue.bring(
          wire,
          "{\"channel\":\"market_trades\",\"timestamp\":\"2026-08-09T21:05:48Z\",\"sequence_num\":2,\"events\":[{\"type\":\"update\",\"trades\":[{\"product_id\":\"BTC-USD\",\"trade_id\":\"1\",\"price\":\"1e-19\",\"size\":\"1\",\"time\":\"2026-08-09T21:05:48Z\",\"side\":\"SELL\"}]}]}");
      assertThat(venue.written.texts()).hasSize(2);
      assertThat(wire.ended).isFalse();
      venue.bring(wire, coinbase("update", "BTC-USD", 3).replace("65083.66", "1e-19"));
      assertThat(wire.ended).isFalse();
      venue.bring(wire, coinbase("update", "ETH-USD", 4));
      assertThat(venue.written.texts()).endsWith(coinbase("update", "ETH-USD", 4));
    }
  }

  @Test
  void aHoleWhileABookIsAskedForAsksAgain() {
    try (ScriptedVenue venue = new ScriptedVenue("binance-spot", 1, "BTCUSDT")) {
      Wire wire = venue.wire(1);
      venue.bring(wire, delta("BTCUSDT", 10, 12));
      Asked first = venue.asked(1);
      venue.bring(wire, delta("BTCUSDT", 13, 13));
      venue.bring(wire, delta("BTCUSDT", 16, 16));
      venue.answer(first, whole(13));
      venue.answer(venue.asked(2), whole(16));
      assertThat(venue.written.texts()).endsWith(whole(16));
    }
  }

  @Test
  void eachRequestHoldsChangesBackForItsOwnTime() {
    try (ScriptedVenue venue = new ScriptedVenue("binance-spot", 1, "BTCUSDT")) {
      Wire wire = venue.wire(1);
      venue.bring(wire, delta("BTCUSDT", 10, 12));
      Asked first = venue.asked(1);
      long firstNanos = System.nanoTime();
      venue.answer(first, "no book"); // a second request follows within a second
      venue.asked(2);
      long secondNanos = System.nanoTime();
      Assumptions.assumeTrue(secondNanos - firstNanos > 200_000_000L); // it waits for up to 1 s
      venue.bring(wire, delta("BTCUSDT", 13, 13));
      await().until(() -> System.nanoTime() - firstNanos > 2_050_000_000L);
      int holds = venue.written.holds;
      Assumptions.assumeTrue(System.nanoTime() - secondNanos < 1_950_000_000L);
      assertThat(holds).isEqualTo(1);
    }
  }

  @Test
  void anAnswerOfBeforeTheSessionIsNotOfIt() {
    try (ScriptedVenue venue = new ScriptedVenue("binance-spot", 1, "BTCUSDT")) {
      venue.bring(venue.wire(1), delta("BTCUSDT", 10, 12));
      Asked first = venue.asked(1);
      venue.cut(venue.wire(1));
      venue.bring(venue.wire(2), delta("BTCUSDT", 100, 101));
      venue.answer(first, whole(101));
      assertThat(venue.written.texts()).doesNotContain(whole(101));
      venue.answer(venue.asked(2), whole(101));
      assertThat(venue.written.texts()).endsWith(whole(101));
    }
  }

  @Test
  void theOtherConnectionTakesOverAtOnceThoughTheBookWasJustSubscribedAgain() {
    try (ScriptedVenue venue = new ScriptedVenue("coinbase", 2, "BTC-USD")) {
      Wire a = venue.wire(1);
      Wire b = venue.wire(2);
      venue.bring(a, coinbase("snapshot", "BTC-USD", 0));
      venue.bring(b, coinbase("snapshot", "BTC-USD", 0));
      int before = b.texts.size();
      venue.cut(a);
      await()
          .atMost(Duration.ofSeconds(3))
          .until(
              () ->
                  b.texts.subList(before, b.texts.size()).stream()
                      .anyMatch(text -> text.contains("\"unsubscribe\"")));
    }
  }
}
