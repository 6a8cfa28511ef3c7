package io.streamforge.loader.venue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Kraken's WebSocket API v2: {@code book}, whose subscription answers with a snapshot, and {@code
 * trade}. Each symbol of a request is acknowledged by itself. Forms and their sources: {@code
 * docs/venues/kraken.md}.
 */
final class KrakenFeed implements VenueFeed {
  private static final VenueLimits LIMITS =
      new VenueLimits(
          Duration.ofSeconds(5), // 150 in 10 minutes
          Duration.ofMillis(100),
          50,
          10,
          2_000,
          0,
          Duration.ofSeconds(30),
          Duration.ofSeconds(10)); // a heartbeat comes each second

  private static final VenueFacts FACTS =
      new VenueFacts(
          "kraken",
          URI.create("wss://ws.kraken.com/v2"),
          URI.create("https://api.kraken.com"),
          new VenueListing(
              "/0/public/AssetPairs",
              "/result",
              pair -> renamed(pair.path("wsname").asText()),
              pair -> pair.path("status").asText().equals("online")),
          LIMITS,
          List.of(10, 25, 100, 500, 1000),
          1000,
          // Large markets in US dollars.
          Stream.of(
                  "BTC ETH SOL XRP DOGE ADA LTC LINK AVAX DOT BCH SUI TRX XLM UNI ATOM AAVE NEAR ALGO FIL"
                      .split(" "))
              .map(base -> base + "/USD")
              .toList());

  /** The listing has the names of the first version of the WebSocket. */
  private static String renamed(String pair) {
    return ('/' + pair).replace("/XBT", "/BTC").replace("/XDG", "/DOGE").substring(1);
  }

  @Override
  public VenueFacts facts() {
    return FACTS;
  }

  @Override
  public List<Request> requests(boolean begin, List<Subscription> all, int depth, long firstId) {
    String method = begin ? "subscribe" : "unsubscribe";
    List<Request> requests = new ArrayList<>();
    for (Channel channel : Channel.values()) {
      for (List<Subscription> some : Batches.of(all, channel, LIMITS.symbolsPerRequest())) {
        long id = firstId + requests.size();
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("method", method);
        ObjectNode params = request.putObject("params").put("channel", name(channel));
        some.forEach(each -> params.withArray("/symbol").add(each.symbol()));
        if (channel == Channel.BOOK) {
          params.put("depth", depth);
        } else if (begin) {
          params.put("snapshot", false); // the trades of before the connection are history
        }
        requests.add(new Request(id, request.put("req_id", id).toString(), some));
      }
    }
    return requests;
  }

  private static String name(Channel channel) {
    return channel == Channel.BOOK ? "book" : "trade";
  }

  @Override
  public Optional<String> ping(long id) {
    return Optional.of("{\"method\":\"ping\",\"req_id\":" + id + "}");
  }

  @Override
  public Channel channel(JsonNode message) {
    return switch (message.path("channel").asText()) {
      case "book" -> Channel.BOOK;
      case "trade" -> Channel.TRADES;
      default -> null;
    };
  }

  @Override
  public Control read(JsonNode message) {
    JsonNode method = message.path("method");
    if (message.has("Error")) {
      return refused(message, message.path("Error"));
    }
    return switch (method.asText(message.path("channel").asText())) {
      case "subscribe" ->
          message.path("success").asBoolean()
              ? subscribed(message.path("result"))
              : refused(message, message.path("error"));
      case "error" -> refused(message, message.path("error"));
      case "unsubscribe", "pong", "heartbeat", "status", "instrument" -> new Control.Nothing();
      default -> new Control.Unknown();
    };
  }

  private static Control subscribed(JsonNode result) {
    String channel = result.path("channel").asText();
    String symbol = result.path("symbol").asText();
    return switch (channel) {
      case "book" -> new Control.Subscribed(List.of(new Subscription(Channel.BOOK, symbol)));
      case "trade" -> new Control.Subscribed(List.of(new Subscription(Channel.TRADES, symbol)));
      default -> new Control.Nothing();
    };
  }

  private static Control refused(JsonNode message, JsonNode error) {
    return new Control.Refused(
        message.path("req_id").asLong(Control.Refused.NO_ID),
        message.path("symbol").asText(null),
        error.asText());
  }
}
