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
 * Bybit's WebSocket v5, one address a market: topics {@code orderbook.DEPTH.SYMBOL}, whose
 * subscription answers with a snapshot, and {@code publicTrade.SYMBOL}. An answer names its request
 * alone. Forms and their sources: {@code docs/venues/bybit.md}.
 */
final class BybitFeed implements VenueFeed {
  private static final VenueLimits LIMITS =
      new VenueLimits(
          Duration.ofSeconds(2), // 500 in 5 minutes, of all markets together
          Duration.ofMillis(100),
          100,
          10, // spot takes no more
          2_000,
          0,
          Duration.ofSeconds(20),
          Duration.ofSeconds(60)); // a ping is answered

  /** Depth 1, which sends whole books alone, does not say what changed. */
  private static final List<Integer> DEPTHS = List.of(50, 200, 1000);

  private final VenueFacts facts;

  private BybitFeed(String market, List<String> usualSymbols) {
    this.facts =
        new VenueFacts(
            "bybit-" + market,
            URI.create("wss://stream.bybit.com/v5/public/" + market),
            URI.create("https://api.bybit.com"),
            VenueListing.of(
                "/v5/market/instruments-info?limit=1000&category=" + market,
                "/result/list",
                "symbol",
                "status",
                "Trading"),
            LIMITS,
            DEPTHS,
            200,
            usualSymbols);
  }

  static BybitFeed spot() {
    return new BybitFeed("spot", inDollars("USDT"));
  }

  static BybitFeed linear() {
    return new BybitFeed("linear", inDollars("USDT"));
  }

  static BybitFeed inverse() {
    return new BybitFeed("inverse", inDollars("USD"));
  }

  private static List<String> inDollars(String quote) {
    return List.of("BTC" + quote, "ETH" + quote, "SOL" + quote, "XRP" + quote);
  }

  @Override
  public VenueFacts facts() {
    return facts;
  }

  @Override
  public List<Request> requests(boolean begin, List<Subscription> all, int depth, long firstId) {
    String operation = begin ? "subscribe" : "unsubscribe";
    List<Request> requests = new ArrayList<>();
    for (List<Subscription> some : Batches.of(all, LIMITS.symbolsPerRequest())) {
      long id = firstId + requests.size();
      ObjectNode request =
          JsonNodeFactory.instance
              .objectNode()
              .put("req_id", Long.toString(id))
              .put("op", operation);
      some.forEach(each -> request.withArray("/args").add(topic(each, depth)));
      requests.add(new Request(id, request.toString(), some));
    }
    return requests;
  }

  private static String topic(Subscription of, int depth) {
    return of.channel() == Channel.BOOK
        ? "orderbook." + depth + '.' + of.symbol()
        : "publicTrade." + of.symbol();
  }

  @Override
  public Optional<String> ping(long id) {
    return Optional.of("{\"req_id\":\"ping\",\"op\":\"ping\"}");
  }

  @Override
  public boolean numbersBooks() {
    return true;
  }

  @Override
  public Channel channel(JsonNode message) {
    String topic = message.path("topic").asText();
    if (topic.startsWith("orderbook.")) {
      return Channel.BOOK;
    }
    return topic.startsWith("publicTrade.") ? Channel.TRADES : null;
  }

  @Override
  public Control read(JsonNode message) {
    long id = message.path("req_id").asLong(Control.Refused.NO_ID);
    return switch (message.path("op").asText()) {
      case "subscribe" ->
          message.path("success").asBoolean()
              ? new Control.RequestAccepted(id)
              : new Control.Refused(id, null, message.path("ret_msg").asText());
      case "unsubscribe", "ping", "pong" -> new Control.Nothing();
      default -> new Control.Unknown();
    };
  }
}
