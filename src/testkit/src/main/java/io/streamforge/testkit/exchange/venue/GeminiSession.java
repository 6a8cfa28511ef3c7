package io.streamforge.testkit.exchange.venue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.exchange.ClientConnection;
import io.streamforge.testkit.exchange.ExchangeFloor;
import io.streamforge.testkit.exchange.ExchangeSession;
import io.streamforge.testkit.exchange.RateWindow;
import io.streamforge.testkit.exchange.market.PlayedBook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection to Gemini; {@link GeminiMessage} tells what "probed" and "specified" mean. */
final class GeminiSession extends ExchangeSession {
  /** {@code REQUEST_WEIGHT} of {@code conninfo}, in 10 seconds. */
  static final int WEIGHT = 7000;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BOOK = "@depth@100ms";

  /** Specified. */
  private static final Pattern STREAM =
      Pattern.compile("(?i)([^@]+)@(bookTicker|trade|depth(5|10|20)?(@100ms)?)");

  private static final int DEFAULT_DEPTH = 100;
  private static final int LARGEST_DEPTH = 5000;

  /** Probed: "a protocol ping every 20 s". What a missing pong does was not found. */
  private static final Duration PING_EVERY = Duration.ofSeconds(20);

  private static final int PONGS_MISSED = 3;

  /** Probed: after 33 streams in three requests {@code count} was 33. What else weighs: assumed. */
  private final RateWindow weight = new RateWindow(WEIGHT, Duration.ofSeconds(10));

  private final Set<String> streams = new LinkedHashSet<>();

  /** How many levels a side the whole book on subscription has; 0 for none. */
  private final int snapshot;

  private final long pingNanos;
  private long pingedNanos = System.nanoTime();
  private long pongedNanos = System.nanoTime();

  GeminiSession(ClientConnection connection, ExchangeFloor floor, QueryStringDecoder uri) {
    super(connection, floor);
    String asked = uri.parameters().getOrDefault("snapshot", List.of("0")).get(0);
    snapshot = asked.startsWith("-") ? Integer.MAX_VALUE : Integer.parseInt(asked);
    Duration every = floor.setup().pingEvery();
    pingNanos = (every == null ? PING_EVERY : every).toNanos();
  }

  @Override
  public void received(String text) {
    JsonNode request;
    try {
      request = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      request = JSON.nullNode();
    }
    JsonNode id = request.path("id");
    if (!id.isTextual() && !id.isIntegralNumber()) {
      refuse(JSON.nullNode(), 400, -1013, "Invalid parameters"); // assumed
      return;
    }
    JsonNode params = request.path("params");
    if (tooHeavy(Math.max(1, params.isArray() ? params.size() : 1))) {
      refuse(id, 429, -1003, "Rate limit exceeded");
      return;
    }
    answer(request.path("method").asText().toLowerCase(Locale.ROOT), id, params);
  }

  private boolean tooHeavy(int units) {
    boolean exceeded = false;
    for (int i = 0; i < units; i++) {
      exceeded = weight.exceededByOneMore();
    }
    return exceeded;
  }

  private void answer(String method, JsonNode id, JsonNode params) {
    switch (method) {
      case "subscribe" -> {
        if (!floor().faults().withholds()) {
          subscribe(id, params);
        }
      }
      case "unsubscribe" -> {
        params.forEach(stream -> streams.remove(stream.asText().toLowerCase(Locale.ROOT)));
        connection().send(GeminiMessage.accepted(id));
      }
      case "depth" -> depth(id, params);
      case "ping" -> connection().send(GeminiMessage.accepted(id));
      case "time" -> {
        long ms = floor().clock().shownUs() / 1000;
        connection().send(GeminiMessage.answer(id, "{\"serverTime\":" + ms + "}"));
      }
      case "conninfo" ->
          connection().send(GeminiMessage.limits(id, WEIGHT, GeminiProtocol.CONNECTS));
      case "list_subscriptions" ->
          connection().send(GeminiMessage.answer(id, GeminiMessage.names(streams)));
      default -> refuse(id, 400, -1020, "Unsupported operation");
    }
  }

  private void refuse(JsonNode id, int status, int code, String text) {
    floor().violated("was refused: " + text);
    connection().send(GeminiMessage.refused(id, status, code, text));
  }

  /**
   * Probed: one bad name rejects the whole request; the case of a symbol does not matter; whole
   * books come before the acknowledgement.
   */
  private void subscribe(JsonNode id, JsonNode params) {
    List<String> asked = new ArrayList<>();
    for (JsonNode param : params) {
      Matcher name = STREAM.matcher(param.asText());
      if (!name.matches() || !floor().offers(name.group(1).toLowerCase(Locale.ROOT))) {
        refuse(id, 400, -1013, "Invalid stream name: " + param.asText());
        return;
      }
      asked.add(param.asText().toLowerCase(Locale.ROOT));
    }
    for (String stream : asked) {
      if (snapshot > 0 && stream.endsWith(BOOK)) {
        String symbol = stream.substring(0, stream.length() - BOOK.length());
        long shownUs = floor().clock().shownUs();
        connection().sendData(GeminiMessage.whole(symbol, book(symbol), snapshot, shownUs));
      }
      streams.add(stream);
    }
    connection().send(GeminiMessage.accepted(id));
    floor().subscribed();
  }

  /** Specified: at most 5000 levels a side, 100 where nothing is said. */
  private void depth(JsonNode id, JsonNode params) {
    String symbol = params.path("symbol").asText().toLowerCase(Locale.ROOT);
    int limit = params.path("limit").asInt(DEFAULT_DEPTH);
    if (!floor().offers(symbol) || limit < 1 || limit > LARGEST_DEPTH) {
      refuse(id, 400, -1013, "Invalid parameters");
      return;
    }
    connection().send(GeminiMessage.answer(id, GeminiMessage.depth(book(symbol), limit)));
  }

  private PlayedBook book(String symbol) {
    PlayedBook known = floor().bookAskedFor(symbol);
    return known == null ? new PlayedBook() : known; // of a symbol that was listed meanwhile
  }

  @Override
  public String data(RawMessage message) {
    String stream = message.key() + (message.isTrade() ? "@trade" : BOOK);
    if (!streams.contains(stream)
        || floor().faults().refuses(message.key())
        || message.value().startsWith("{\"id\"")) { // an answer to the recorder
      return null;
    }
    return GeminiMessage.shifted(message.value(), floor().clock().shiftUs());
  }

  @Override
  public void receivedControlFrame(boolean pong) {
    if (pong) {
      pongedNanos = System.nanoTime();
    }
  }

  @Override
  public void everySecond() {
    long now = System.nanoTime();
    if (now - pongedNanos > (PONGS_MISSED + 1) * pingNanos) {
      floor().violated("sent no pong for " + PONGS_MISSED + " pings");
      connection().close(1008, "Pong timeout");
    } else if (now - pingedNanos >= pingNanos) {
      pingedNanos = now;
      connection().ping("");
    }
  }

  @Override
  public void notice() {
    throw new UnsupportedOperationException("gemini does not say that it will close");
  }
}
