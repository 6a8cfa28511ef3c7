package io.streamforge.loader.venue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Coinbase's Advanced Trade: channels {@code level2} and {@code market_trades}, and {@code
 * heartbeats} so that a connection on which little trades stays open. A request names one channel.
 * Every message has the connection's next {@code sequence_num}. Forms and their sources: {@code
 * docs/venues/coinbase.md}.
 */
final class CoinbaseFeed implements VenueFeed {
  private static final VenueLimits LIMITS =
      new VenueLimits(
          Duration.ofMillis(500), // 8 a second
          Duration.ofMillis(200), // 8 a second
          25, // of level2 products 30
          25,
          2_000,
          0,
          Duration.ZERO,
          Duration.ofSeconds(10)); // a heartbeat comes each second

  /** Every level. */
  private static final int WHOLE = Integer.MAX_VALUE;

  private static final VenueFacts FACTS =
      new VenueFacts(
          "coinbase",
          URI.create("wss://advanced-trade-ws.coinbase.com"),
          URI.create("https://api.coinbase.com"),
          new VenueListing(
              "/api/v3/brokerage/market/products?product_type=SPOT",
              "/products",
              product -> product.path("product_id").asText(),
              product ->
                  product.path("status").asText().equals("online")
                      && product.path("alias").asText().isEmpty()), // whose data has another name
          LIMITS,
          List.of(WHOLE),
          WHOLE,
          List.of("BTC-USD", "ETH-USD", "SOL-USD", "XRP-USD", "DOGE-USD"));

  private static final byte[] NUMBER = "\"sequence_num\":".getBytes(StandardCharsets.US_ASCII);

  /** The number stands before the market's part of a message. */
  private static final int HEAD = 256;

  private static final Map<String, Channel> CHANNELS =
      Map.of("level2", Channel.BOOK, "market_trades", Channel.TRADES);

  @Override
  public VenueFacts facts() {
    return FACTS;
  }

  @Override
  public List<Request> requests(boolean begin, List<Subscription> all, int depth, long firstId) {
    List<Request> requests = new ArrayList<>();
    for (Channel channel : Channel.values()) {
      for (List<Subscription> some : Batches.of(all, channel, LIMITS.symbolsPerRequest())) {
        ObjectNode request =
            JsonNodeFactory.instance.objectNode().put("type", begin ? "subscribe" : "unsubscribe");
        some.forEach(each -> request.withArray("/product_ids").add(each.symbol()));
        request.put("channel", channel == Channel.BOOK ? "level2" : "market_trades");
        requests.add(new Request(firstId + requests.size(), request.toString(), some));
      }
    }
    if (begin) {
      String heartbeats = "{\"type\":\"subscribe\",\"channel\":\"heartbeats\"}";
      requests.add(new Request(firstId + requests.size(), heartbeats, List.of()));
    }
    return requests;
  }

  @Override
  public Channel channel(JsonNode message) {
    return switch (message.path("channel").asText()) {
      case "l2_data" -> Channel.BOOK;
      case "market_trades" -> Channel.TRADES;
      default -> null;
    };
  }

  @Override
  public Control read(JsonNode message) {
    if (message.path("type").asText().equals("error")) {
      return new Control.Refused(Control.Refused.NO_ID, null, message.path("message").asText());
    }
    return switch (message.path("channel").asText()) {
      case "subscriptions" -> new Control.Subscribed(subscriptions(message.path("events")));
      case "heartbeats" -> new Control.Nothing();
      default -> new Control.Unknown();
    };
  }

  private static List<Subscription> subscriptions(JsonNode events) {
    List<Subscription> held = new ArrayList<>();
    for (JsonNode event : events) {
      CHANNELS.forEach(
          (name, channel) ->
              event
                  .path("subscriptions")
                  .path(name)
                  .forEach(product -> held.add(new Subscription(channel, product.asText()))));
    }
    return held;
  }

  @Override
  public long connectionNumber(byte[] message) {
    int end = Math.min(message.length, HEAD) - NUMBER.length;
    for (int at = 0; at < end; at++) {
      if (message[at] == '"' && matches(message, at)) {
        return number(message, at + NUMBER.length);
      }
    }
    return NO_NUMBER;
  }

  private static boolean matches(byte[] message, int at) {
    for (int i = 1; i < NUMBER.length; i++) {
      if (message[at + i] != NUMBER[i]) {
        return false;
      }
    }
    return true;
  }

  private static long number(byte[] message, int from) {
    long number = NO_NUMBER;
    for (int at = from; at < message.length; at++) {
      int digit = message[at] - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      number = Math.max(number, 0) * 10 + digit;
    }
    return number;
  }
}
