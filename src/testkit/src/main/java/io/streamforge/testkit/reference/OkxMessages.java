package io.streamforge.testkit.reference;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.testkit.RawMessage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The messages of OKX, and of Bitget, which has taken them over. */
final class OkxMessages {
  private OkxMessages() {}

  /** Whether a record is of one of the two. */
  static boolean are(RawMessage record) {
    return record.venue().equals("okx") || record.venue().startsWith("bitget");
  }

  /** Whether it is neither book nor trade: an answer, another channel. */
  static boolean isUnused(RawMessage record, JsonNode json) {
    if (json.has("event")) {
      return true;
    }
    String channel = channel(json);
    if (record.venue().equals("okx") && List.of("books5", "books-rpi").contains(channel)) {
      return true;
    }
    return !channel.startsWith("books")
        && !List.of("trades", "trades-all", "trade", "publicTrade").contains(channel);
  }

  private static String channel(JsonNode json) {
    JsonNode arg = json.path("arg");
    return arg.path(arg.has("topic") ? "topic" : "channel").asText();
  }

  /** Bitget's messages name their market. */
  private static String instrumentOf(RawMessage record, JsonNode arg) {
    String symbol = arg.get(arg.has("symbol") ? "symbol" : "instId").asText();
    return record.venue().startsWith("bitget") && arg.has("instType")
        ? "bitget-" + arg.get("instType").asText().toLowerCase(Locale.ROOT) + ":" + symbol
        : VenueMessages.instrument(record, symbol);
  }

  static List<BookMessage> books(RawMessage record, JsonNode json) {
    String channel = channel(json);
    String digits = channel.replaceFirst("books([0-9]*).*", "$1");
    int depth = digits.isEmpty() ? 400 : Integer.parseInt(digits);
    boolean snapshot = json.get("action").asText().equals("snapshot");
    List<BookMessage> messages = new ArrayList<>();
    for (JsonNode data : json.get("data")) {
      long checksum = data.path("checksum").longValue();
      Long previous = number(data, "prevSeqId");
      Long before = number(data, "pseq");
      messages.add(
          new BookMessage(
                  instrumentOf(record, json.get("arg")),
                  snapshot,
                  null,
                  number(data, data.has("seq") ? "seq" : "seqId"),
                  snapshot ? null : before != null && before != 0 ? before : previous,
                  depth,
                  false,
                  channel.equals("books-l2-tbt") ? depth + 1 : depth,
                  checksum != 0 ? (Long) checksum : null,
                  VenueMessages.levels(data.get(data.has("b") ? "b" : "bids"), 0, 1),
                  VenueMessages.levels(data.get(data.has("a") ? "a" : "asks"), 0, 1),
                  data.has("ts")
                      ? VenueMessages.epochUs(data.get("ts").asLong())
                      : record.receiveTimeUs())
              .inTheStream());
    }
    return messages;
  }

  private static Long number(JsonNode data, String name) {
    return data.has(name) ? Long.valueOf(data.get(name).asText()) : null;
  }

  /** The oldest first, whichever comes first in the message. */
  static List<TradePrint> trades(RawMessage record, JsonNode json) {
    List<TradePrint> trades = new ArrayList<>();
    List<BigInteger> ids = new ArrayList<>();
    for (JsonNode data : json.get("data")) {
      BigDecimal price = VenueMessages.decimal(firstOf(data, "px", "price", "p"));
      BigDecimal quantity = VenueMessages.decimal(firstOf(data, "sz", "size", "v"));
      if (price.signum() > 0 && quantity.signum() > 0) {
        String symbol = instrumentOf(record, json.get("arg"));
        int side = VenueMessages.side(firstOf(data, "side", "S").asText());
        long time = VenueMessages.epochUs(firstOf(data, "ts", "T").asLong());
        trades.add(new TradePrint(symbol, price, quantity, side, time));
        ids.add(new BigInteger(firstOf(data, "tradeId", "i").asText()));
      }
    }
    if (!trades.isEmpty()) {
      int last = trades.size() - 1;
      int order = Long.compare(trades.get(0).eventTimeUs(), trades.get(last).eventTimeUs());
      if (order > 0 || (order == 0 && ids.get(0).compareTo(ids.get(last)) > 0)) {
        Collections.reverse(trades);
      }
    }
    return trades;
  }

  private static JsonNode firstOf(JsonNode data, String... names) {
    for (String name : names) {
      if (data.has(name)) {
        return data.get(name);
      }
    }
    throw new IllegalArgumentException(data.toString());
  }
}
