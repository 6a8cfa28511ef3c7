package io.streamforge.testkit.exchange.venue;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.exchange.ClientConnection;
import io.streamforge.testkit.exchange.ExchangeFloor;
import io.streamforge.testkit.exchange.ExchangeProtocol;
import io.streamforge.testkit.exchange.ExchangeSession;
import io.streamforge.testkit.exchange.RateWindow;
import io.streamforge.testkit.exchange.RestAnswer;
import java.time.Duration;
import java.util.Locale;

/**
 * Gemini's WebSocket API of 2026, {@code wss://ws.gemini.com}, and its REST listings. Where the
 * forms of its messages were read stands in {@link GeminiMessage}. A difference from the venue: it
 * plays {@code @depth@100ms} and {@code @trade}; its other streams are acknowledged and silent.
 */
final class GeminiProtocol implements ExchangeProtocol {
  /** {@code CONNECTION_ATTEMPTS} of {@code conninfo}; how a further one is refused is assumed. */
  static final int CONNECTS = 300;

  private static final String DETAILS = "/v1/symbols/details/";

  private final ExchangeFloor floor;
  private final RateWindow connects = new RateWindow(CONNECTS, Duration.ofMinutes(5));

  /** "we limit requests to 120 requests per minute", developer.gemini.com/rate-limit. */
  private final RateWindow requests = new RateWindow(120, Duration.ofMinutes(1));

  /**
   * Of a recording in this form.
   *
   * @throws IllegalArgumentException if it is of market data v2
   */
  GeminiProtocol(ExchangeFloor floor) {
    RawMessage first = floor.market().next();
    if (first.value().startsWith("{\"type\":")) {
      throw new IllegalArgumentException(
          "the recording is of market data v2, GeminiRetold tells it in the form of 2026");
    }
    this.floor = floor;
  }

  @Override
  public String webSocketPath() {
    return "";
  }

  @Override
  public boolean serves(String path) {
    return path.isEmpty() || path.equals("/");
  }

  @Override
  public boolean refusesConnect() {
    boolean refuses = connects.exceededByOneMore();
    if (refuses) {
      floor.violated("more than " + CONNECTS + " connects in 5 minutes");
    }
    return refuses;
  }

  @Override
  public ExchangeSession opened(ClientConnection connection, QueryStringDecoder uri) {
    return new GeminiSession(connection, floor, uri);
  }

  /**
   * gemini/developer-platform@3c9feb9a, conformance/http/errors/rate-limited-429-retry-after.json,
   * has the refusal.
   */
  @Override
  public RestAnswer rest(QueryStringDecoder uri) {
    if (requests.exceededByOneMore()) {
      floor.violated("more than 120 REST requests in a minute");
      return RestAnswer.json(
              429,
              "{\"result\":\"error\",\"reason\":\"RateLimit\",\"message\":\"Rate limit exceeded\"}")
          .with("Retry-After", "3");
    }
    if (uri.path().equals("/v1/symbols")) {
      return RestAnswer.json(200, GeminiMessage.names(floor.listed()));
    }
    String symbol = uri.path().replaceFirst("^" + DETAILS, "").toLowerCase(Locale.ROOT);
    return floor.offers(symbol)
        ? RestAnswer.json(200, GeminiMessage.details(symbol.toUpperCase(Locale.ROOT)))
        : null;
  }
}
