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
 * Binance's spot market, and that of Binance.US, whose weights are its own: streams
 * {@code @depth@100ms} and {@code @trade} in combined form, whole books by {@code GET
 * /api/v3/depth}. An answer names its request alone. Forms and their sources: {@code
 * docs/venues/binance-spot.md}.
 */
final class BinanceSpotFeed implements VenueFeed {
  private static final List<Integer> DEPTHS = List.of(100, 500, 1000, 5000);
  private static final int SYMBOLS_PER_REQUEST = 100;

  private final VenueFacts facts;
  private final List<Integer> weights;

  private BinanceSpotFeed(
      String venue, URI socket, URI rest, int weightPerMinute, List<Integer> weights) {
    this.weights = weights;
    this.facts =
        new VenueFacts(
            venue,
            socket,
            rest,
            new VenueLimits(
                Duration.ofSeconds(1), // 300 in 5 minutes
                Duration.ofMillis(250), // 5 in any second, and a pong may be one
                200,
                SYMBOLS_PER_REQUEST,
                Integer.MAX_VALUE,
                weightPerMinute,
                Duration.ZERO,
                Duration.ZERO),
            DEPTHS,
            1000,
            List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "DOGEUSDT"));
  }

  static BinanceSpotFeed spot() {
    return new BinanceSpotFeed(
        "binance-spot",
        URI.create("wss://stream.binance.com:9443"),
        URI.create("https://api.binance.com"),
        6_000,
        List.of(5, 25, 50, 250));
  }

  static BinanceSpotFeed us() {
    return new BinanceSpotFeed(
        "binance-us",
        URI.create("wss://stream.binance.us:9443"),
        URI.create("https://api.binance.us"),
        1_200,
        List.of(1, 5, 10, 50));
  }

  @Override
  public VenueFacts facts() {
    return facts;
  }

  /** The path under which messages come with the name of their stream. */
  @Override
  public URI address(URI base) {
    return base.resolve("/stream");
  }

  @Override
  public List<Request> subscribe(List<Subscription> wanted, int depth, long firstId) {
    return requests("SUBSCRIBE", wanted, firstId);
  }

  @Override
  public List<Request> unsubscribe(List<Subscription> held, int depth, long firstId) {
    return requests("UNSUBSCRIBE", held, firstId);
  }

  private static List<Request> requests(String method, List<Subscription> all, long firstId) {
    List<Request> requests = new ArrayList<>();
    for (List<Subscription> some : Batches.of(all, SYMBOLS_PER_REQUEST)) {
      long id = firstId + requests.size();
      ObjectNode request = JsonNodeFactory.instance.objectNode().put("method", method);
      some.forEach(each -> request.withArray("/params").add(stream(each)));
      requests.add(new Request(id, request.put("id", id).toString(), some));
    }
    return requests;
  }

  private static String stream(Subscription of) {
    return of.symbol().toLowerCase(Locale.ROOT)
        + (of.channel() == Channel.BOOK ? "@depth@100ms" : "@trade");
  }

  @Override
  public boolean numbersBooks() {
    return true;
  }

  @Override
  public Channel channel(JsonNode message) {
    JsonNode event = message.has("data") ? message.path("data") : message;
    return switch (event.path("e").asText()) {
      case "depthUpdate" -> Channel.BOOK;
      case "trade" -> Channel.TRADES;
      default -> null;
    };
  }

  @Override
  public Control read(JsonNode message) {
    JsonNode event = message.has("data") ? message.path("data") : message;
    if (event.path("e").asText().equals("serverShutdown")) {
      return new Control.Closing("serverShutdown");
    }
    long id = message.path("id").asLong(Control.Refused.NO_ID);
    JsonNode error = message.has("code") ? message : message.path("error");
    if (error.has("code")) {
      return new Control.Refused(
          id, null, error.path("code").asText() + " " + error.path("msg").asText());
    }
    return message.has("result") ? new Control.RequestAccepted(id) : new Control.Unknown();
  }

  @Override
  public Optional<BookRequest> book(URI base, String symbol, int depth) {
    int weight = weights.get(DEPTHS.indexOf(depth));
    String query =
        "?symbol=" + URLEncoder.encode(symbol, StandardCharsets.UTF_8) + "&limit=" + depth;
    return Optional.of(new BookRequest(base.resolve("/api/v3/depth" + query), weight));
  }
}
