package io.streamforge.testkit.exchange.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.testkit.exchange.ExchangeSetup;
import io.streamforge.testkit.exchange.FakeExchange;
import io.streamforge.testkit.exchange.wording.RetoldMarket;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BitgetExchangeTest {
  private static final List<String> SYMBOLS = List.of("ZENUSDT", "PROPSETH");
  private static final ExchangeSetup QUICK = ExchangeSetup.standard().withSpeed(60).withTls(false);

  private static List<RawMessage> recording;

  @BeforeAll
  static void read() throws Exception {
    Set<String> keys = Set.of("ZEN-USDT", "PROPS-ETH", "ETH-USD-220325-8800-P");
    recording =
        RetoldMarket.byBitget(
            RecordingFile.read("okx-10").stream().filter(m -> keys.contains(m.key())).toList());
  }

  private static FakeExchange start(ExchangeSetup setup) {
    return FakeVenues.start("bitget-spot", recording, setup);
  }

  private static String arg(String type, String topic, String symbol) {
    return "{\"instType\":\"%s\",\"topic\":\"%s\",\"symbol\":\"%s\"}"
        .formatted(type, topic, symbol);
  }

  private static String request(String op, Stream<String> args) {
    return "{\"op\":\"" + op + "\",\"args\":[" + args.collect(Collectors.joining(",")) + "]}";
  }

  private static String subscription(String topic, List<String> symbols) {
    return request("subscribe", symbols.stream().map(symbol -> arg("spot", topic, symbol)));
  }

  private static String whole(String topic, String symbol) {
    return "{\"action\":\"snapshot\",\"arg\":" + arg("spot", topic, symbol);
  }

  private static String untimed(String text) {
    return text.replaceAll("\"(ts|T)\":\"?\\d+\"?", "");
  }

  private static List<String> books(ExchangeClient client) {
    return client.seen().stream()
        .filter(text -> text.startsWith("{\"action\"") && text.contains("\"topic\":\"books\""))
        .toList();
  }

  @Test
  void playsTheMarketToWhoeverSubscribes() throws Exception {
    try (FakeExchange exchange = start(QUICK.withTls(true).withToday(true))) {
      ExchangeClient client = ExchangeClient.connect(exchange, "");
      client.send(subscription("publicTrade", SYMBOLS));
      client.send(subscription("books", SYMBOLS));
      assertThat(client.await("\"event\""))
          .isEqualTo(
              "{\"event\":\"subscribe\",\"arg\":"
                  + arg("spot", "publicTrade", "ZENUSDT")
                  + ",\"connId\":\"0ac601fffe2331d1\"}");
      client.await(whole("books", "PROPSETH"));
      client.await("{\"action\":\"update\",\"arg\":" + arg("spot", "publicTrade", "ZENUSDT"));
      ExchangeClient late = ExchangeClient.connect(exchange, "");
      late.send(subscription("publicTrade", SYMBOLS));
      late.send(subscription("books", SYMBOLS));
      late.await(whole("publicTrade", "ZENUSDT"));
      assertThat(late.await(whole("books", "ZENUSDT"))).contains("\"pseq\":0,");
      String last = untimed(recording.get(recording.size() - 1).value());
      String end = client.await(text -> untimed(text).equals(last));
      long ms = Long.parseLong(end.replaceAll(".*\"ts\":(\\d+)}", "$1"));
      assertThat(Math.abs(ms - System.currentTimeMillis())).isLessThan(120_000);
      for (ExchangeClient each : List.of(client, late)) {
        each.send("ping");
        each.await("pong"::equals);
        for (String symbol : SYMBOLS) {
          BookComparison.assertSame(
              BookComparison.received("bitget-spot", books(each), symbol),
              BookComparison.recorded(recording, symbol),
              Integer.MAX_VALUE);
        }
      }
      assertThat(exchange.violations()).isEmpty();
    }
  }

  @Test
  void answersWhatItDoesNotDo() throws Exception {
    try (FakeExchange exchange = start(QUICK.withWaitsForPlay(true))) {
      ExchangeClient client = ExchangeClient.connect(exchange, "");
      exchange.faults().withholdAcknowledgements(1);
      client.send(subscription("books", List.of("PROPSETH", "NOPEUSDT", "ZENUSDT")));
      assertThat(client.await("event"))
          .isEqualTo(
              "{\"event\":\"error\",\"code\":30001,\"msg\":\"{\\\"instType\\\":\\\"spot\\\","
                  + "\\\"symbol\\\":\\\"NOPEUSDT\\\",\\\"topic\\\":\\\"books\\\"} doesn't exist\","
                  + "\"connId\":\"0ac601fffe2331d1\"}");
      client.await("ZENUSDT\"},\"connId\"");
      client.send(subscription("books15", List.of("ZENUSDT")));
      client.await("\"code\":30001,");
      client.send("{\"op\":\"ping\"}");
      client.await("\"code\":30002,\"msg\":\"Unrecognized request:{\\\"op\\\":\\\"ping\\\"}\"");
      String elsewhere = arg("usdt-futures", "books", "ZENUSDT");
      client.send(request("subscribe", Stream.of(elsewhere)));
      client.await("{\"event\":\"subscribe\",\"arg\":" + elsewhere);
      client.send(request("unsubscribe", Stream.of(arg("spot", "books", "ZENUSDT"))));
      client.await("{\"event\":\"unsubscribe\",\"arg\":" + arg("spot", "books", "ZENUSDT"));
      exchange.faults().newListing("NEWUSDT");
      assertThat(ExchangeClient.get(exchange, "/api/v3/market/instruments?category=SPOT").body())
          .contains("\"symbol\":\"ZENUSDT\",\"status\":\"online\"", "\"symbol\":\"NEWUSDT\"");
      assertThatThrownBy(() -> exchange.faults().notice()).hasMessageContaining("bitget");
      assertThat(exchange.violations()).hasSize(4);
    }
  }

  @Test
  void cutsWhoAsksForTooMuch() throws Exception {
    try (FakeExchange exchange = start(QUICK.withWaitsForPlay(true))) {
      ExchangeClient wide = ExchangeClient.connect(exchange, "");
      String args = arg("spot", "books", "ZENUSDT");
      wide.send(request("unsubscribe", Stream.generate(() -> args).limit(BitgetSession.ARGS + 1)));
      wide.end();
      ExchangeClient quick = ExchangeClient.connect(exchange, "");
      for (int i = 0; i <= BitgetSession.MESSAGES; i++) {
        quick.send("ping");
      }
      quick.end();
      ExchangeClient large = ExchangeClient.connect(exchange, "");
      large.send("x".repeat(4097));
      large.end();
      assertThat(exchange.violations())
          .contains(
              "sent more than 20 arguments in a request",
              "sent more than 10 messages in a second",
              "sent a request of more than 4096 bytes");
    }
  }
}
