package io.streamforge.testkit.exchange.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.testkit.exchange.ExchangeSetup;
import io.streamforge.testkit.exchange.FakeExchange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KrakenExchangeTest {
  private static final String BOOK =
      """
      {"method":"subscribe","params":{"channel":"book","symbol":["BTC/USD"],"depth":1000},\
      "req_id":1}""";
  private static final ExchangeSetup QUICK = ExchangeSetup.standard().withSpeed(60);

  private static List<RawMessage> recording;

  @BeforeAll
  static void read() throws Exception {
    recording = RecordingFile.read("kraken-v2-btc");
  }

  private static FakeExchange start(ExchangeSetup setup) {
    return FakeVenues.start("kraken", recording, setup);
  }

  private static String last() {
    return recording.get(recording.size() - 1).value();
  }

  @Test
  void playsTheRecordingToWhoeverSubscribes() throws Exception {
    try (FakeExchange exchange = start(QUICK.withSpeed(20))) {
      ExchangeClient client = ExchangeClient.connect(exchange, "");
      assertThat(client.await("status")).contains("\"system\":\"online\"");
      client.send(BOOK);
      assertThat(client.await("\"method\""))
          .contains("\"req_id\":1", "\"depth\":25", "\"success\":true");
      client.await("\"type\":\"update\",\"data\":[{\"symbol\"");
      ExchangeClient late = ExchangeClient.connect(exchange, "");
      late.send(BOOK);
      late.await("\"type\":\"snapshot\"");
      client.await(last()::equals);
      late.await(last()::equals);

      assertThat(client.seen())
          .containsSubsequence(recording.stream().map(RawMessage::value).toList());
      assertThat(late.seen().stream().filter(text -> text.contains("\"update\"")).count())
          .isBetween(1L, recording.size() - 2L);
      for (ExchangeClient each : List.of(client, late)) {
        BookComparison.assertSame(
            BookComparison.received("kraken", each.seen(), "BTC/USD"),
            BookComparison.recorded(recording, "BTC/USD"),
            Integer.MAX_VALUE);
      }
      assertThat(exchange.ended()).isTrue();
      assertThat(exchange.connects()).isEqualTo(2);
      assertThat(exchange.received()).containsExactly(BOOK, BOOK);
      assertThat(exchange.violations()).isEmpty();
    }
  }

  @Test
  void happensToday() throws Exception {
    try (FakeExchange exchange = start(QUICK.withToday(true).withTls(false))) {
      ExchangeClient client = ExchangeClient.connect(exchange, "");
      client.send(BOOK);
      String update = client.await("\"type\":\"update\",\"data\":[{\"symbol\"");
      Instant sent = Instant.parse(update.replaceAll(".*\"timestamp\":\"([^\"]+)\".*", "$1"));
      assertThat(Duration.between(sent, Instant.now()).abs()).isLessThan(Duration.ofMinutes(2));
      assertThat(Math.abs(exchange.clockUs() / 1000 - System.currentTimeMillis()))
          .isLessThan(120_000);
    }
  }

  @Test
  void answersWhatItDoesNotDo() throws Exception {
    try (FakeExchange exchange = start(QUICK.withTls(false).withWaitsForPlay(true))) {
      ExchangeClient client = ExchangeClient.connect(exchange, "");
      client.send(BOOK.replace("BTC", "NOPE"));
      assertThat(client.await("error"))
          .startsWith(
              "{\"error\":\"Currency pair not supported NOPE/USD\",\"method\":\"subscribe\"");
      client.send(BOOK);
      client.await("\"success\":true");
      client.send(BOOK);
      assertThat(client.await("error")).contains("Already subscribed");
      client.send("{\"method\":\"ping\",\"req_id\":7}");
      assertThat(client.await("pong")).startsWith("{\"method\":\"pong\",\"req_id\":7,\"time_in\":");
      client.await("{\"channel\":\"heartbeat\"}");
      client.send(BOOK.replace("subscribe", "unsubscribe"));
      assertThat(client.await("unsubscribe"))
          .contains("\"success\":true", "\"symbol\":\"BTC/USD\"");
      client.send("{\"method\":\"subscribe\",\"params\":{\"channel\":\"instrument\"}}");
      assertThat(client.await("\"snapshot\",\"data\"")).contains("\"symbol\":\"BTC/USD\"");
      exchange.faults().newListing("NEW/USD");
      assertThat(client.await("NEW/USD")).contains("\"status\":\"online\"");
      exchange.faults().notice();
      client.await("\"system\":\"maintenance\"");
      for (int i = 0; i <= KrakenProtocol.REQUESTS; i++) {
        client.send("{\"method\":\"ping\"}");
      }
      client.await("Exceeded msg rate");
      assertThat(exchange.violations()).hasSizeGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void losesRepeatsAndCuts() throws Exception {
    ExchangeSetup waits = QUICK.withTls(false).withWaitsForPlay(true);
    try (FakeExchange exchange = start(waits)) {
      ExchangeClient client = ExchangeClient.connect(exchange, "");
      ExchangeClient newest = ExchangeClient.connect(exchange, "");
      for (ExchangeClient each : List.of(client, newest)) {
        each.send(BOOK);
        each.await("\"success\":true");
      }
      exchange.faults().loseOnNewestConnection(1);
      exchange.faults().fragment(7);
      exchange.play();
      client.await(recording.get(0).value()::equals);
      newest.await(recording.get(1).value()::equals);
      assertThat(newest.seen()).doesNotContain(recording.get(0).value());
      exchange.faults().loseNext(3);
      exchange.faults().repeatNext(1);
      client.await(last()::equals);
      List<String> received = client.seen().stream().filter(t -> t.contains("checksum")).toList();
      assertThat(received).hasSize(recording.size() - 3 + 1);
      exchange.faults().big(200_000);
      assertThat(client.await("padding")).hasSize(200_000);
      exchange.faults().cutAll();
      assertThat(client.end()).doesNotStartWith("1");
      assertThat(newest.end()).contains("reset");
    }
  }

  @Test
  void spoilsWhatItSends() throws Exception {
    try (FakeExchange exchange = start(QUICK.withTls(false).withWaitsForPlay(true))) {
      ExchangeClient client = ExchangeClient.connect(exchange, "");
      exchange.faults().withholdAcknowledgements(1);
      client.send(BOOK);
      client.send(BOOK);
      client.await("\"success\":true");
      exchange.faults().unreadable();
      exchange.faults().stall(Duration.ofMillis(300));
      long before = System.nanoTime();
      exchange.play();
      String whole = recording.get(0).value();
      client.await(whole.substring(0, whole.length() / 2)::equals);
      assertThat(System.nanoTime() - before).isGreaterThan(Duration.ofMillis(250).toNanos());
      exchange.faults().invalidUtf8();
      assertThat(client.end()).isNotEmpty();
      ExchangeClient other = ExchangeClient.connect(exchange, "");
      other.await("status");
      exchange.faults().neverEnding(300_000);
      exchange.faults().closeAll(1012, "restart");
      assertThat(other.end()).isEqualTo("1012 restart");
    }
  }

  @Test
  void refusesConnects() throws Exception {
    try (FakeExchange exchange = start(QUICK.withTls(false))) {
      exchange.faults().refuseConnects(503, Duration.ofSeconds(3), 1);
      assertThatThrownBy(() -> ExchangeClient.connect(exchange, ""))
          .isInstanceOf(CompletionException.class);
      exchange.faults().acceptsNobody(true);
      assertThatThrownBy(() -> ExchangeClient.connect(exchange, ""))
          .isInstanceOf(CompletionException.class);
      exchange.faults().clear();
      ExchangeClient.connect(exchange, "").await("status");
      assertThat(exchange.connects()).isEqualTo(1);
    }
  }
}
