package io.streamforge.testkit.exchange.venue;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.testkit.exchange.ExchangeSetup;
import io.streamforge.testkit.exchange.FakeExchange;
import io.streamforge.testkit.reference.PlainBook;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinanceSpotExchangeTest {
  private static final ExchangeSetup QUICK = ExchangeSetup.standard().withSpeed(150).withTls(false);

  private static List<RawMessage> recording;

  @BeforeAll
  static void read() throws Exception {
    recording = RecordingFile.read("binance-spot-3");
  }

  private static FakeExchange start(ExchangeSetup setup) {
    return FakeVenues.start("binance-spot", recording, setup);
  }

  private static boolean isOfStream(RawMessage message) {
    return message.value().startsWith("{\"stream\"");
  }

  private static String streams(List<RawMessage> messages) {
    return messages.stream()
        .filter(BinanceSpotExchangeTest::isOfStream)
        .map(message -> message.value().replaceFirst(".\"stream\":\"([^\"]+).*", "$1"))
        .distinct()
        .collect(Collectors.joining("/"));
  }

  @ParameterizedTest
  @CsvSource({"binance-spot, binance-spot-3, BTCUSDT", "binance-us, binance-us-10, ETHBTC"})
  void playsTheRecordingToWhoeverSubscribes(String venue, String name, String symbol)
      throws Exception {
    List<RawMessage> messages = RecordingFile.read(name);
    List<String> texts =
        messages.stream()
            .filter(BinanceSpotExchangeTest::isOfStream)
            .map(RawMessage::value)
            .toList();
    try (FakeExchange exchange = FakeVenues.start(venue, messages, QUICK.withTls(true))) {
      ExchangeClient client =
          ExchangeClient.connect(exchange, "/stream?streams=" + streams(messages));
      client.await("\"depthUpdate\"");
      String whole =
          ExchangeClient.get(exchange, "/api/v3/depth?limit=5000&symbol=" + symbol).body();
      client.await(texts.get(texts.size() - 1)::equals);

      assertThat(client.seen()).isEqualTo(texts);
      List<String> loaded = new ArrayList<>(texts);
      loaded.removeIf(text -> !text.contains("\"s\":\"" + symbol + "\",\"U\":"));
      loaded.add(positionOf(whole, loaded), whole);
      PlainBook recorded = BookComparison.recorded(messages, symbol);
      BookComparison.assertSame(BookComparison.received(venue, loaded, symbol), recorded, 20);
      String end = ExchangeClient.get(exchange, "/api/v3/depth?limit=20&symbol=" + symbol).body();
      BookComparison.assertSame(BookComparison.received(venue, List.of(end), symbol), recorded, 20);
      assertThat(exchange.violations()).isEmpty();
    }
  }

  /** Behind the deltas that a whole book has; it may end within the one after them. */
  private static int positionOf(String whole, List<String> deltas) {
    long id = number(whole, "lastUpdateId");
    int position = 0;
    while (position < deltas.size() && number(deltas.get(position), "u") <= id) {
      position++;
    }
    return position;
  }

  private static long number(String text, String field) {
    return Long.parseLong(text.replaceFirst(".*\"" + field + "\":(\\d+).*", "$1"));
  }

  @Test
  void aRawStreamHasTheDataAlone() throws Exception {
    try (FakeExchange exchange = start(QUICK.withToday(true))) {
      ExchangeClient client = ExchangeClient.connect(exchange, "/ws");
      client.send("{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@depth@100ms\"],\"id\":1}");
      client.await("{\"result\":null,\"id\":1}"::equals);
      String data = client.await("depthUpdate");
      assertThat(data).startsWith("{\"e\":\"depthUpdate\",\"E\":");
      long time = Long.parseLong(data.replaceFirst(".*\"E\":(\\d{13}).*", "$1"));
      assertThat(Math.abs(time - System.currentTimeMillis())).isLessThan(120_000);
      client.send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":\"a\"}");
      client.await("{\"result\":[\"btcusdt@depth@100ms\"],\"id\":\"a\"}"::equals);
      client.send("{\"method\":\"UNSUBSCRIBE\",\"params\":[\"btcusdt@depth@100ms\"]}");
      client.await("{\"error\":{\"code\":2,\"msg\":\"Invalid request: request ID must be");
      exchange.faults().notice();
      client.await("{\"e\":\"serverShutdown\",\"E\":");
    }
  }

  @Test
  void disconnectsWhoSendsTooMuchOrNoPong() throws Exception {
    ExchangeSetup slow = QUICK.withSpeed(1).withPingEvery(Duration.ofSeconds(1));
    try (FakeExchange exchange = start(slow)) {
      ExchangeClient deaf = ExchangeClient.deaf(exchange, "/ws");
      ExchangeClient client = ExchangeClient.connect(exchange, "/ws");
      for (int i = 0; i < 6; i++) {
        client.send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":" + i + "}");
      }
      assertThat(client.end()).isEqualTo("1008 Too many requests");
      ExchangeClient well = ExchangeClient.connect(exchange, "/ws/btcusdt@depth@100ms");
      well.await(text -> exchange.violations().size() > 1);
      assertThat(exchange.violations().get(1)).isEqualTo("sent no pong for 3 pings");
      assertThat(well.pings()).isGreaterThan(1);
      deaf.abort();
    }
  }

  @Test
  void countsTheWeightOfRequests() throws Exception {
    try (FakeExchange exchange = start(QUICK)) {
      String path = "/api/v3/depth?limit=5000&symbol=BTCUSDT";
      HttpResponse<String> answer = ExchangeClient.get(exchange, path);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("x-mbx-used-weight-1m")).contains("250");
      while (answer.statusCode() == 200) {
        answer = ExchangeClient.get(exchange, path);
      }
      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.body()).startsWith("{\"code\":-1003,\"msg\":\"Too much request weight");
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      while (answer.statusCode() == 429) {
        answer = ExchangeClient.get(exchange, path);
      }
      assertThat(answer.statusCode()).isEqualTo(418);
      assertThat(answer.body()).contains("IP banned until");
    }
  }

  @Test
  void failsInItsRest() throws Exception {
    try (FakeExchange exchange = start(QUICK)) {
      assertThat(ExchangeClient.get(exchange, "/api/v3/depth?symbol=NOPE").body())
          .isEqualTo("{\"code\":-1121,\"msg\":\"Invalid symbol.\"}");
      exchange.faults().rest(418, Map.of("Retry-After", "2"), "{}", 1);
      assertThat(ExchangeClient.get(exchange, "/api/v3/time").statusCode()).isEqualTo(418);
      exchange.faults().html();
      assertThat(ExchangeClient.get(exchange, "/api/v3/time").body()).contains("<html>");
      exchange.faults().clear();
      exchange.faults().delist("BTCUSDT");
      assertThat(ExchangeClient.get(exchange, "/api/v3/exchangeInfo").body())
          .contains("\"symbol\":\"ETHUSDT\",\"status\":\"TRADING\"")
          .doesNotContain("BTCUSDT");
      exchange.faults().newListing("BTCUSDT");
      exchange.play();
      while (!exchange.ended()) {
        Thread.onSpinWait();
      }
      String depth = "/api/v3/depth?limit=5&symbol=BTCUSDT";
      String now = ExchangeClient.get(exchange, depth).body();
      exchange.faults().staleRest(Duration.ofDays(1));
      assertThat(ExchangeClient.get(exchange, depth).body()).isNotEqualTo(now);
      assertThat(exchange.restRequests()).isEqualTo(6);
    }
  }
}
