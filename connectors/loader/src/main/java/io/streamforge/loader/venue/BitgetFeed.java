package io.streamforge.loader.venue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Bitget's WebSocket v3: topics {@code books}, whose subscription answers with a snapshot, and
 * {@code publicTrade}. Each topic of a symbol is acknowledged by itself. Forms and their sources:
 * {@code docs/venues/bitget.md}.
 */
final class BitgetFeed implements VenueFeed {
  private static final int DEPTH = 400; // as the decoder takes it; the venue may send more

  private static final VenueLimits LIMITS =
      new VenueLimits(
          Duration.ofSeconds(2), // 300 in 5 minutes
          Duration.ofSeconds(1), // the end of a subscription has to be answered before it is anew
          20, // 50 subscriptions a connection are advised
          10,
          200, // 240 an hour
          0,
          Duration.ofSeconds(25), // each 30 s
          Duration.ofSeconds(60)); // a ping is answered

  private final VenueFacts facts;
  private final String market;

  private BitgetFeed(String market, List<String> usualSymbols) {
    this.market = market;
    this.facts =
        new VenueFacts(
            "bitget-" + market,
            URI.create("wss://ws.bitget.com/v3/ws/public"),
            URI.create("https://api.bitget.com"),
            VenueListing.of(
                "/api/v3/market/instruments?category=" + market.toUpperCase(Locale.ROOT),
                "/data",
                "symbol",
                "status",
                "online"),
            LIMITS,
            List.of(DEPTH),
            DEPTH,
            usualSymbols);
  }

  static BitgetFeed spot() {
    return new BitgetFeed("spot", List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT"));
  }

  static BitgetFeed usdtFutures() {
    return new BitgetFeed("usdt-futures", List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT"));
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
      ObjectNode request = JsonNodeFactory.instance.objectNode().put("op", operation);
      some.forEach(
          each ->
              request
                  .withArray("/args")
                  .addObject()
                  .put("instType", market)
                  .put("topic", name(each.channel()))
                  .put("symbol", each.symbol()));
      requests.add(new Request(firstId + requests.size(), request.toString(), some));
    }
    return requests;
  }

  private static String name(Channel channel) {
    return channel == Channel.BOOK ? "books" : "publicTrade";
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
    return switch (argument.path("topic").asText()) {
      case "books" -> Channel.BOOK;
      case "publicTrade" -> Channel.TRADES;
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
                  List.of(new Subscription(named(argument), argument.path("symbol").asText())));
      case "error" ->
          new Control.Refused(
              Control.Refused.NO_ID,
              null,
              message.path("code").asText() + " " + message.path("msg").asText());
      case "unsubscribe" -> new Control.Nothing();
      default -> new Control.Unknown();
    };
  }
}
