package io.streamforge.testkit.simulated;

/**
 * Bitget's WebSocket: v2 with {@code seq} and a checksum, or with {@code seq} and {@code pseq}; v3
 * with other names.
 */
final class BitgetText extends VenueText {
  private final boolean checked;
  private final String market;
  private final String bids;
  private final String asks;

  private BitgetText(
      String symbol, MessageText out, boolean checked, String market, String bids, String asks) {
    super(symbol, out);
    this.checked = checked;
    this.market = market;
    this.bids = bids;
    this.asks = asks;
  }

  static BitgetText v2(String symbol, MessageText out, boolean checked) {
    String market = "\"instType\":\"SPOT\",\"channel\":\"books\",\"instId\":\"";
    return new BitgetText(symbol, out, checked, market, "bids", "asks");
  }

  static BitgetText v3(String symbol, MessageText out) {
    String market = "\"instType\":\"spot\",\"topic\":\"books\",\"symbol\":\"";
    return new BitgetText(symbol, out, false, market, "b", "a");
  }

  @Override
  void snapshot(TrueState state, Numbers numbers, int depth) {
    begin("snapshot");
    bothSides(LevelForm.PAIR, state, depth, "],\"" + asks + "\":[", "]");
    end(state, numbers, 0);
  }

  @Override
  void delta(TrueState before, TrueState after, Numbers numbers, int depth) {
    begin("update");
    bothChanges(LevelForm.PAIR, before, after, depth, "],\"" + asks + "\":[", "]");
    end(after, numbers, numbers.previous());
  }

  private void begin(String action) {
    out.begin("{\"action\":\"").add(action);
    out.add("\",\"arg\":{").add(market).add(symbol);
    out.add("\"},\"data\":[{\"").add(bids).add("\":[");
  }

  private void end(TrueState state, Numbers numbers, long previous) {
    out.add(",\"ts\":\"").add(numbers.timeMs()).add("\",\"seq\":").add(numbers.last());
    if (checked) {
      out.add(",\"checksum\":").add(TopCrc.ofOkx(state, out));
    } else {
      out.add(",\"pseq\":").add(previous);
    }
    out.add("}],\"ts\":").add(numbers.timeMs() + 1).add("}");
  }
}
