package io.streamforge.testkit.exchange.venue;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.testkit.exchange.ExchangeSetup;
import io.streamforge.testkit.exchange.FakeExchange;
import io.streamforge.testkit.exchange.wording.RetoldMarket;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OkxExchangeTest {
  private static final String BOOKS =
      """
      {"op":"subscribe","args":[{"channel":"books","instId":"ZEN-USDT"},\
      {"channel":"books","instId":"PROPS-ETH"}]}""";
  private static final String BOOK =
      "{\"op\":\"subscribe\",\"args\":[{\"channel\":\"books\",\"instId\":\"ZEN-USDT\"}]}";
  private static final String TRADES = BOOKS.replace("books", "trades");
  private static final ExchangeSetup QUICK = ExchangeSetup.standard().withSpeed(60).withTls(false);

  private static List<RawMessage> recorded;
  private static List<RawMessage> recording;

  @BeforeAll
  static void read() throws Exception {
    Set<String> symbols = Set.of("ZEN-USDT", "PROPS-ETH", "ETH-USD-220325-8800-P");
    recorded =
        RecordingFile.read("okx-10").stream().filter(m -> symbols.contains(m.key())).toList();
    recording = RetoldMarket.byOkx(recorded);
  }

  private static FakeExchange start(ExchangeSetup setup) {
    return FakeVenues.start("okx", recording, setup);
  }

  private static RawMessage lastBook(String symbol) {
    return recording.stream()
        .filter(message -> message.key().equals(symbol) && !message.isTrade())
        .reduce((a, b) -> b)
        .orElseThrow();
  }

  private static List<String> books(ExchangeClient client) {
    return client.seen().stream().filter(text -> text.contains("\"action\"")).toList();
  }

  @Test
  void playsTheMarketToWhoeverSubscribes() throws Exception {
    try (FakeExchange exchange = start(QUICK.withTls(true))) {
      ExchangeClient client = ExchangeClient.connect(exchange, "");
      client.send(TRADES);
      client.send(BOOKS);
      assertThat(client.await("\"event\""))
          .isEqualTo(
              "{\"event\":\"subscribe\",\"arg\":{\"channel\":\"trades\",\"instId\":\"ZEN-USDT\"},"
                  + "\"connId\":\"27e931e5\"}");
      client.await("\"channel\":\"books\",\"instId\":\"PROPS-ETH\"},\"connId\"");
      client.await("{\"arg\":{\"channel\":\"books\",\"instId\":\"PROPS-ETH\"},\"action\":\"up");
      client.await("{\"arg\":{\"channel\":\"books\",\"instId\":\"ZEN-USDT\"},\"action\":\"up");
      ExchangeClient late = ExchangeClient.connect(exchange, "");
      late.send(BOOKS);
      assertThat(late.await("\"action\"")).contains("\"action\":\"snapshot\"", "\"prevSeqId\":-1");
      client.await(recording.get(recording.size() - 1).value()::equals);
      for (ExchangeClient each : List.of(client, late)) {
        each.send("ping");
        each.await("pong");
        for (String symbol : List.of("ZEN-USDT", "PROPS-ETH")) {
          BookComparison.assertSame(
              BookComparison.received("okx", books(each), symbol),
              BookComparison.recorded(recorded, symbol),
              Integer.MAX_VALUE);
        }
      }
      assertThat(client.seen()).anyMatch(text -> text.startsWith("{\"arg\":{\"channel\":\"trades"));
      assertThat(exchange.violations()).isEmpty();
    }
  }

  @Test
  void answersWhatItDoesNotDo() throws Exception {
    try (FakeExchange exchange = start(QUICK.withWaitsForPlay(true))) {
      ExchangeClient client = ExchangeClient.connect(exchange, "");
      client.send(BOOKS.replace("ZEN", "NOPE").replace("{\"op", "{\"id\":\"7\",\"op"));
      assertThat(client.await("event"))
          .startsWith(
              "{\"event\":\"error\",\"msg\":\"Subscribe failed, wrong URL or channel:books,")
          .endsWith("\"code\":\"60018\",\"connId\":\"27e931e5\",\"id\":\"7\"}");
      client.await("{\"id\":\"7\",\"event\":\"subscribe\"");
      client.send(BOOK.replace("books", "books-l2-tbt"));
      client.await("\"msg\":\"Please log in\",\"code\":\"60011\"");
      client.send("{\"op\":");
      client.await("\"code\":\"60012\"");
      client.send("ping");
      client.await("pong"::equals);
      client.send(BOOK.replace("subscribe", "unsubscribe"));
      client.await("{\"event\":\"unsubscribe\",\"arg\":{\"channel\":\"books\"");
      client.send(
          "{\"op\":\"subscribe\",\"args\":[{\"channel\":\"instruments\",\"instType\":\"SPOT\"}]}");
      client.await("\"instType\":\"SPOT\"},\"connId\"");
      exchange.faults().newListing("NEW-USDT");
      assertThat(client.await("NEW-USDT")).contains("\"state\":\"live\"");
      assertThat(ExchangeClient.get(exchange, "/api/v5/public/instruments?instType=SPOT").body())
          .contains("\"instId\":\"ZEN-USDT\"", "\"instId\":\"NEW-USDT\"")
          .doesNotContain("ETH-USD-220325");
      exchange.faults().notice();
      client.await("\"code\":\"64008\"");
      client.send("{\"op\":\"subscribe\",\"args\":[\"" + "x".repeat(65_536) + "\"]}");
      assertThat(client.end()).isEqualTo("1009 Request message exceeds the maximum frame length");
      assertThat(exchange.violations()).hasSize(5);
    }
  }

  @Test
  void countsRequestsAndSubscriptions() throws Exception {
    try (FakeExchange exchange = start(QUICK.withWaitsForPlay(true).withToday(true))) {
      ExchangeClient client = ExchangeClient.connect(exchange, "");
      exchange.faults().withholdAcknowledgements(1);
      client.send(BOOKS);
      assertThat(client.await("event")).contains("PROPS-ETH");
      client.send(BOOK);
      client.await("ZEN-USDT\"},\"connId\"");
      exchange.faults().loseNext(1);
      exchange.play();
      String last = lastBook("ZEN-USDT").value();
      String end = client.await(last.substring(last.indexOf("\"seqId\"")));
      long ms = Long.parseLong(end.replaceAll(".*\"ts\":\"(\\d+)\".*", "$1"));
      assertThat(Math.abs(ms - System.currentTimeMillis())).isLessThan(120_000);
      client.send(BOOK);
      client.await("ZEN-USDT\"},\"connId\"");
      for (int i = 3; i <= OkxProtocol.REQUESTS; i++) {
        client.send("{\"op\":\"unsubscribe\",\"args\":[]}");
      }
      client.await("\"code\":\"60014\"");
      assertThat(books(client).stream().filter(text -> text.contains("\"snapshot\""))).hasSize(3);
      assertThat(exchange.violations())
          .containsExactly(
              "subscribed to {\"channel\":\"books\",\"instId\":\"ZEN-USDT\"} again, for which no"
                  + " snapshot comes",
              "more than 480 requests in an hour");
    }
  }
}
