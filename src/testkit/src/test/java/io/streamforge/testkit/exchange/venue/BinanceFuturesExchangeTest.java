package io.streamforge.testkit.exchange.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.testkit.exchange.ExchangeSetup;
import io.streamforge.testkit.exchange.FakeExchange;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinanceFuturesExchangeTest {
  private static final int PLAYED = 3000;
  private static final ExchangeSetup QUICK = ExchangeSetup.standard().withSpeed(60).withTls(false);

  private static List<RawMessage> recording;

  @BeforeAll
  static void read() throws Exception {
    recording = RecordingFile.read("binance-usdm-btc-eth").subList(0, PLAYED);
  }

  private static FakeExchange start(ExchangeSetup setup) {
    return FakeVenues.start("binance-usdm", recording, setup);
  }

  private static String request(String method, List<String> streams) {
    return streams.stream()
        .map(stream -> "\"" + stream + "\"")
        .collect(
            Collectors.joining(",", "{\"method\":\"" + method + "\",\"params\":[", "],\"id\":1}"));
  }

  private static String subscribe(String... streams) {
    return request("SUBSCRIBE", List.of(streams));
  }

  @ParameterizedTest
  @CsvSource({
    "binance-usdm, binance-usdm-btc-eth, /fapi/v1/depth, BTCUSDT",
    "binance-coinm, binance-coinm-btc-eth-60s, /dapi/v1/depth, BTCUSD_PERP"
  })
  void playsTheRecordingToWhoeverSubscribes(String venue, String name, String rest, String symbol)
      throws Exception {
    List<RawMessage> messages = RecordingFile.read(name).subList(0, PLAYED);
    String stream = symbol.toLowerCase(Locale.ROOT);
    List<String> texts =
        messages.stream()
            .filter(message -> message.key().equals(symbol))
            .map(message -> message.value().replace("@depth@0ms", "@depth@100ms"))
            .filter(text -> text.startsWith("{\"stream\":"))
            .toList();
    try (FakeExchange exchange = FakeVenues.start(venue, messages, QUICK.withTls(true))) {
      ExchangeClient client = ExchangeClient.connect(exchange, "/stream");
      client.send(subscribe(stream + "@depth@100ms", stream + "@trade"));
      client.await("{\"result\":null,\"id\":1}"::equals);
      client.await("\"depthUpdate\"");
      String path = rest + "?limit=1000&symbol=" + symbol;
      String whole = ExchangeClient.get(exchange, path).body();
      client.await(texts.get(texts.size() - 1)::equals);

      assertThat(client.seen().subList(1, client.seen().size())).isEqualTo(texts);
      List<String> books = new ArrayList<>(texts);
      books.removeIf(text -> text.contains("\"trade\""));
      books.add(positionOf(whole, books), whole);
      BookComparison.assertSame(
          BookComparison.received(venue, books, symbol),
          BookComparison.recorded(messages, symbol),
          20);
      assertThat(whole).containsPattern("^\\{\"lastUpdateId\":\\d+,\"E\":\\d{13},\"T\":\\d{13},");
      assertThat(exchange.violations()).isEmpty();
    }
  }

  /** Behind the delta that a whole book ends with, or that is the first it does not have. */
  private static int positionOf(String whole, List<String> deltas) {
    long id = number(whole, "lastUpdateId");
    int position = 0;
    while (number(deltas.get(position), "u") < id) {
      position++;
    }
    return position + (number(deltas.get(position), "u") == id ? 1 : 0);
  }

  private static long number(String text, String name) {
    return Long.parseLong(text.replaceFirst(".*\"" + name + "\":(\\d+).*", "$1"));
  }

  @Test
  void aPathCarriesOnlyItsStreams() throws Exception {
    try (FakeExchange exchange = start(QUICK.withToday(true))) {
      String base = exchange.webSocket().toString();
      assertThat(base).endsWith("/public");
      ExchangeClient market = ExchangeClient.connect(exchange, "/../market/ws/btcusdt@trade");
      ExchangeClient old =
          ExchangeClient.connect(exchange, "/../ws/btcusdt@trade/btcusdt@aggTrade");
      String trade = old.await("\"trade\"");
      assertThat(Math.abs(number(trade, "E") - System.currentTimeMillis())).isLessThan(120_000);
      market.send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":2}");
      market.await("{\"result\":[\"btcusdt@trade\"],\"id\":2}"::equals);
      assertThat(market.seen()).hasSize(1);
      assertThat(exchange.violations())
          .containsExactly(
              "subscribed to btcusdt@trade where it is silent",
              "connected to /ws/btcusdt@trade/btcusdt@aggTrade, which the venue has announced to"
                  + " retire",
              "subscribed to btcusdt@aggTrade where it is silent");
      assertThatThrownBy(() -> exchange.faults().notice())
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void disconnectsWhoAsksForTooMuch() throws Exception {
    try (FakeExchange exchange = start(QUICK.withSpeed(1))) {
      ExchangeClient greedy = ExchangeClient.connect(exchange, "/stream");
      greedy.send(
          request(
              "SUBSCRIBE", IntStream.range(0, 1025).mapToObj(i -> "btcusdt@kline_" + i).toList()));
      greedy.await("{\"error\":{\"code\":4,\"msg\":\"Too many subscriptions\"}}"::equals);
      assertThat(greedy.end()).isEqualTo("1008 Invalid request");
      ExchangeClient quick = ExchangeClient.connect(exchange, "/stream");
      quick.send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":\"a\"}");
      quick.await("request ID must be an unsigned integer");
      for (int i = 0; i < 10; i++) {
        quick.send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":" + i + "}");
      }
      assertThat(quick.end()).isEqualTo("1008 Too many requests");
    }
  }

  @Test
  void countsTheWeightOfRequests() throws Exception {
    try (FakeExchange exchange = start(QUICK)) {
      HttpClient http = ExchangeClient.http(exchange);
      List<Integer> used = new ArrayList<>();
      for (String limit : List.of("", "&limit=50", "&limit=100", "&limit=500", "&limit=1000")) {
        HttpResponse<String> answer = depth(http, exchange, limit);
        used.add(Integer.parseInt(answer.headers().firstValue("x-mbx-used-weight-1m").get()));
      }
      assertThat(used).containsExactly(1, 1 + 2, 1 + 2 + 5, 1 + 2 + 5 + 10, 1 + 2 + 5 + 10 + 20);
      HttpResponse<String> answer = depth(http, exchange, "&limit=7");
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body())
          .isEqualTo("{\"code\":-4021,\"msg\":\"7 is not valid depth limit\"}");
      while (answer.statusCode() <= 400) {
        answer = depth(http, exchange, "&limit=1000");
      }
      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.body()).contains("is 2400 requests per minute.");
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }
  }

  private static HttpResponse<String> depth(HttpClient http, FakeExchange exchange, String limit)
      throws Exception {
    URI uri = URI.create(exchange.rest() + "/fapi/v1/depth?symbol=BTCUSDT" + limit);
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  @ParameterizedTest
  @CsvSource({
    "binance-usdm, binance-usdm-btc-eth, /fapi/v1, BTCUSDT, status, USDT",
    "binance-coinm, binance-coinm-btc-eth-60s, /dapi/v1, BTCUSD_PERP, contractStatus, BTC"
  })
  void listsItsContracts(
      String venue, String name, String rest, String symbol, String status, String margin)
      throws Exception {
    List<RawMessage> messages = RecordingFile.read(name).subList(0, PLAYED);
    try (FakeExchange exchange = FakeVenues.start(venue, messages, QUICK)) {
      exchange.faults().refuseSymbol(symbol);
      assertThat(ExchangeClient.get(exchange, rest + "/depth?symbol=" + symbol).body())
          .isEqualTo("{\"code\":-1121,\"msg\":\"Invalid symbol.\"}");
      assertThat(ExchangeClient.get(exchange, rest + "/exchangeInfo").body())
          .contains(
              "\"symbol\":\"" + symbol + "\",\"pair\":\"" + symbol.replace("_PERP", "") + "\"",
              "\"" + status + "\":\"TRADING\",\"baseAsset\":\"BTC\"",
              "\"marginAsset\":\"" + margin + "\"");
      exchange.faults().delist(symbol);
      assertThat(ExchangeClient.get(exchange, rest + "/exchangeInfo").body())
          .doesNotContain("\"" + symbol + "\"");
    }
  }
}
