package io.streamforge.testkit.exchange.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.testkit.exchange.ExchangeSetup;
import io.streamforge.testkit.exchange.FakeExchange;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CoinbaseProExchangeTest {
  private static final String SUBSCRIBE =
      """
      {"type":"subscribe","product_ids":["BAND-BTC","SKL-USD"],\
      "channels":["level2_batch","matches","heartbeat"]}""";
  private static final ExchangeSetup QUICK = ExchangeSetup.standard().withSpeed(30).withTls(false);

  private static List<RawMessage> recording;

  @BeforeAll
  static void read() throws Exception {
    recording = RecordingFile.read("coinbase-pro-10");
  }

  private static FakeExchange start(ExchangeSetup setup) {
    return FakeVenues.start("coinbase-pro", recording, setup);
  }

  private static boolean isData(String text) {
    return !text.startsWith("{\"type\":\"subscriptions\"") && !text.contains("\"heartbeat\"");
  }

  @Test
  void playsTheRecordingToWhoeverSubscribes() throws Exception {
    List<String> texts =
        recording.stream()
            .filter(message -> message.key().matches("BAND-BTC|SKL-USD"))
            .map(RawMessage::value)
            .toList();
    String last = texts.get(texts.size() - 1);
    try (FakeExchange exchange = start(QUICK.withSpeed(6).withTls(true))) {
      ExchangeClient client = ExchangeClient.connect(exchange, "");
      client.send(SUBSCRIBE);
      assertThat(client.await("\"subscriptions\""))
          .isEqualTo(
              """
              {"type":"subscriptions","channels":[\
              {"name":"level2_50","product_ids":["BAND-BTC","SKL-USD"],"account_ids":null},\
              {"name":"matches","product_ids":["BAND-BTC","SKL-USD"],"account_ids":null},\
              {"name":"heartbeat","product_ids":["BAND-BTC","SKL-USD"],"account_ids":null}]}""");
      client.await("\"type\":\"match\"");
      ExchangeClient late = ExchangeClient.connect(exchange, "");
      late.send(SUBSCRIBE);
      String newest = late.await("\"last_match\"");
      assertThat(texts).containsAnyOf(newest, newest.replace("last_match", "match"));
      late.await(last::equals);
      client.await(last::equals);

      assertThat(client.seen().stream().filter(CoinbaseProExchangeTest::isData).toList())
          .isEqualTo(texts);
      for (String product : List.of("BAND-BTC", "SKL-USD")) {
        for (ExchangeClient each : List.of(client, late)) {
          List<String> books =
              each.seen().stream()
                  .filter(text -> text.matches(".*\"type\":\"(snapshot|l2update)\".*"))
                  .toList();
          BookComparison.assertSame(
              BookComparison.received("coinbase-pro", books, product),
              BookComparison.recorded(recording, product),
              Integer.MAX_VALUE);
        }
      }
      assertThat(client.await("{\"type\":\"heartbeat\",\"last_trade_id\":"))
          .containsPattern("\"sequence\":[1-9]\\d+,\"time\":\"2021-04-17T16:44");
      assertThat(exchange.violations()).isEmpty();
    }
  }

  @Test
  void givesAnotherBookOnlyAfterAnUnsubscription() throws Exception {
    try (FakeExchange exchange = start(QUICK.withToday(true))) {
      ExchangeClient client = ExchangeClient.connect(exchange, "");
      String books = SUBSCRIBE.replace(",\"matches\",\"heartbeat\"", "");
      client.send(books);
      client.await("l2update");
      client.send(books);
      client.send(books.replace("subscribe", "unsubscribe"));
      client.await("{\"type\":\"subscriptions\",\"channels\":[]}"::equals);
      assertThat(client.seen().stream().filter(text -> text.contains("snapshot")).count())
          .isLessThanOrEqualTo(2);
      client.send(books);
      client.await("\"subscriptions\"");
      assertThat(client.await("\"snapshot\"")).containsPattern("\"time\":\"20(?!21)");
      assertThatThrownBy(() -> exchange.faults().notice())
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void refusesAWholeRequest() throws Exception {
    try (FakeExchange exchange = start(QUICK)) {
      ExchangeClient client = ExchangeClient.connect(exchange, "");
      exchange.faults().delist("SKL-USD");
      client.send(SUBSCRIBE);
      client.await(
          """
          {"type":"error","message":"Failed to subscribe",\
          "reason":"SKL-USD is not a valid product"}"""
              ::equals);
      client.send(SUBSCRIBE.replace("level2_batch", "level2").replace(",\"SKL-USD\"", ""));
      client.await("require authentication. https://docs.cloud.coinbase.com/exchange/docs/web");
      client.await("{\"type\":\"subscriptions\",\"channels\":[]}"::equals);
      client.send(SUBSCRIBE.replace("matches", "ticks").replace(",\"SKL-USD\"", ""));
      client.await("\"reason\":\"ticks is not a valid channel\"");
      assertThat(client.seen()).hasSize(4);
      assertThat(ExchangeClient.get(exchange, "/products").body())
          .contains("\"id\":\"BAND-BTC\",\"base_currency\":\"BAND\"")
          .doesNotContain("SKL-USD");
    }
  }

  @Test
  void closesWhatBreaksItsRules() throws Exception {
    try (FakeExchange exchange = start(QUICK)) {
      ExchangeClient idle = ExchangeClient.connect(exchange, "");
      ExchangeClient quick = ExchangeClient.connect(exchange, "");
      for (int i = 0; i <= CoinbaseProProtocol.MESSAGES; i++) {
        quick.send("{\"type\":\"unsubscribe\",\"channels\":[\"heartbeat\"]}");
      }
      assertThat(quick.end()).endsWith("ErrSlowRead");
      assertThat(idle.end()).startsWith("1000");
      assertThat(exchange.violations())
          .containsExactly(
              "sent more than 100 messages in a second", "subscribed to nothing within 5 seconds");
    }
  }
}
