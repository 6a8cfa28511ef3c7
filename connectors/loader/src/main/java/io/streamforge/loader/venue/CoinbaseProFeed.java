package io.streamforge.loader.venue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Coinbase Exchange, once Coinbase Pro: channels {@code level2_batch}, which needs no key, {@code
 * matches}, and {@code heartbeat} so that a dead connection shows soon. Forms and their sources:
 * {@code docs/venues/coinbase-pro.md}.
 */
final class CoinbaseProFeed implements VenueFeed {
  private static final VenueLimits LIMITS =
      new VenueLimits(
          Duration.ofMillis(500), // 8 a second
          Duration.ofMillis(200),
          25,
          25,
          2_000,
          0,
          Duration.ZERO,
          Duration.ofSeconds(10)); // a heartbeat comes each second

  /** Every level. */
  private static final int WHOLE = Integer.MAX_VALUE;

  private static final VenueFacts FACTS =
      new VenueFacts(
          "coinbase-pro",
          URI.create("wss://ws-feed.exchange.coinbase.com"),
          URI.create("https://api.exchange.coinbase.com"),
          VenueListing.of("/products", "", "id", "status", "online"),
          LIMITS,
          List.of(WHOLE),
          WHOLE,
          List.of("BTC-USD", "ETH-USD", "SOL-USD", "XRP-USD", "DOGE-USD"));

  @Override
  public VenueFacts facts() {
    return FACTS;
  }

  @Override
  public List<Request> requests(boolean begin, List<Subscription> all, int depth, long firstId) {
    String type = begin ? "subscribe" : "unsubscribe";
    List<Request> requests = new ArrayList<>();
    for (Channel channel : Channel.values()) {
      for (List<Subscription> some : Batches.of(all, channel, LIMITS.symbolsPerRequest())) {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("type", type);
        some.forEach(each -> request.withArray("/product_ids").add(each.symbol()));
        request.withArray("/channels").add(channel == Channel.BOOK ? "level2_batch" : "matches");
        if (begin) {
          request.withArray("/channels").add("heartbeat");
        }
        requests.add(new Request(firstId + requests.size(), request.toString(), some));
      }
    }
    return requests;
  }

  @Override
  public Channel channel(JsonNode message) {
    return switch (message.path("type").asText()) {
      case "snapshot", "l2update" -> Channel.BOOK;
      case "match", "last_match" -> Channel.TRADES;
      default -> null;
    };
  }

  @Override
  public Control read(JsonNode message) {
    return switch (message.path("type").asText()) {
      case "subscriptions" -> new Control.Subscribed(subscriptions(message.path("channels")));
      case "error" ->
          new Control.Refused(
              Control.Refused.NO_ID,
              null,
              message.path("message").asText() + ": " + message.path("reason").asText());
      case "heartbeat" -> new Control.Nothing();
      default -> new Control.Unknown();
    };
  }

  private static List<Subscription> subscriptions(JsonNode channels) {
    List<Subscription> held = new ArrayList<>();
    for (JsonNode each : channels) {
      Channel channel =
          switch (each.path("name").asText()) {
            case "level2_batch", "level2_50" -> Channel.BOOK;
            case "matches" -> Channel.TRADES;
            default -> null;
          };
      if (channel != null) {
        each.path("product_ids")
            .forEach(product -> held.add(new Subscription(channel, product.asText())));
      }
    }
    return held;
  }
}
