package io.streamforge.testkit.exchange.market;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.testkit.RawMessage;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A recording of Gemini's old interface (market data v2), told in the form of the one of 2026. Its
 * messages are <b>made</b>: nobody received them. Prices, quantities, trades and receive times are
 * the venue's; {@code E} of a book is its receive time, and {@code U} and {@code u} are counted
 * here. As on the venue, one count runs through all symbols, and {@code U} is the {@code u} before
 * it. A whole book becomes the answer to a request {@code depth}. The venue pads its numbers with
 * zeros; here they are as the old interface wrote them.
 */
public final class GeminiRetold {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Map<String, Long> newest = new HashMap<>();

  /** As large as the venue's own in September 2026. */
  private long id = 1_764_559_652_998_238L;

  private GeminiRetold() {}

  /**
   * The same market in the form of 2026, message for message. Symbols are in lower case.
   *
   * @throws UncheckedIOException if a message is no JSON
   */
  public static List<RawMessage> of(List<RawMessage> recording) {
    GeminiRetold told = new GeminiRetold();
    return recording.stream().map(told::tell).toList();
  }

  private RawMessage tell(RawMessage old) {
    String symbol = old.key().toLowerCase(Locale.ROOT);
    return new RawMessage(
        old.topic(),
        symbol,
        old.venue(),
        old.receiveTimeUs(),
        old.value() == null ? null : text(symbol, old),
        null,
        old.event(),
        old.connection(),
        old.headers());
  }

  private String text(String symbol, RawMessage old) {
    JsonNode json;
    try {
      json = JSON.readTree(old.value());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot read a recorded message of " + symbol, e);
    }
    if (old.isTrade()) {
      return "{\"E\":%d,\"s\":\"%s\",\"t\":%d,\"p\":\"%s\",\"q\":\"%s\",\"m\":%b}"
          .formatted(
              json.get("timestamp").longValue() * NANOS_PER_MILLI,
              symbol,
              json.get("event_id").longValue(),
              json.get("price").asText(),
              json.get("quantity").asText(),
              json.get("side").asText().equals("sell"));
    }
    id++;
    Long before = newest.put(symbol, id);
    String bids = levels(json, "buy");
    String asks = levels(json, "sell");
    if (json.has("trades")) { // a whole book
      return ("{\"id\":1,\"status\":200,\"result\":{\"lastUpdateId\":%d,\"bids\":[%s],"
              + "\"asks\":[%s]}}")
          .formatted(id, bids, asks);
    }
    return "{\"e\":\"depthUpdate\",\"E\":%d,\"s\":\"%s\",\"U\":%d,\"u\":%d,\"b\":[%s],\"a\":[%s]}"
        .formatted(
            old.receiveTimeUs() * 1000, symbol, before == null ? id : before, id, bids, asks);
  }

  /** Of {@code [[side, price, quantity], …]}. */
  private static String levels(JsonNode json, String side) {
    return StreamSupport.stream(json.get("changes").spliterator(), false)
        .filter(change -> change.get(0).asText().equals(side))
        .map(change -> "[" + change.get(1) + "," + change.get(2) + "]")
        .collect(Collectors.joining(","));
  }
}
