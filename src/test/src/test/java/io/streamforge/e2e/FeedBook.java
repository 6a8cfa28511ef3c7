package io.streamforge.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A book as whoever owns Binance's feed keeps it, to write snapshots of it into the log. */
final class FeedBook {
  private final TreeMap<BigDecimal, String> bids = new TreeMap<>(Comparator.reverseOrder());
  private final TreeMap<BigDecimal, String> asks = new TreeMap<>();
  private long lastUpdateId;

  /** Takes a message of the venue: the snapshot that is its first, or a delta. */
  void apply(JsonNode message) {
    JsonNode delta = message.path("data");
    if (delta.isMissingNode()) {
      lastUpdateId = message.get("lastUpdateId").longValue();
      put(message.get("bids"), bids);
      put(message.get("asks"), asks);
    } else if (delta.get("u").longValue() > lastUpdateId) {
      lastUpdateId = delta.get("u").longValue();
      put(delta.get("b"), bids);
      put(delta.get("a"), asks);
    }
  }

  private static void put(JsonNode levels, Map<BigDecimal, String> side) {
    for (JsonNode level : levels) {
      BigDecimal price = new BigDecimal(level.get(0).textValue());
      String quantity = level.get(1).textValue();
      if (new BigDecimal(quantity).signum() == 0) {
        side.remove(price);
      } else {
        side.put(price, quantity);
      }
    }
  }

  /** As the venue would write it now. */
  String snapshot() {
    return "{\"lastUpdateId\":%d,\"bids\":%s,\"asks\":%s}"
        .formatted(lastUpdateId, levels(bids), levels(asks));
  }

  private static String levels(Map<BigDecimal, String> side) {
    return side.entrySet().stream()
        .map(level -> "[\"%s\",\"%s\"]".formatted(level.getKey().toPlainString(), level.getValue()))
        .collect(Collectors.joining(",", "[", "]"));
  }
}
