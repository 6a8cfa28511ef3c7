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
 * Binance's markets, and Binance.US: streams {@code @depth@100ms} and {@code @trade} in combined
 * form, whole books by REST. They differ in addresses and weights. An answer names its request
 * alone. Forms and their sources: {@code docs/venues/binance-spot.md} and {@code binance-usdm.md}.
 */
final class BinanceFeed implements VenueFeed {
  private static final int SYMBOLS_PER_REQUEST = 100;

  private final VenueFacts facts;
  private final String streamPath;
  private final String depthPath;
  private final List<Integer> weights;

  /**
   * @param streamPath under which messages come with the name of their stream
   * @param weights of a request, by depth
   */
  private BinanceFeed(
      VenueFacts facts, String streamPath, String depthPath, List<Integer> weights) {
    this.facts = facts;
    this.streamPath = streamPath;
    this.depthPath = depthPath;
    this.weights = weights;
  }

  static BinanceFeed spot() {
    return new BinanceFeed(
        facts(
            "binance-spot",
            "wss://stream.binance.com:9443",
            "https://api.binance.com",
            listing(
                "/api/v3/exchangeInfo?symbolStatus=TRADING&permissions=SPOT&showPermissionSets=false",
                "status"),
            6_000,
            List.of(100, 500, 1000, 5000),
            List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "DOGEUSDT")),
        "/stream",
        "/api/v3/depth",
        List.of(5, 25, 50, 250));
  }

  static BinanceFeed us() {
    return new BinanceFeed(
        facts(
            "binance-us",
            "wss://stream.binance.us:9443",
            "https://api.binance.us",
            listing("/api/v3/exchangeInfo", "status"),
            1_200,
            List.of(100, 500, 1000, 5000),
            List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "DOGEUSDT")),
        "/stream",
        "/api/v3/depth",
        List.of(1, 5, 10, 50));
  }

  /** Contracts in USDT and USDC; their trades come on the path of the books, too. */
  static BinanceFeed usdm() {
    return new BinanceFeed(
        facts(
            "binance-usdm",
            "wss://fstream.binance.com",
            "https://fapi.binance.com",
            listing("/fapi/v1/exchangeInfo", "status"),
            2_400,
            List.of(100, 500, 1000),
            List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "DOGEUSDT")),
        "/public/stream",
        "/fapi/v1/depth",
        List.of(5, 10, 20));
  }

  /** Contracts in coins. Their weights count with those of {@link #usdm}; an answer has the sum. */
  static BinanceFeed coinm() {
    return new BinanceFeed(
        facts(
            "binance-coinm",
            "wss://dstream.binance.com",
            "https://dapi.binance.com",
            listing("/dapi/v1/exchangeInfo", "contractStatus"),
            2_400,
            List.of(100, 500, 1000),
            List.of("BTCUSD_PERP", "ETHUSD_PERP", "SOLUSD_PERP", "XRPUSD_PERP")),
        "/stream",
        "/dapi/v1/depth",
        List.of(5, 10, 20));
  }

  private static VenueListing listing(String path, String status) {
    return VenueListing.of(path, "/symbols", "symbol", status, "TRADING");
  }

  private static VenueFacts facts(
      String venue,
      String socket,
      String rest,
      VenueListing listing,
      int weightPerMinute,
      List<Integer> depths,
      List<String> usualSymbols) {
    return new VenueFacts(
        venue,
        URI.create(socket),
        URI.create(rest),
        listing,
        new VenueLimits(
            Duration.ofSeconds(1), // 300 in 5 minutes
            Duration.ofMillis(500), // 5 in any second; at one each 250 ms connections were closed
            200,
            SYMBOLS_PER_REQUEST,
            Integer.MAX_VALUE,
            weightPerMinute,
            Duration.ZERO,
            Duration.ZERO),
        depths,
        1000,
        usualSymbols);
  }

  @Override
  public VenueFacts facts() {
    return facts;
  }

  @Override
  public URI address(URI base) {
    return base.resolve(streamPath);
  }

  @Override
  public String written(String symbol) {
    return symbol.toUpperCase(Locale.ROOT);
  }

  @Override
  public List<Request> requests(boolean begin, List<Subscription> all, int depth, long firstId) {
    String method = begin ? "SUBSCRIBE" : "UNSUBSCRIBE";
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
  public Optional<BookRequest> book(URI base, String symbol, int depth, long id) {
    int weight = weights.get(facts.depths().indexOf(depth));
    String query =
        "?symbol=" + URLEncoder.encode(symbol, StandardCharsets.UTF_8) + "&limit=" + depth;
    return Optional.of(new BookRequest(base.resolve(depthPath + query), null, weight));
  }
}
