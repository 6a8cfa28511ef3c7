package io.streamforge.testkit.exchange.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.testkit.exchange.ExchangeSetup;
import io.streamforge.testkit.exchange.FakeExchange;
import io.streamforge.testkit.exchange.market.GeminiRetold;
import io.streamforge.testkit.reference.VenueMessages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GeminiExchangeTest {
  private static final String SUBSCRIBE =
      "{\"id\":1,\"method\":\"SUBSCRIBE\",\"params\":[\"ltcusd@depth@100ms\",\"ltcusd@trade\"]}";
  private static final String DEPTH =
      "{\"id\":\"d\",\"method\":\"depth\",\"params\":{\"symbol\":\"ltcusd\",\"limit\":5000}}";
  private static final ExchangeSetup QUICK =
      ExchangeSetup.standard().withSpeed(120).withTls(false).withWaitsForPlay(true);

  private static List<RawMessage> old;
  private static List<RawMessage> recording;
  private static List<String> texts;

  @BeforeAll
  static void read() throws Exception {
    old = RecordingFile.read("gemini-10");
    recording = GeminiRetold.of(old);
    texts =
        recording.stream()
            .filter(message -> message.key().equals("ltcusd"))
            .map(RawMessage::value)
            .filter(text -> !text.startsWith("{\"id\""))
            .toList();
  }

  private static FakeExchange start(ExchangeSetup setup) {
    return FakeVenues.start("gemini", recording, setup);
  }

  private static String last() {
    return texts.get(texts.size() - 1);
  }

  @Test
  void retellsTheMarketOfTheOldInterface() throws Exception {
    assertThat(recording).hasSameSizeAs(old);
    for (String symbol : List.of("LTCUSD", "SANDUSD")) {
      BookComparison.assertSame(
          BookComparison.recorded(recording, symbol.toLowerCase(Locale.ROOT)),
          BookComparison.recorded(old, symbol),
          Integer.MAX_VALUE);
    }
    for (int i = 0; i < old.size(); i++) {
      if (old.get(i).isTrade()) {
        assertThat(VenueMessages.trades(recording.get(i)).toString().toUpperCase(Locale.ROOT))
            .isEqualTo(VenueMessages.trades(old.get(i)).toString().toUpperCase(Locale.ROOT));
      }
    }
    assertThat(texts.get(1)).contains("\"U\":" + number(texts.get(0), "u") + ",");
    assertThatThrownBy(() -> FakeVenues.start("gemini", old, QUICK))
        .hasMessageContaining("GeminiRetold");
  }

  private static long number(String text, String name) {
    return Long.parseLong(text.replaceFirst(".*\"" + name + "\":(\\d+).*", "$1"));
  }

  @Test
  void playsTheRecordingToWhoeverSubscribes() throws Exception {
    try (FakeExchange exchange = start(QUICK)) {
      ExchangeClient client = ExchangeClient.connect(exchange, "");
      client.send(SUBSCRIBE);
      client.await("{\"id\":1,\"status\":200}"::equals);
      client.send(DEPTH);
      assertThat(client.await("lastUpdateId")).startsWith("{\"id\":\"d\",\"status\":200,");
      exchange.play();
      client.await("depthUpdate");
      ExchangeClient late = ExchangeClient.connect(exchange, "?snapshot=-1");
      late.send(SUBSCRIBE.replace("ltcusd@d", "LTCUSD@d"));
      String whole = late.await("depthUpdate");
      assertThat(number(whole, "U")).isEqualTo(number(whole, "u"));
      late.await("{\"id\":1,\"status\":200}"::equals);
      assertThat(late.await("depthUpdate")).contains("\"U\":" + number(whole, "u") + ",");
      client.await(last()::equals);
      late.await(last()::equals);

      List<String> seen = client.seen().subList(1, client.seen().size());
      assertThat(seen.subList(1, seen.size())).isEqualTo(texts);
      assertSameBook(seen);
      client.send(DEPTH);
      assertSameBook(List.of(client.await("lastUpdateId")));
      assertThat(exchange.violations()).isEmpty();
    }
  }

  private static void assertSameBook(List<String> seen) throws Exception {
    List<String> books = new ArrayList<>(seen);
    books.removeIf(text -> text.startsWith("{\"E\"")); // trades
    BookComparison.assertSame(
        BookComparison.received("gemini", books, "ltcusd"),
        BookComparison.recorded(recording, "ltcusd"),
        Integer.MAX_VALUE);
  }

  @Test
  void happensToday() throws Exception {
    try (FakeExchange exchange = start(QUICK.withToday(true).withWaitsForPlay(false))) {
      ExchangeClient client = ExchangeClient.connect(exchange, "?snapshot=3");
      client.send(SUBSCRIBE);
      for (int i = 0; i < 2; i++) {
        long ms = number(client.await("depthUpdate"), "E") / 1_000_000;
        assertThat(Math.abs(ms - System.currentTimeMillis())).isLessThan(120_000);
      }
      assertThat(client.seen().get(0).split("\\],\\[")).hasSizeLessThanOrEqualTo(5);
    }
  }

  @Test
  void answersWhatItDoesNotDo() throws Exception {
    try (FakeExchange exchange = start(QUICK)) {
      ExchangeClient client = ExchangeClient.connect(exchange, "");
      client.send(SUBSCRIBE.replace("ltcusd@trade", "nosuch@trade"));
      client.await(
          "{\"id\":1,\"status\":400,\"error\":{\"code\":-1013,"
              + "\"msg\":\"Invalid stream name: nosuch@trade\"}}");
      client.send("{\"id\":2,\"method\":\"list_subscriptions\"}");
      client.await("{\"id\":2,\"status\":200,\"result\":[]}"::equals);
      client.send("{\"id\":11,\"method\":\"bogus_method\"}");
      client.await("\"code\":-1020,\"msg\":\"Unsupported operation\"");
      client.send(DEPTH.replace("5000", "5001"));
      client.await("{\"id\":\"d\",\"status\":400,\"error\":{\"code\":-1013");
      client.send("{\"method\":\"ping\"}");
      client.await("{\"id\":null,\"status\":400");
      assertThat(exchange.violations()).hasSize(4);
      client.send("{\"id\":100,\"method\":\"ping\"}");
      client.await("{\"id\":100,\"status\":200}"::equals);
      client.send("{\"id\":\"c\",\"method\":\"conninfo\"}");
      client.await("\"rateLimitType\":\"REQUEST_WEIGHT\"");
      exchange.faults().newListing("newusd");
      assertThat(ExchangeClient.get(exchange, "/v1/symbols").body())
          .startsWith("[\"daiusd\"")
          .contains("newusd");
      assertThat(ExchangeClient.get(exchange, "/v1/symbols/details/newusd").body())
          .contains("\"base_currency\":\"NEW\"", "\"status\":\"open\"");
      assertThatThrownBy(() -> exchange.faults().notice()).hasMessageContaining("gemini");
      String many = "\"ltcusd@trade\",".repeat(GeminiSession.WEIGHT);
      client.send("{\"id\":3,\"method\":\"subscribe\",\"params\":[" + many + "\"ltcusd@trade\"]}");
      client.await("{\"id\":3,\"status\":429,\"error\":{\"code\":-1003");
    }
  }

  @Test
  void failsAndEndsWhoSendsNoPong() throws Exception {
    try (FakeExchange exchange = start(QUICK.withSpeed(20).withPingEvery(Duration.ofMillis(500)))) {
      ExchangeClient client = ExchangeClient.connect(exchange, "");
      exchange.faults().withholdAcknowledgements(1);
      client.send(SUBSCRIBE);
      client.send(SUBSCRIBE.replace("1,", "2,"));
      client.await("{\"id\":2,\"status\":200}"::equals);
      exchange.faults().loseNext(1);
      exchange.play();
      client.await(texts.get(1)::equals);
      assertThat(client.seen()).doesNotContain(texts.get(0));
      exchange.faults().big(20_000);
      assertThat(client.await("padding")).hasSize(20_000);
      ExchangeClient deaf = ExchangeClient.deaf(exchange, "");
      exchange.faults().staleRest(Duration.ofDays(1));
      client.send(DEPTH);
      assertThat(number(client.await("lastUpdateId"), "lastUpdateId"))
          .isEqualTo(number(texts.get(0), "U"));
      exchange.faults().delist("ltcusd");
      client.send("{\"id\":4,\"method\":\"unsubscribe\",\"params\":[\"ltcusd@trade\"]}");
      client.await("{\"id\":4,\"status\":200}"::equals);
      client.send(SUBSCRIBE);
      client.await("Invalid stream name: ltcusd@depth@100ms");
      client.send(SUBSCRIBE.replace("ltcusd", "linkusd"));
      client.await(text -> exchange.violations().contains("sent no pong for 3 pings"));
      assertThat(client.pings()).isPositive();
      deaf.abort();
    }
  }
}
