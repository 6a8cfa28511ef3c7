package io.streamforge.testkit.exchange.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.testkit.exchange.ExchangeSetup;
import io.streamforge.testkit.exchange.FakeExchange;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BybitExchangeTest {
  private static final List<String> SYMBOLS = List.of("BTCUSDT", "DOGEUSDT", "ETHUSDT", "SOLUSDT");
  private static final ExchangeSetup WAITS =
      ExchangeSetup.standard().withSpeed(60).withTls(false).withWaitsForPlay(true);

  private static List<RawMessage> recording;

  @BeforeAll
  static void read() throws Exception {
    recording = RecordingFile.read("bybit-6");
  }

  private static List<RawMessage> of(String venue) {
    return recording.stream().filter(message -> message.venue().equals(venue)).toList();
  }

  private static String subscribe(List<String> topics) {
    String args = topics.stream().map(KrakenMessage::quoted).collect(Collectors.joining(","));
    return "{\"op\":\"subscribe\",\"args\":[" + args + "]}";
  }

  private static String book(String symbol) {
    return subscribe(List.of("orderbook.200." + symbol));
  }

  private static void assertSame(List<String> seen, List<RawMessage> recorded, String symbol)
      throws Exception {
    String venue = recorded.get(0).venue();
    List<String> books = seen.stream().filter(text -> text.contains("orderbook")).toList();
    BookComparison.assertSame(
        BookComparison.received(venue, books, symbol),
        BookComparison.recorded(recorded, symbol),
        Integer.MAX_VALUE);
  }

  @Test
  void playsTheRecordingToWhoeverSubscribes() throws Exception {
    List<RawMessage> linear = of("bybit-linear");
    String last = linear.get(linear.size() - 1).value();
    try (FakeExchange exchange = FakeVenues.start("bybit-linear", linear, WAITS.withSpeed(40))) {
      ExchangeClient client = ExchangeClient.connect(exchange, "");
      client.send(subscribe(SYMBOLS.stream().map(symbol -> "publicTrade." + symbol).toList()));
      client.send(subscribe(SYMBOLS.stream().map(symbol -> "orderbook.200." + symbol).toList()));
      client.await("\"success\":true");
      client.await("\"success\":true");
      ExchangeClient deeper = ExchangeClient.connect(exchange, "");
      deeper.send("{\"req_id\":\"7\",\"op\":\"subscribe\",\"args\":[\"orderbook.1000.SOLUSDT\"]}");
      assertThat(deeper.await("success")).endsWith("\"req_id\":\"7\",\"op\":\"subscribe\"}");
      exchange.play();
      client.await(last::equals);
      deeper.send(book("DOGEUSDT"));
      assertThat(deeper.await("DOGEUSDT"))
          .startsWith("{\"topic\":\"orderbook.200.DOGEUSDT\",\"type\":\"snapshot\",\"ts\":");
      deeper.await("success");

      assertThat(client.seen().containsAll(linear.stream().map(RawMessage::value).toList()))
          .isTrue();
      assertThat(deeper.seen().get(1)).startsWith("{\"topic\":\"orderbook.1000.SOLUSDT\",");
      for (String symbol : SYMBOLS) {
        assertSame(client.seen(), linear, symbol);
      }
      assertSame(deeper.seen(), linear, "SOLUSDT");
      assertSame(deeper.seen(), linear, "DOGEUSDT");
      assertThat(exchange.violations()).isEmpty();
    }
  }

  @Test
  void aLaterSubscriptionBeginsWithTheWholeBook() throws Exception {
    List<RawMessage> spot = of("bybit-spot");
    try (FakeExchange exchange = FakeVenues.start("bybit-spot", spot, WAITS.withToday(true))) {
      ExchangeClient client = ExchangeClient.connect(exchange, "");
      client.send(book("ETHUSDT"));
      assertThat(client.await("success"))
          .startsWith("{\"success\":true,\"ret_msg\":\"subscribe\",\"conn_id\":\"")
          .endsWith("\",\"op\":\"subscribe\"}");
      exchange.faults().loseNext(1);
      exchange.play();
      String delta = client.await("\"delta\"");
      long sentMs = Long.parseLong(delta.replaceAll(".*\"cts\":(\\d+).*", "$1"));
      assertThat(Math.abs(sentMs - System.currentTimeMillis())).isLessThan(120_000);
      client.send(book("ETHUSDT"));
      client.await("\"ret_msg\":\"error:already subscribed,topic:orderbook.200.ETHUSDT\"");
      client.send(book("ETHUSDT").replace("subscribe", "unsubscribe"));
      client.await("\"ret_msg\":\"unsubscribe\"");
      client.send(book("ETHUSDT"));
      client.await("\"ret_msg\":\"subscribe\"");
      String begin = client.await("orderbook");
      assertThat(begin).startsWith("{\"topic\":\"orderbook.200.ETHUSDT\",\"ts\":");
      int before = client.seen().size() - 1;
      String last =
          spot.stream()
              .filter(message -> message.key().equals("ETHUSDT") && !message.isTrade())
              .map(message -> message.value().replaceFirst(".*(\"u\":\\d+,).*", "$1"))
              .reduce("", (first, second) -> second);
      if (!begin.contains(last)) { // else the whole recording had been played
        client.await(last);
      }
      assertSame(client.seen().subList(before, client.seen().size()), spot, "ETHUSDT");
    }
  }

  @Test
  void refusesAsTheVenueDoes() throws Exception {
    try (FakeExchange exchange = FakeVenues.start("bybit-spot", of("bybit-spot"), WAITS)) {
      ExchangeClient client = ExchangeClient.connect(exchange, "");
      client.send(subscribe(List.of("orderbook.200.ETHUSDT", "publicTrade.NOPE")));
      client.await("{\"success\":false,\"ret_msg\":\"Invalid symbol :[publicTrade.NOPE]\"");
      client.send(subscribe(List.of("orderbook.30.ETHUSDT")));
      client.await("\"ret_msg\":\"error:handler not found,topic:orderbook.30.ETHUSDT\"");
      client.send(subscribe(IntStream.range(0, 11).mapToObj(i -> "publicTrade.A" + i).toList()));
      client.await("\"ret_msg\":\"args size >10\"");
      client.send("{\"op\":\"nope\"}");
      client.await("\"ret_msg\":\"error:invalid op\"");
      assertThat(exchange.violations()).hasSize(4);
      exchange.faults().withholdAcknowledgements(1);
      client.send(book("ETHUSDT"));
      client.send("{\"op\":\"ping\"}");
      assertThat(client.await("pong")).endsWith("\",\"op\":\"ping\"}");
      client.send(book("ETHUSDT"));
      client.await("\"success\":true,\"ret_msg\":\"subscribe\"");
      assertThatThrownBy(() -> exchange.faults().notice())
          .isInstanceOf(UnsupportedOperationException.class);
      assertThat(exchange.violations()).hasSize(4);
    }
  }

  @Test
  void playsInverseContracts() throws Exception {
    List<RawMessage> inverse =
        of("bybit-linear").stream()
            .map(
                m ->
                    new RawMessage(
                        m.topic(), m.key(), "bybit-inverse", m.receiveTimeUs(), m.value()))
            .toList();
    try (FakeExchange exchange = FakeVenues.start("bybit-inverse", inverse, WAITS)) {
      assertThat(exchange.webSocket().getPath()).isEqualTo("/v5/public/inverse");
      ExchangeClient client = ExchangeClient.connect(exchange, "");
      client.send(subscribe(List.of("publicTrade.ETHUSDT", "publicTrade.NOPE")));
      client.await("\"ret_msg\":\"error:handler not found,topic:publicTrade.NOPE\"");
      client.send("{\"op\":\"ping\"}");
      assertThat(client.await("pong")).endsWith("\",\"req_id\":\"\",\"op\":\"ping\"}");
      exchange.faults().newListing("NEWUSD");
      String listing = "/v5/market/instruments-info?category=";
      assertThat(ExchangeClient.get(exchange, listing + "inverse").body())
          .contains("\"category\":\"inverse\"", "{\"symbol\":\"NEWUSD\",\"baseCoin\":\"NEW\"");
      assertThat(ExchangeClient.get(exchange, listing + "spot").body()).contains("10001");
    }
  }
}
