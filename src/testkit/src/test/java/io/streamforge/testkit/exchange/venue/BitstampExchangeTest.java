package io.streamforge.testkit.exchange.venue;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.testkit.exchange.ExchangeSetup;
import io.streamforge.testkit.exchange.FakeExchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BitstampExchangeTest {
  private static final ExchangeSetup QUICK = ExchangeSetup.standard().withSpeed(300).withTls(false);
  private static final String DEPTH = "/api/v2/order_book/bcheur/?group=1";

  private static List<RawMessage> recording;

  @BeforeAll
  static void read() throws Exception {
    recording = RecordingFile.read("bitstamp-10");
  }

  private static FakeExchange start(ExchangeSetup setup) {
    return FakeVenues.start("bitstamp", recording, setup);
  }

  private static String subscribe(String channel) {
    return "{\"event\":\"bts:subscribe\",\"data\":{\"channel\":\"" + channel + "\"}}";
  }

  private static String micros(String text) {
    return text.replaceFirst("(?s).*\"microtimestamp\": ?\"(\\d+)\".*", "$1");
  }

  @Test
  void playsTheRecordingToWhoeverSubscribes() throws Exception {
    List<String> texts =
        recording.stream()
            .filter(m -> m.key().equals("bcheur") && m.value().contains("\"event\""))
            .map(RawMessage::value)
            .toList();
    try (FakeExchange exchange = start(QUICK.withWaitsForPlay(true))) {
      ExchangeClient client = ExchangeClient.connect(exchange, "");
      client.send(subscribe("live_trades_bcheur"));
      client.send(subscribe("diff_order_book_bcheur"));
      client.await(
          "{\"event\":\"bts:subscription_succeeded\",\"channel\":\"diff_order_book_bcheur\","
              + "\"data\":{}}");
      exchange.play();
      client.await("\"diff_order_book_bcheur\",\"event\":\"data\"");
      String whole = ExchangeClient.get(exchange, DEPTH).body();
      client.await(texts.get(texts.size() - 1)::equals);

      assertThat(client.seen().subList(2, client.seen().size())).isEqualTo(texts);
      List<String> loaded = new ArrayList<>(List.of(whole));
      client.seen().stream().filter(t -> t.contains("\"data\":{\"timestamp")).forEach(loaded::add);
      loaded.removeIf(text -> micros(text).compareTo(micros(whole)) < 0);
      BookComparison.assertSame(
          BookComparison.received("bitstamp", loaded, "bcheur"),
          BookComparison.recorded(recording, "bcheur"),
          Integer.MAX_VALUE);
      assertThat(exchange.violations()).isEmpty();
    }
  }

  @Test
  void answersOverRest() throws Exception {
    try (FakeExchange exchange = start(QUICK.withSpeed(20).withToday(true))) {
      ExchangeClient client = ExchangeClient.connect(exchange, "");
      client.send(subscribe("diff_order_book_bcheur"));
      client.await("\"event\":\"data\"");
      long askedNanos = System.nanoTime();
      String first = ExchangeClient.get(exchange, DEPTH).body();
      assertThat(Math.abs(Long.parseLong(micros(first)) / 1000 - System.currentTimeMillis()))
          .isLessThan(120_000);
      client.await(text -> text.contains("data") && micros(text).compareTo(micros(first)) > 0);
      String again = ExchangeClient.get(exchange, DEPTH).body();
      if (System.nanoTime() - askedNanos < BitstampProtocol.FRESH) {
        assertThat(again).isEqualTo(first);
      }
      String newer = ExchangeClient.get(exchange, DEPTH + "&_=1").body();
      assertThat(micros(newer)).isGreaterThan(micros(first));
      exchange.faults().staleRest(Duration.ofSeconds(200));
      String stale = ExchangeClient.get(exchange, DEPTH + "&_=2").body();
      assertThat(micros(stale)).isLessThan(micros(first));
      assertThat(exchange.violations()).isEmpty();
      assertThat(ExchangeClient.get(exchange, "/api/v2/order_book/nope/").statusCode())
          .isEqualTo(404);
      exchange.faults().newListing("neweur");
      assertThat(ExchangeClient.get(exchange, "/api/v2/markets/").body())
          .contains("{\"name\":\"NEW/EUR\",\"market_symbol\":\"neweur\"");
    }
  }

  @Test
  void answersWhatItDoesNotDo() throws Exception {
    try (FakeExchange exchange = start(QUICK.withWaitsForPlay(true))) {
      ExchangeClient client = ExchangeClient.connect(exchange, "");
      client.send("{\"event\":\"bts:heartbeat\"}");
      client.await(
          "{\"event\":\"bts:heartbeat\",\"channel\":\"\",\"data\":{\"status\":\"success\"}}"
              ::equals);
      client.send("{\"event\":\"bts:ping\"}");
      client.await("\"Bad subscription string.\"");
      client.send(subscribe("order_book_BTC/USD"));
      client.await("\"Invalid channel provided.\"");
      client.send("?");
      client.await("{\"code\":null,\"message\":\"Incorrect JSON format.\"}");
      client.send(subscribe("diff_order_book_nope"));
      client.await("\"bts:subscription_succeeded\",\"channel\":\"diff_order_book_nope\"");
      assertThat(exchange.violations()).hasSize(4);
      exchange.faults().withholdAcknowledgements(1);
      client.send(subscribe("live_trades_bcheur"));
      client.send(subscribe("live_trades_bcheur"));
      client.await("\"bts:subscription_succeeded\",\"channel\":\"live_trades_bcheur\"");
      client.send(subscribe("live_trades_bcheur").replace("subscribe", "unsubscribe"));
      client.await("\"bts:unsubscription_succeeded\",\"channel\":\"live_trades_bcheur\"");
      exchange.faults().notice();
      client.await("{\"event\":\"bts:request_reconnect\",\"channel\":\"\",\"data\":null}"::equals);
      client.send(subscribe("diff_order_book_" + "x".repeat(500)));
      assertThat(client.end()).isEqualTo("1009 read limited at 513 bytes");
      ExchangeClient greedy = ExchangeClient.connect(exchange, "");
      IntStream.range(0, 1025).forEach(i -> greedy.send(subscribe("live_orders_a" + i)));
      assertThat(greedy.end()).doesNotStartWith("1");
    }
  }
}
