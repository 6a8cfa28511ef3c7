package io.streamforge.testkit.exchange.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.testkit.exchange.ExchangeSetup;
import io.streamforge.testkit.exchange.FakeExchange;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CoinbaseExchangeTest {
  private static final Pattern NUMBER = Pattern.compile("\"sequence_num\":(\\d+)");
  private static final String BOOKS =
      "{\"type\":\"subscribe\",\"channel\":\"level2\",\"product_ids\":[\"BTC-USD\",\"ETH-USD\"]}";
  private static final String TRADES = BOOKS.replace("level2", "market_trades");
  private static final String HEARTBEATS = "{\"type\":\"subscribe\",\"channel\":\"heartbeats\"}";
  private static final ExchangeSetup QUICK = ExchangeSetup.standard().withSpeed(10).withTls(false);

  private static List<RawMessage> recording;

  @BeforeAll
  static void read() throws Exception {
    recording = RecordingFile.read("coinbase-2");
  }

  private static FakeExchange start(ExchangeSetup setup) {
    return FakeVenues.start("coinbase", recording, setup);
  }

  private static List<Long> numbers(List<String> texts) {
    List<Long> numbers = new ArrayList<>();
    for (String text : texts) {
      Matcher number = NUMBER.matcher(text);
      if (number.find()) {
        numbers.add(Long.parseLong(number.group(1)));
      }
    }
    return numbers;
  }

  private static String withoutNumber(String text) {
    return NUMBER.matcher(text).replaceFirst("");
  }

  private static boolean isLast(String text) {
    return withoutNumber(text).equals(withoutNumber(recording.get(recording.size() - 1).value()));
  }

  @Test
  void playsTheRecordingToWhoeverSubscribes() throws Exception {
    try (FakeExchange exchange = start(QUICK.withTls(true).withSpeed(8))) {
      ExchangeClient client = ExchangeClient.connect(exchange, "");
      List.of(TRADES, BOOKS, HEARTBEATS).forEach(client::send);
      client.await("\"heartbeats\":[\"heartbeats\"],\"level2\":[\"BTC-USD\",\"ETH-USD\"]");
      client.await("\"type\":\"update\",\"product_id\":\"ETH-USD\"");
      ExchangeClient late = ExchangeClient.connect(exchange, "");
      late.send(BOOKS);
      late.send(TRADES);
      late.await("{\"channel\":\"market_trades\"");
      client.await(CoinbaseExchangeTest::isLast);
      late.await(CoinbaseExchangeTest::isLast);

      for (ExchangeClient each : List.of(client, late)) {
        List<Long> numbers = numbers(each.seen());
        assertThat(numbers)
            .isEqualTo(IntStream.range(0, numbers.size()).mapToObj(i -> (long) i).toList());
        for (String symbol : List.of("BTC-USD", "ETH-USD")) {
          List<String> books =
              each.seen().stream().filter(text -> text.contains("\"l2_data\"")).toList();
          BookComparison.assertSame(
              BookComparison.received("coinbase", books, symbol),
              BookComparison.recorded(recording, symbol),
              Integer.MAX_VALUE);
        }
      }
      assertThat(client.seen().stream().filter(t -> t.contains("l2_data\"")).count())
          .isEqualTo(recording.stream().filter(message -> !message.isTrade()).count());
      client.await("{\"channel\":\"heartbeats\"");
      assertThat(exchange.violations()).isEmpty();
    }
  }

  @Test
  void aLostMessageIsAHoleInTheNumbers() throws Exception {
    try (FakeExchange exchange = start(QUICK.withWaitsForPlay(true).withToday(true))) {
      ExchangeClient client = ExchangeClient.connect(exchange, "");
      client.send(TRADES);
      client.await("subscriptions");
      exchange.faults().loseNext(2);
      exchange.play();
      client.await("market_trades\"");
      assertThat(numbers(client.seen())).containsExactly(0L, 3L);
      assertThatThrownBy(() -> exchange.faults().notice())
          .isInstanceOf(UnsupportedOperationException.class);
      client.send(TRADES.replace("subscribe", "unsubscribe"));
      assertThat(client.await("\"subscriptions\":{}")).isNotEmpty();
    }
  }

  @Test
  void closesWhatBreaksItsRules() throws Exception {
    try (FakeExchange exchange = start(QUICK)) {
      ExchangeClient idle = ExchangeClient.connect(exchange, "");
      IntStream.range(0, 40).forEach(i -> exchange.faults().newListing("C" + i + "-USD"));
      ExchangeClient greedy = ExchangeClient.connect(exchange, "");
      String many =
          IntStream.range(0, 31)
              .mapToObj(i -> "\"C" + i + "-USD\"")
              .collect(Collectors.joining(","));
      greedy.send(BOOKS.replace("\"BTC-USD\",\"ETH-USD\"", many));
      assertThat(greedy.await("\"type\":\"error\""))
          .contains("too many L2 streams requested in a single session");
      greedy.end();
      ExchangeClient quick = ExchangeClient.connect(exchange, "");
      quick.send(BOOKS.replace("level2", "nonsense"));
      quick.await("{\"type\":\"error\",\"message\":\"authentication failure\"}"::equals);
      for (int i = 0; i < CoinbaseProtocol.MESSAGES; i++) {
        quick.send(HEARTBEATS);
      }
      quick.end();
      assertThat(idle.end()).startsWith("1000");
      assertThat(exchange.violations()).contains("subscribed to nothing within 5 seconds");
      assertThat(ExchangeClient.get(exchange, "/api/v3/brokerage/market/products").body())
          .contains("\"product_id\":\"C7-USD\"");
    }
  }
}
