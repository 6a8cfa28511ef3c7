package io.streamforge.testkit.generated;

import java.nio.charset.StandardCharsets;

/**
 * Writes messages as Binance USDⓈ-M sends them: its combined streams' {@code @depth} and {@code
 * @trade}, and the REST snapshot. A tick is 0.01, a quantity counts thousandths.
 */
final class BinanceUsdmJson {
  private final StringBuilder text = new StringBuilder(1 << 12);
  private boolean firstLevel;

  /** Begins a snapshot; bids and asks follow. */
  void beginSnapshot(long lastUpdateId, long timeMs) {
    text.setLength(0);
    text.append("{\"lastUpdateId\":").append(lastUpdateId);
    text.append(",\"E\":").append(timeMs).append(",\"T\":").append(timeMs).append(",\"bids\":");
  }

  /** Between the bids and the asks of a snapshot. */
  void snapshotAsks() {
    text.append(",\"asks\":");
  }

  byte[] endSnapshot() {
    return bytes("}");
  }

  /** Begins a delta; bids and asks follow. */
  void beginDelta(String symbol, long previousId, long lastId, long timeMs) {
    beginEvent(symbol, "depth@0ms", "depthUpdate", timeMs);
    text.append(",\"T\":").append(timeMs);
    text.append(",\"s\":\"").append(symbol);
    text.append("\",\"U\":").append(previousId + 1);
    text.append(",\"u\":").append(lastId);
    text.append(",\"pu\":").append(previousId).append(",\"b\":");
  }

  /** Between the bids and the asks of a delta. */
  void deltaAsks() {
    text.append(",\"a\":");
  }

  byte[] endDelta() {
    return bytes("}}");
  }

  byte[] trade(String symbol, long id, int tick, int quantity, boolean buyerIsMaker, long timeMs) {
    beginEvent(symbol, "trade", "trade", timeMs);
    text.append(",\"T\":").append(timeMs);
    text.append(",\"s\":\"").append(symbol).append("\",\"t\":").append(id).append(",\"p\":");
    decimal(tick, 100);
    text.append(",\"q\":");
    decimal(quantity, 1000);
    text.append(",\"X\":\"MARKET\",\"m\":").append(buyerIsMaker);
    return bytes("}}");
  }

  private void beginEvent(String symbol, String stream, String event, long timeMs) {
    text.setLength(0);
    text.append("{\"stream\":\"");
    for (int i = 0; i < symbol.length(); i++) {
      text.append(Character.toLowerCase(symbol.charAt(i)));
    }
    text.append('@').append(stream);
    text.append("\",\"data\":{\"e\":\"").append(event).append("\",\"E\":").append(timeMs);
  }

  void beginLevels() {
    text.append('[');
    firstLevel = true;
  }

  void level(int tick, int quantity) {
    text.append(firstLevel ? "[" : ",[");
    firstLevel = false;
    decimal(tick, 100);
    text.append(',');
    decimal(quantity, 1000);
    text.append(']');
  }

  void endLevels() {
    text.append(']');
  }

  private void decimal(int value, int unit) {
    text.append('"').append(value / unit).append('.');
    for (int digit = unit / 10; digit > 0; digit /= 10) {
      text.append((char) ('0' + value / digit % 10));
    }
    text.append('"');
  }

  private byte[] bytes(String end) {
    return text.append(end).toString().getBytes(StandardCharsets.US_ASCII);
  }
}
