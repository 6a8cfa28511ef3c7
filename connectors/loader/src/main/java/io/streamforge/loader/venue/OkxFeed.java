package io.streamforge.loader.venue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * OKX's WebSocket v5: channels {@code books}, whose subscription answers with a snapshot, and
 * {@code trades}. Each channel of a symbol is acknowledged by itself. Forms and their sources:
 * {@code docs/venues/okx.md}.
 */
final class OkxFeed implements VenueFeed {
  private static final int DEPTH = 400;

  private static final VenueLimits LIMITS =
      new VenueLimits(
          Duration.ofSeconds(1), // 3 a second
          Duration.ofMillis(250),
          25, // fewer than 30 books a connection are advised
          50,
          400, // 480 an hour
          0,
          Duration.ofSeconds(20), // within 30 s of silence
          Duration.ofSeconds(45)); // a ping is answered

  private static final VenueFacts FACTS =
      new VenueFacts(
          "okx",
          URI.create("wss://ws.okx.com:8443/ws/v5/public"),
          URI.create("https://www.okx.com"),
          VenueListing.of(
              "/api/v5/public/instruments?instType=SPOT", "/data", "instId", "state", "live"),
          LIMITS,
          List.of(DEPTH),
          DEPTH,
          List.of("BTC-USDT", "ETH-USDT", "SOL-USDT", "XRP-USDT", "DOGE-USDT"));

  @Override
  public VenueFacts facts() {
    return FACTS;
  }

  @Override
  public List<Request> requests(boolean begin, List<Subscription> all, int depth, long firstId) {
    String operation = begin ? "subscribe" : "unsubscribe";
    List<Request> requests = new ArrayList<>();
    for (List<Subscription> some : Batches.of(all, LIMITS.symbolsPerRequest())) {
      long id = firstId + requests.size();
      ObjectNode request =
          JsonNodeFactory.instance.objectNode().put("id", Long.toString(id)).put("op", operation);
      some.forEach(
          each ->
              request
                  .withArray("/args")
                  .addObject()
                  .put("channel", name(each.channel()))
                  .put("instId", each.symbol()));
      requests.add(new Request(id, request.toString(), some));
    }
    return requests;
  }

  private static String name(Channel channel) {
    return channel == Channel.BOOK ? "books" : "trades";
  }

  @Override
  public Optional<String> ping(long id) {
    return Optional.of("ping");
  }

  @Override
  public Optional<String> pong() {
    return Optional.of("pong");
  }

  @Override
  public boolean numbersBooks() {
    return true;
  }

  @Override
  public Channel channel(JsonNode message) {
    return message.has("event") ? null : named(message.path("arg"));
  }

  private static Channel named(JsonNode argument) {
    return switch (argument.path("channel").asText()) {
      case "books" -> Channel.BOOK;
      case "trades" -> Channel.TRADES;
      default -> null;
    };
  }

  @Override
  public Control read(JsonNode message) {
    JsonNode argument = message.path("arg");
    return switch (message.path("event").asText()) {
      case "subscribe" ->
          named(argument) == null
              ? new Control.Nothing()
              : new Control.Subscribed(
                  List.of(new Subscription(named(argument), argument.path("instId").asText())));
      case "error" ->
          new Control.Refused(
              message.path("id").asLong(Control.Refused.NO_ID),
              null,
              message.path("code").asText() + " " + message.path("msg").asText());
      case "notice" -> new Control.Closing(message.path("code").asText());
      case "unsubscribe", "channel-conn-count" -> new Control.Nothing();
      default -> new Control.Unknown();
    };
  }
}
