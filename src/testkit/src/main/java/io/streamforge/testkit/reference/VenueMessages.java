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
    JsonNode json = JSON.readTree(record.value());
    switch (record.venue()) {
      case "okx" -> {
        return List.of(okxBook(record, json));
      }
      case "bybit-spot", "bybit-linear" -> {
        return List.of(bybitBook(record, json));
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
        return List.of(geminiBook(record, json));
      }
      case "kraken" -> {}
      default -> {
        return List.of(binanceBook(record, json.has("data") ? json.get("data") : json));
      }
    }
    if (json.isArray()) {
      return List.of(krakenV1Book(record, json));
    }
    List<BookMessage> messages = new ArrayList<>();
    for (JsonNode data : json.get("data")) {
      messages.add(krakenV2Book(record, json.get("type").asText().equals("snapshot"), data));
    }
    return messages;
  }

  /** The trades in a record of the topic of trades. */
  public static List<TradePrint> trades(RawMessage record) throws JsonProcessingException {
    JsonNode json = JSON.readTree(record.value());
    List<TradePrint> trades = new ArrayList<>();
    if (record.venue().equals("okx")) {
      for (JsonNode data : json.get("data")) {
        String symbol = data.get("instId").asText();
        long time = epochUs(data.get("ts").asLong());
        trades.add(print(record, symbol, data, "px", "sz", side(data.get("side").asText()), time));
      }
    } else if (record.venue().startsWith("bybit-")) {
      for (JsonNode data : json.get("data")) {
        String symbol = data.get("s").asText();
        long time = epochUs(data.get("T").asLong());
        int side = data.get("S").asText().equals("Buy") ? 1 : -1;
        trades.add(print(record, symbol, data, "p", "v", side, time));
      }
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
    } else if (record.venue().equals("gemini")) {
      int side = side(json.get("side").asText());
      String symbol = json.get("symbol").asText();
      long time = epochUs(json.get("timestamp").longValue());
      trades.add(print(record, symbol, json, "price", "quantity", side, time));
    } else if (!record.venue().equals("kraken")) {
      JsonNode data = json.has("data") ? json.get("data") : json;
      trades.add(
          new TradePrint(
              instrument(record, data.get("s").asText()),
              decimal(data.get("p")),
              decimal(data.get("q")),
              data.get("m").booleanValue() ? -1 : 1,
              epochUs(data.get("T").longValue())));
    } else if (json.isArray()) {
      for (JsonNode data : json.get(1)) {
        trades.add(
            new TradePrint(
                instrument(record, json.get(json.size() - 1).asText()),
                decimal(data.get(0)),
                decimal(data.get(1)),
                side(data.get(3).asText()),
                secondsUs(data.get(2))));
      }
    } else {
      for (JsonNode data : json.get("data")) {
        trades.add(
            new TradePrint(
                instrument(record, data.get("symbol").asText()),
                decimal(data.get("price")),
                decimal(data.get("qty")),
                side(data.get("side").asText()),
                isoUs(data.get("timestamp"))));
      }
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

  private static BookMessage okxBook(RawMessage record, JsonNode json) {
    JsonNode data = json.get("data").get(0);
    boolean snapshot = json.get("action").asText().equals("snapshot");
    long checksum = data.path("checksum").longValue();
    BookMessage message =
        new BookMessage(
        instrument(record, json.get("arg").get("instId").asText()),
        snapshot,
        null,
        data.has("seqId") ? (Long) data.get("seqId").longValue() : null,
        data.has("prevSeqId") && !snapshot ? (Long) data.get("prevSeqId").longValue() : null,
        400,
        checksum != 0 ? (Long) checksum : null,
        levels(data.get("bids"), 0, 1),
        levels(data.get("asks"), 0, 1),
        epochUs(data.get("ts").asLong()));
    return snapshot ? message.of(BookMessage.Kind.RESTART) : message;
  }

  private static BookMessage bybitBook(RawMessage record, JsonNode json) {
    JsonNode data = json.get("data");
    long id = data.get("u").longValue();
    boolean whole = json.get("type").asText().equals("snapshot") || id == 1;
    BookMessage message =
        new BookMessage(
        instrument(record, data.get("s").asText()),
        whole,
        id,
        id,
        null,
        Integer.valueOf(json.get("topic").asText().split("[.]", -1)[1]),
        null,
        levels(data.get("b"), 0, 1),
        levels(data.get("a"), 0, 1),
        epochUs(json.get(json.has("cts") ? "cts" : "ts").longValue()));
    return whole ? message.of(BookMessage.Kind.RESTART) : message;
  }

  private static List<BookMessage> coinbaseBooks(RawMessage record, JsonNode json) {
    List<BookMessage> messages = new ArrayList<>();
    for (JsonNode event : json.get("events")) {
      List<Level> bids = new ArrayList<>();
      List<Level> asks = new ArrayList<>();
      for (JsonNode update : event.get("updates")) {
        (update.get("side").asText().equals("bid") ? bids : asks)
            .add(
                new Level(decimal(update.get("price_level")), decimal(update.get("new_quantity"))));
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
            instrument(record, symbol), snapshot, null, number, null, null, null, bids, asks, timeUs);
    return timeUs == record.receiveTimeUs() ? message.untimed() : message;
  }

  /** Of {@code [[side, price, quantity], …]}. */
  private static List<Level> changes(JsonNode json, String side) {
    List<Level> result = new ArrayList<>();
    for (JsonNode change : json.get("changes")) {
      if (change.get(0).asText().equals(side)) {
        result.add(new Level(decimal(change.get(1)), decimal(change.get(2))));
      }
    }
    return result;
  }

  private static BookMessage binanceBook(RawMessage record, JsonNode json) {
    boolean snapshot = json.has("lastUpdateId");
    return new BookMessage(
        instrument(record, json.has("s") ? json.get("s").asText() : record.key()),
        snapshot,
        snapshot ? null : (Long) json.get("U").longValue(),
        json.get(snapshot ? "lastUpdateId" : "u").longValue(),
        json.has("pu") ? (Long) json.get("pu").longValue() : null,
        null,
        null,
        levels(json.get(snapshot ? "bids" : "b"), 0, 1),
        levels(json.get(snapshot ? "asks" : "a"), 0, 1),
        json.has("E") ? epochUs(json.get("E").longValue()) : record.receiveTimeUs());
  }

  /** {@code [id, {"as": …, "bs": …} or {"a": …} and/or {"b": …}, "book-1000", "XBT/USD"]}. */
  private static BookMessage krakenV1Book(RawMessage record, JsonNode json) {
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
        (name.startsWith("b") ? bids : asks).addAll(levels(part.path(name), 0, 1));
        for (JsonNode level : part.path(name)) {
          newest = Math.max(newest, secondsUs(level.get(2)));
        }
      }
    }
    String channel = json.get(json.size() - 2).asText();
    return new BookMessage(
        instrument(record, json.get(json.size() - 1).asText()),
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

  private static BookMessage krakenV2Book(RawMessage record, boolean snapshot, JsonNode data) {
    List<Level> bids = levels(data.get("bids"), "price", "qty");
    List<Level> asks = levels(data.get("asks"), "price", "qty");
    Integer depth = null;
    if (snapshot) {
      int longer = Math.max(bids.size(), asks.size());
      depth = List.of(10, 25, 100, 500, 1000).stream().filter(d -> d >= longer).findFirst().get();
    }
    return new BookMessage(
        instrument(record, data.get("symbol").asText()),
        snapshot,
        null,
        null,
        null,
        depth,
        data.has("checksum") ? (Long) data.get("checksum").longValue() : null,
        bids,
        asks,
        data.has("timestamp") ? isoUs(data.get("timestamp")) : record.receiveTimeUs());
  }

  private static List<Level> levels(JsonNode levels, int price, int quantity) {
    List<Level> result = new ArrayList<>();
    for (JsonNode level : levels) {
      result.add(new Level(decimal(level.get(price)), decimal(level.get(quantity))));
    }
    return result;
  }

  private static List<Level> levels(JsonNode levels, String price, String quantity) {
    List<Level> result = new ArrayList<>();
    for (JsonNode level : levels) {
      result.add(new Level(decimal(level.get(price)), decimal(level.get(quantity))));
    }
    return result;
  }

  private static String instrument(RawMessage record, String symbol) {
    return record.venue() + ":" + symbol;
  }

  private static BigDecimal decimal(JsonNode number) {
    return number.isTextual() ? new BigDecimal(number.asText()) : number.decimalValue();
  }

  private static int side(String text) {
    return text.startsWith("b") ? 1 : -1;
  }

  /** Seconds, milliseconds, microseconds or nanoseconds, told by their magnitude. */
  private static long epochUs(long time) {
    if (time < 100_000_000_000L) {
      return time * 1_000_000;
    }
    if (time < 100_000_000_000_000L) {
      return time * 1_000;
    }
    return time < 100_000_000_000_000_000L ? time : time / 1_000;
  }

  private static long secondsUs(JsonNode text) {
    return new BigDecimal(text.asText()).movePointRight(6).longValue();
  }

  private static long isoUs(JsonNode text) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text.asText()));
  }
}
