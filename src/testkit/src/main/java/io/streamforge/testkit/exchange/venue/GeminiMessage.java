package io.streamforge.testkit.exchange.venue;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.testkit.exchange.market.PlayedBook;
import io.streamforge.testkit.reference.Level;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The texts of Gemini's WebSocket API 0.10.7. "Probed" is nemanull/arbitrage-observatory@11c9ca51,
 * docs/profiles/gemini/websocket.md, of 2026-09-15; "specified" is
 * gemini/developer-platform @5f686d3b, specs/asyncapi/websocket.yaml. An id is repeated as it was
 * sent, number or text.
 */
final class GeminiMessage {
  private static final Pattern TIME = Pattern.compile("\"E\":(\\d{16})\\d{3}(?=,)");

  private GeminiMessage() {}

  /** Probed, of {@code subscribe} and {@code ping} alike: {@code {"id":1,"status":200}}. */
  static String accepted(JsonNode id) {
    return "{\"id\":%s,\"status\":200}".formatted(id);
  }

  /**
   * {@code {"id":"time","status":200,"result":{"serverTime":1790732602153}}}, captured
   * ziyangliu-666/FastMM@671363c6, tests/fixtures/gemini/raw_md_stream.jsonl. Other results are
   * specified.
   */
  static String answer(JsonNode id, String result) {
    return "{\"id\":%s,\"status\":200,\"result\":%s}".formatted(id, result);
  }

  /**
   * Probed: {@code {"id":4,"status":400,"error":{"code":-1013,"msg":"Invalid stream name:
   * nosuchperp@depth@100ms"}}}. developer.gemini.com/websocket/message-format has -1003 with 429,
   * "Rate limit exceeded", and -1013 "Invalid parameters".
   */
  static String refused(JsonNode id, int status, int code, String text) {
    return "{\"id\":%s,\"status\":%d,\"error\":{\"code\":%d,\"msg\":%s}}"
        .formatted(id, status, code, KrakenMessage.quoted(text));
  }

  /** Probed. The limits are not within {@code result}. */
  static String limits(JsonNode id, int weight, int connects) {
    return ("{\"id\":%s,\"status\":200,\"rateLimits\":[{\"rateLimitType\":\"REQUEST_WEIGHT\","
            + "\"interval\":\"SECOND\",\"intervalNum\":10,\"limit\":%d,\"count\":0},"
            + "{\"rateLimitType\":\"CONNECTION_ATTEMPTS\",\"interval\":\"MINUTE\","
            + "\"intervalNum\":5,\"limit\":%d,\"count\":1}]}")
        .formatted(id, weight, connects);
  }

  /** Specified: an array of the names. */
  static String names(Collection<String> names) {
    return names.stream().map(KrakenMessage::quoted).collect(Collectors.joining(",", "[", "]"));
  }

  /**
   * The result of {@code depth}, specified: {@code {"lastUpdateId":1,"bids":[],"asks":[]}}. No
   * capture was found. One of the stream {@code @depth20} has {@code "symbol"} behind the number.
   */
  static String depth(PlayedBook book, int limit) {
    return "{\"lastUpdateId\":%d,\"bids\":[%s],\"asks\":[%s]}"
        .formatted(book.lastId(), levels(book.bids(limit)), levels(book.asks(limit)));
  }

  /** Probed, with {@code ?snapshot=}: a change whose {@code U} is its {@code u}. */
  static String whole(String symbol, PlayedBook book, int limit, long timeUs) {
    return "{\"e\":\"depthUpdate\",\"E\":%d000,\"s\":%s,\"U\":%d,\"u\":%d,\"b\":[%s],\"a\":[%s]}"
        .formatted(
            timeUs,
            KrakenMessage.quoted(symbol),
            book.lastId(),
            book.lastId(),
            levels(book.bids(limit)),
            levels(book.asks(limit)));
  }

  private static String levels(List<Level> levels) {
    return levels.stream()
        .map(
            level ->
                "[\"%s\",\"%s\"]"
                    .formatted(level.price().toPlainString(), level.quantity().toPlainString()))
        .collect(Collectors.joining(","));
  }

  /** The text with the time {@code E}, nanoseconds, moved by microseconds. */
  static String shifted(String text, long shiftUs) {
    if (shiftUs == 0) {
      return text;
    }
    Matcher time = TIME.matcher(text);
    return time.replaceAll(found -> "\"E\":" + (Long.parseLong(found.group(1)) + shiftUs) + "000");
  }

  /**
   * The answer of {@code GET /v1/symbols/details/btcusd}: gemini/developer-platform@5dc98d20,
   * specs/openapi/rest.yaml, whose example has these sizes.
   */
  static String details(String symbol) {
    return ("{\"symbol\":\"%s\",\"base_currency\":\"%s\",\"quote_currency\":\"%s\","
            + "\"tick_size\":0.00000001,\"quote_increment\":0.01,\"min_order_size\":\"0.00001\","
            + "\"status\":\"open\",\"wrap_enabled\":false,\"product_type\":\"spot\","
            + "\"contract_type\":\"vanilla\"}")
        .formatted(
            symbol,
            symbol.substring(0, symbol.length() - 3),
            symbol.substring(symbol.length() - 3));
  }
}
