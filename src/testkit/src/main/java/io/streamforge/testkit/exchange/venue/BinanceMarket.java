package io.streamforge.testkit.exchange.venue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What Binance's markets do not have in common. Spot as in {@link BinanceProtocol}. The futures by
 * developers.binance.com, "Websocket Market Streams" of USDⓈ-M and of COIN-M (10 messages a second,
 * a ping each 3 minutes), and "Important WebSocket Change Notice" (2026-03-06: the paths of
 * USDⓈ-M). Weights and refusals of USDⓈ-M were measured on 2026-10-07:
 * dilettante-trading/polyoxide@1b11754b, docs/specs/binance/OBSERVED.md; COIN-M is assumed to be
 * alike, and has the same documented weights. Both count in one pool since 2026-06-30 ("Important
 * CM-UM Integration Notice"), which two fake exchanges do not do.
 */
enum BinanceMarket {
  SPOT("/api/v3", "", 5, Duration.ofSeconds(20), 6000, 20, 100),
  USDM("/fapi/v1", "/public", 10, Duration.ofMinutes(3), 2400, 1, 500),
  COINM("/dapi/v1", "", 10, Duration.ofMinutes(3), 2400, 1, 500);

  private static final int LARGEST_SPOT_LIMIT = 5000;
  private static final List<Integer> FUTURES_LIMITS = List.of(5, 10, 20, 50, 100, 500, 1000);

  private final String restPath;
  private final String webSocketPath;
  private final int messagesASecond;
  private final Duration pingEvery;
  private final int weightAMinute;
  private final int listingWeight;
  private final int defaultLimit;

  BinanceMarket(
      String restPath,
      String webSocketPath,
      int messagesASecond,
      Duration pingEvery,
      int weightAMinute,
      int listingWeight,
      int defaultLimit) {
    this.restPath = restPath;
    this.webSocketPath = webSocketPath;
    this.messagesASecond = messagesASecond;
    this.pingEvery = pingEvery;
    this.weightAMinute = weightAMinute;
    this.listingWeight = listingWeight;
    this.defaultLimit = defaultLimit;
  }

  String restPath() {
    return restPath;
  }

  String webSocketPath() {
    return webSocketPath;
  }

  /** "WebSocket connections have a limit of 10 incoming messages per second." 15 have been seen. */
  int messagesASecond() {
    return messagesASecond;
  }

  Duration pingEvery() {
    return pingEvery;
  }

  int weightAMinute() {
    return weightAMinute;
  }

  int listingWeight() {
    return listingWeight;
  }

  /** Whether the times can be asked for in microseconds. */
  boolean hasMicros() {
    return this == SPOT;
  }

  /** Whether a close is announced; no document of the futures does so. */
  boolean announcesShutdown() {
    return this == SPOT;
  }

  /** The part of a WebSocket's path that tells which streams it carries; mostly empty. */
  String route(String path) {
    return this == USDM && path.matches("/(public|market)/.*")
        ? path.substring(0, path.indexOf('/', 1))
        : "";
  }

  /** Whether a document names this route; the venue retired the other on 2026-04-23. */
  boolean names(String route) {
    return this != USDM || !route.isEmpty();
  }

  /**
   * Whether a route carries a stream. Any other is acknowledged there, and silent: measured
   * 2026-09-25, rob435/MarketCapture@da113927, tests/market_tape/test_venue_binance.py. No document
   * has {@code @trade} of the futures.
   */
  boolean carries(String route, String stream) {
    boolean isPublic = stream.matches("[^@]+@(depth|bookTicker|trade|rpiDepth).*");
    return this != USDM || isPublic == !route.equals("/market");
  }

  /**
   * The name under which a recorded stream is sent; null if it was not subscribed to. Futures were
   * recorded at {@code @depth@0ms}, which no document has, and go as {@code @depth@100ms} too.
   */
  static String nameOf(String recorded, Set<String> subscribed) {
    if (subscribed.contains(recorded)) {
      return recorded;
    }
    String documented = recorded.replaceFirst("@depth@0ms$", "@depth@100ms");
    return subscribed.contains(documented) ? documented : null;
  }

  /** How many levels a side a request gets; 0 where the limit is refused. */
  int levels(String limit) {
    if (limit.isEmpty()) {
      return defaultLimit;
    }
    int asked = limit.matches("[1-9]\\d{0,6}") ? Integer.parseInt(limit) : -1;
    if (this == SPOT) {
      return asked < 0 ? defaultLimit : Math.min(LARGEST_SPOT_LIMIT, asked);
    }
    return FUTURES_LIMITS.contains(asked) ? asked : 0;
  }

  /** The weight of a request for the depth. On the futures, none that is given costs least. */
  int depthWeight(String limit) {
    int levels = levels(limit);
    if (this == SPOT) {
      return levels <= 100 ? 5 : levels <= 500 ? 25 : levels <= 1000 ? 50 : 250;
    }
    if (limit.isEmpty() || levels == 0) {
      return 1;
    }
    return levels <= 50 ? 2 : levels <= 100 ? 5 : levels <= 500 ? 10 : 20;
  }

  /**
   * The text of 429. Spot: errors.md. Futures as logged on 2026-09-11 and in many issues: {@code
   * {"code":-1003,"msg":"Too many requests; current limit of IP(206.237.5.124) is 2400 requests per
   * minute. Please use the websocket for live updates to avoid polling the API."}}.
   */
  String tooMuchWeight() {
    return (this == SPOT
            ? "Too much request weight used; current limit is %d request weight per 1 MINUTE. "
                + "Please use WebSocket Streams for live updates to avoid polling the API."
            : "Too many requests; current limit of IP(127.0.0.1) is %d requests per minute. "
                + "Please use the websocket for live updates to avoid polling the API.")
        .formatted(weightAMinute);
  }

  /** The text of 418, likewise. */
  String banned(long untilMs) {
    return (this == SPOT
            ? "Way too much request weight used; IP banned until %d. "
                + "Please use WebSocket Streams for live updates to avoid bans."
            : "Way too many requests; IP(127.0.0.1) banned until %d. "
                + "Please use the websocket for live updates to avoid bans.")
        .formatted(untilMs);
  }

  /** Whether a request has an id of a form in "Live Subscribing". */
  boolean isRequestId(JsonNode id) {
    if (id == null) {
      return false;
    }
    if (this == SPOT) {
      return id.isNull() || id.isIntegralNumber() || (id.isTextual() && id.asText().length() <= 36);
    }
    return id.isIntegralNumber() && id.asLong() >= 0;
  }
}
