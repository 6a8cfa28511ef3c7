package io.streamforge.testkit.reference;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.testkit.RawMessage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The messages of Kraken, v1 and v2. */
final class KrakenMessages {
  private KrakenMessages() {}

  static List<BookMessage> books(RawMessage record, JsonNode json) {
    if (json.isArray()) {
      return List.of(v1Book(record, json));
    }
    if (isSubscription(json)) {
      return List.of(subscription(record, json.get("result")));
    }
    List<BookMessage> messages = new ArrayList<>();
    if (!isUnused(json)) {
      for (JsonNode data : json.get("data")) {
        messages.add(v2Book(record, json.get("type").asText().equals("snapshot"), data));
      }
    }
    return messages;
  }

  /** Whether it is neither book nor trade: an answer, a heartbeat, another channel. */
  private static boolean isUnused(JsonNode json) {
    return json.has("event")
        || json.has("method")
        || List.of("heartbeat", "status", "instrument", "ticker", "ohlc")
            .contains(json.path("channel").asText());
  }

  static List<TradePrint> trades(RawMessage record, JsonNode json) {
    List<TradePrint> trades = new ArrayList<>();
    if (json.isArray()) {
      String symbol = VenueMessages.instrument(record, json.get(json.size() - 1).asText());
      for (JsonNode data : json.get(1)) {
        BigDecimal price = VenueMessages.decimal(data.get(0));
        BigDecimal quantity = VenueMessages.decimal(data.get(1));
        int side = VenueMessages.side(data.get(3).asText());
        trades.add(new TradePrint(symbol, price, quantity, side, secondsUs(data.get(2))));
      }
    } else if (!isUnused(json)) {
      for (JsonNode data : json.get("data")) {
        trades.add(
            new TradePrint(
                VenueMessages.instrument(record, data.get("symbol").asText()),
                VenueMessages.decimal(data.get("price")),
                VenueMessages.decimal(data.get("qty")),
                VenueMessages.side(data.get("side").asText()),
                VenueMessages.isoUs(data.get("timestamp"))));
      }
    }
    return trades;
  }

  /** {@code [id, {"as": …, "bs": …} or {"a": …} and/or {"b": …}, "book-1000", "XBT/USD"]}. */
  private static BookMessage v1Book(RawMessage record, JsonNode json) {
    List<Level> bids = new ArrayList<>();
    List<Level> asks = new ArrayList<>();
    boolean snapshot = false;
    Long checksum = null;
    long newest = Long.MIN_VALUE;
    for (JsonNode part : json) {
      if (!part.isObject()) {
        continue;
      }
      snapshot |= part.has("as") || part.has("bs");
      checksum = part.has("c") ? (Long) Long.parseLong(part.get("c").asText()) : checksum;
      for (String name : List.of("as", "a", "bs", "b")) {
        (name.startsWith("b") ? bids : asks).addAll(VenueMessages.levels(part.path(name), 0, 1));
        for (JsonNode level : part.path(name)) {
          newest = Math.max(newest, secondsUs(level.get(2)));
        }
      }
    }
    String channel = json.get(json.size() - 2).asText();
    return new BookMessage(
        VenueMessages.instrument(record, json.get(json.size() - 1).asText()),
        snapshot,
        null,
        null,
        null,
        Integer.valueOf(channel.substring("book-".length())),
        checksum,
        bids,
        asks,
        newest == Long.MIN_VALUE ? record.receiveTimeUs() : newest);
  }

  private static boolean isSubscription(JsonNode json) {
    return json.path("method").asText().equals("subscribe")
        && json.path("success").asBoolean()
        && json.path("result").path("channel").asText().equals("book");
  }

  private static BookMessage subscription(RawMessage record, JsonNode result) {
    return new BookMessage(
        VenueMessages.instrument(record, result.get("symbol").asText()),
        false,
        null,
        null,
        null,
        result.get("depth").intValue(),
        null,
        null,
        null,
        record.receiveTimeUs());
  }

  private static BookMessage v2Book(RawMessage record, boolean snapshot, JsonNode data) {
    List<Level> bids = levels(data.get("bids"));
    List<Level> asks = levels(data.get("asks"));
    Integer depth = null;
    boolean guessed = false;
    if (snapshot) {
      int longer = Math.max(bids.size(), asks.size());
      guessed = longer <= 500;
      depth = List.of(10, 25, 100, 500, 1000).stream().filter(d -> d >= longer).findFirst().get();
    }
    return new BookMessage(
        VenueMessages.instrument(record, data.get("symbol").asText()),
        snapshot,
        null,
        null,
        null,
        depth,
        guessed,
        0,
        data.has("checksum") ? (Long) data.get("checksum").longValue() : null,
        bids,
        asks,
        data.has("timestamp")
            ? VenueMessages.isoUs(data.get("timestamp"))
            : record.receiveTimeUs());
  }

  private static List<Level> levels(JsonNode levels) {
    List<Level> result = new ArrayList<>();
    for (JsonNode level : levels) {
      VenueMessages.add(
          result,
          VenueMessages.decimal(level.get("price")),
          VenueMessages.decimal(level.get("qty")));
    }
    return result;
  }

  private static long secondsUs(JsonNode text) {
    return new BigDecimal(text.asText()).movePointRight(6).longValue();
  }
}
