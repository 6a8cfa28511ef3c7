package io.streamforge.testkit.reference;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.testkit.RawMessage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The messages of Bybit. */
final class BybitMessages {
  private BybitMessages() {}

  /** Whether it is neither book nor trade: an answer, another topic. */
  static boolean isUnused(JsonNode json) {
    String topic = json.path("topic").asText();
    return json.has("op")
        || !(topic.startsWith("publicTrade.") || topic.matches("orderbook[.][0-9]+[.].*"));
  }

  static BookMessage book(RawMessage record, JsonNode json) {
    JsonNode data = json.get("data");
    long id = data.get("u").longValue();
    int depth = Integer.parseInt(json.get("topic").asText().split("[.]", -1)[1]);
    return new BookMessage(
            VenueMessages.instrument(record, data.get("s").asText()),
            json.get("type").asText().equals("snapshot") || id == 1,
            null,
            id,
            id - 1,
            depth,
            false,
            depth,
            null,
            VenueMessages.levels(data.get("b"), 0, 1),
            VenueMessages.levels(data.get("a"), 0, 1),
            VenueMessages.epochUs(json.get(json.has("cts") ? "cts" : "ts").longValue()))
        .inTheStream();
  }

  static List<TradePrint> trades(RawMessage record, JsonNode json) {
    List<TradePrint> trades = new ArrayList<>();
    for (JsonNode data : json.get("data")) {
      BigDecimal price = VenueMessages.decimal(data.get("p"));
      BigDecimal quantity = VenueMessages.decimal(data.get("v"));
      boolean awayFromTheBook = data.path("BT").asBoolean();
      if (price.signum() > 0 && quantity.signum() > 0 && !awayFromTheBook) {
        trades.add(
            new TradePrint(
                VenueMessages.instrument(record, data.get("s").asText()),
                price,
                quantity,
                data.get("S").asText().equals("Buy") ? 1 : -1,
                VenueMessages.epochUs(data.get("T").asLong())));
      }
    }
    return trades;
  }
}
