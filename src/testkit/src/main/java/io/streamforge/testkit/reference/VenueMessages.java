package io.streamforge.testkit.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.streamforge.testkit.RawMessage;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Reads the messages of the venues; whatever it cannot read, it throws at. */
public final class VenueMessages {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private VenueMessages() {}

  /** The book messages in a record of the topic of books. */
  public static List<BookMessage> books(RawMessage record) throws JsonProcessingException {
    if (record.value().equals("pong")) {
      return List.of();
    }
    JsonNode json = JSON.readTree(record.value());
    if (OkxMessages.are(record)) {
      return OkxMessages.isUnused(record, json) ? List.of() : OkxMessages.books(record, json);
    }
    switch (record.venue()) {
      case "kraken" -> {
        return KrakenMessages.books(record, json);
      }
      case "bybit-spot", "bybit-linear", "bybit-inverse" -> {
        return BybitMessages.isUnused(json) ? List.of() : List.of(BybitMessages.book(record, json));
      }
      case "coinbase" -> {
        return coinbaseBooks(record, json);
      }
      case "coinbase-pro" -> {
        return List.of(coinbaseProBook(record, json));
      }
      case "bitstamp" -> {
        return List.of(bitstampBook(record, json));
      }
      case "gemini" -> {
        JsonNode result = json.path("result");
        return List.of(
            json.has("changes")
                ? geminiBook(record, json)
                : binanceBook(record, result.isObject() ? result : json));
      }
      default -> {
        return List.of(binanceBook(record, json.has("data") ? json.get("data") : json));
      }
    }
  }

  /** The trades in a record of the topic of trades. */
  public static List<TradePrint> trades(RawMessage record) throws JsonProcessingException {
    List<TradePrint> trades = new ArrayList<>();
    if (record.value().equals("pong")) {
      return trades;
    }
    JsonNode json = JSON.readTree(record.value());
    if (OkxMessages.are(record)) {
      return OkxMessages.isUnused(record, json) ? trades : OkxMessages.trades(record, json);
    } else if (record.venue().equals("kraken")) {
      return KrakenMessages.trades(record, json);
    } else if (record.venue().startsWith("bybit-")) {
      return BybitMessages.isUnused(json) ? trades : BybitMessages.trades(record, json);
    } else if (record.venue().equals("coinbase")) {
      for (JsonNode event : json.get("events")) {
        for (int i = event.get("trades").size() - 1; i >= 0; i--) { // the newest comes first
          JsonNode data = event.get("trades").get(i);
          String symbol = data.get("product_id").asText();
          // The resting order's side; the other one came to it.
          int side = data.get("side").asText().equals("SELL") ? 1 : -1;
          trades.add(print(record, symbol, data, "price", "size", side, isoUs(data.get("time"))));
        }
      }
    } else if (record.venue().equals("coinbase-pro")) {
      int side = -side(json.get("side").asText()); // likewise
      String symbol = json.get("product_id").asText();
      trades.add(print(record, symbol, json, "price", "size", side, isoUs(json.get("time"))));
    } else if (record.venue().equals("bitstamp")) {
      JsonNode data = json.get("data");
      String channel = json.get("channel").asText();
      String symbol = channel.substring(channel.lastIndexOf('_') + 1);
      int side = data.get("type").intValue() == 0 ? 1 : -1;
      long time = epochUs(data.get("microtimestamp").asLong());
      trades.add(print(record, symbol, data, "price_str", "amount_str", side, time));
    } else if (record.venue().equals("gemini") && json.has("side")) {
      int side = side(json.get("side").asText());
      String symbol = json.get("symbol").asText();
      long time = epochUs(json.get("timestamp").longValue());
      trades.add(print(record, symbol, json, "price", "quantity", side, time));
    } else {
      JsonNode data = json.has("data") ? json.get("data") : json;
      if (!data.path("X").asText("MARKET").equals("MARKET")) {
        return trades; // the insurance fund and its like
      }
      trades.add(
          new TradePrint(
              instrument(record, data.get("s").asText()),
              decimal(data.get("p")),
              decimal(data.get("q")),
              data.get("m").booleanValue() ? -1 : 1,
              binanceTime(record, data)));
    }
    return trades;
  }

  private static TradePrint print(
      RawMessage record,
      String symbol,
      JsonNode data,
      String price,
      String quantity,
      int side,
      long timeUs) {
    return new TradePrint(
        instrument(record, symbol),
        decimal(data.get(price)),
        decimal(data.get(quantity)),
        side,
        timeUs);
  }

  private static List<BookMessage> coinbaseBooks(RawMessage record, JsonNode json) {
    List<BookMessage> messages = new ArrayList<>();
    for (JsonNode event : json.get("events")) {
      List<Level> bids = new ArrayList<>();
      List<Level> asks = new ArrayList<>();
      for (JsonNode update : event.get("updates")) {
        add(
            update.get("side").asText().equals("bid") ? bids : asks,
            decimal(update.get("price_level")),
            decimal(update.get("new_quantity")));
      }
      boolean snapshot = event.get("type").asText().equals("snapshot");
      String symbol = event.get("product_id").asText();
      messages.add(whole(record, symbol, snapshot, null, bids, asks, isoUs(json.get("timestamp"))));
    }
    return messages;
  }

  private static BookMessage coinbaseProBook(RawMessage record, JsonNode json) {
    String symbol = json.get("product_id").asText();
    long time = json.has("time") ? isoUs(json.get("time")) : record.receiveTimeUs();
    if (json.get("type").asText().equals("snapshot")) {
      List<Level> bids = levels(json.get("bids"), 0, 1);
      return whole(record, symbol, true, null, bids, levels(json.get("asks"), 0, 1), time);
    }
    List<Level> bids = changes(json, "buy");
    return whole(record, symbol, false, null, bids, changes(json, "sell"), time);
  }

  private static BookMessage geminiBook(RawMessage record, JsonNode json) {
    return whole(
        record,
        json.get("symbol").asText(),
        json.has("trades"),
        null,
        changes(json, "buy"),
        changes(json, "sell"),
        record.receiveTimeUs());
  }

  private static BookMessage bitstampBook(RawMessage record, JsonNode json) {
    boolean snapshot = !json.has("data");
    JsonNode data = snapshot ? json : json.get("data");
    String channel = json.path("channel").asText();
    long time = data.get("microtimestamp").asLong();
    return whole(
        record,
        snapshot ? record.key() : channel.substring(channel.lastIndexOf('_') + 1),
        snapshot,
        time,
        levels(data.get("bids"), 0, 1),
        levels(data.get("asks"), 0, 1),
        time);
  }

  private static BookMessage whole(
      RawMessage record,
      String symbol,
      boolean snapshot,
      Long number,
      List<Level> bids,
      List<Level> asks,
      long timeUs) {
    BookMessage message =
        new BookMessage(
            instrument(record, symbol),
            snapshot,
            null,
            number,
            null,
            null,
            null,
            bids,
            asks,
            timeUs);
    return timeUs == record.receiveTimeUs() ? message.untimed() : message;
  }

  /** Of {@code [[side, price, quantity], …]}. */
  private static List<Level> changes(JsonNode json, String side) {
    List<Level> result = new ArrayList<>();
    for (JsonNode change : json.get("changes")) {
      if (change.get(0).asText().equals(side)) {
        add(result, decimal(change.get(1)), decimal(change.get(2)));
      }
    }
    return result;
  }

  private static BookMessage binanceBook(RawMessage record, JsonNode json) {
    boolean snapshot = json.has("lastUpdateId");
    BookMessage message =
        new BookMessage(
            instrument(record, json.has("s") ? json.get("s").asText() : record.key()),
            snapshot,
            snapshot ? null : (Long) json.get("U").longValue(),
            json.get(snapshot ? "lastUpdateId" : "u").longValue(),
            json.has("pu") ? (Long) json.get("pu").longValue() : null,
            null,
            null,
            levels(json.get(snapshot ? "bids" : "b"), 0, 1),
            levels(json.get(snapshot ? "asks" : "a"), 0, 1),
            binanceTime(record, json));
    message = json.has("E") || json.has("T") ? message : message.untimed();
    return json.has("pu") ? message : message.mayOverlap();
  }

  /** The matching engine's time goes before that of sending. */
  private static long binanceTime(RawMessage record, JsonNode json) {
    for (String name : List.of("T", "E")) {
      if (json.has(name)) {
        return epochUs(json.get(name).longValue());
      }
    }
    return record.receiveTimeUs();
  }

  static List<Level> levels(JsonNode levels, int price, int quantity) {
    List<Level> result = new ArrayList<>();
    for (JsonNode level : levels) {
      add(result, decimal(level.get(price)), decimal(level.get(quantity)));
    }
    return result;
  }

  /** Nobody can trade at a price of 0. */
  static void add(List<Level> levels, BigDecimal price, BigDecimal quantity) {
    if (price.signum() != 0) {
      levels.add(new Level(price, quantity));
    }
  }

  static String instrument(RawMessage record, String symbol) {
    return record.venue() + ":" + symbol;
  }

  static BigDecimal decimal(JsonNode number) {
    return number.isTextual() ? new BigDecimal(number.asText()) : number.decimalValue();
  }

  static int side(String text) {
    return text.startsWith("b") ? 1 : -1;
  }

  /** Seconds, milliseconds, microseconds or nanoseconds, told by their magnitude. */
  static long epochUs(long time) {
    if (time < 100_000_000_000L) {
      return time * 1_000_000;
    }
    if (time < 100_000_000_000_000L) {
      return time * 1_000;
    }
    return time < 100_000_000_000_000_000L ? time : time / 1_000;
  }

  static long isoUs(JsonNode text) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text.asText()));
  }
}
