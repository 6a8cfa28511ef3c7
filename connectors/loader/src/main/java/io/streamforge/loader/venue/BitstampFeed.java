package io.streamforge.loader.venue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Bitstamp's WebSocket v2: channels {@code diff_order_book_SYMBOL} and {@code live_trades_SYMBOL},
 * whole books by {@code GET /api/v2/order_book/SYMBOL/}. A request names one channel. Forms and
 * their sources: {@code docs/venues/bitstamp.md}.
 */
final class BitstampFeed implements VenueFeed {
  private static final String BOOKS = "diff_order_book_";
  private static final String TRADES = "live_trades_";

  private static final VenueLimits LIMITS =
      new VenueLimits(
          Duration.ofSeconds(1),
          Duration.ofMillis(100),
          50,
          1,
          2_000,
          1_000, // 10,000 requests in 10 minutes
          Duration.ofSeconds(20),
          Duration.ofSeconds(60)); // a ping is answered

  /** Every level. */
  private static final int WHOLE = Integer.MAX_VALUE;

  private static final VenueFacts FACTS =
      new VenueFacts(
          "bitstamp",
          URI.create("wss://ws.bitstamp.net"),
          URI.create("https://www.bitstamp.net"),
          VenueListing.of("/api/v2/markets/", "", "market_symbol", "trading", "Enabled"),
          LIMITS,
          List.of(WHOLE),
          WHOLE,
          List.of("btcusd", "ethusd", "xrpusd", "btceur"));

  @Override
  public VenueFacts facts() {
    return FACTS;
  }

  @Override
  public String written(String symbol) {
    return symbol.toLowerCase(Locale.ROOT);
  }

  @Override
  public List<Request> requests(boolean begin, List<Subscription> all, int depth, long firstId) {
    String event = begin ? "bts:subscribe" : "bts:unsubscribe";
    List<Request> requests = new ArrayList<>();
    for (Subscription each : all) {
      ObjectNode request = JsonNodeFactory.instance.objectNode().put("event", event);
      request
          .putObject("data")
          .put("channel", (each.channel() == Channel.BOOK ? BOOKS : TRADES) + each.symbol());
      requests.add(new Request(firstId + requests.size(), request.toString(), List.of(each)));
    }
    return requests;
  }

  @Override
  public Optional<String> ping(long id) {
    return Optional.of("{\"event\":\"bts:heartbeat\"}");
  }

  @Override
  public boolean numbersBooks() {
    return true;
  }

  @Override
  public Channel channel(JsonNode message) {
    return message.path("event").asText().startsWith("bts:")
        ? null
        : channel(message.path("channel").asText());
  }

  private static Channel channel(String name) {
    if (name.startsWith(BOOKS)) {
      return Channel.BOOK;
    }
    return name.startsWith(TRADES) ? Channel.TRADES : null;
  }

  private static String symbol(String name) {
    return name.startsWith(BOOKS)
        ? name.substring(BOOKS.length())
        : name.substring(TRADES.length());
  }

  @Override
  public Control read(JsonNode message) {
    String name = message.path("channel").asText();
    return switch (message.path("event").asText()) {
      case "bts:subscription_succeeded" ->
          channel(name) == null
              ? new Control.Nothing()
              : new Control.Subscribed(List.of(new Subscription(channel(name), symbol(name))));
      case "bts:error" ->
          new Control.Refused(
              Control.Refused.NO_ID,
              channel(name) == null ? null : symbol(name),
              message.path("data").path("message").asText());
      case "bts:request_reconnect" -> new Control.Closing("bts:request_reconnect");
      case "bts:unsubscription_succeeded", "bts:heartbeat" -> new Control.Nothing();
      default -> new Control.Unknown();
    };
  }

  @Override
  public Optional<BookRequest> book(URI base, String symbol, int depth, long id) {
    String name = URLEncoder.encode(symbol, StandardCharsets.UTF_8);
    // Another query each time: the venue's edge keeps answers for up to a second.
    String address = "/api/v2/order_book/" + name + "/?group=1&_=" + id;
    return Optional.of(new BookRequest(base.resolve(address), null, 1));
  }
}
