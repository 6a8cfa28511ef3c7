package io.streamforge.testkit.simulated;

/** Bitget's WebSocket v2: {@code seq} with a checksum, or {@code seq} and {@code pseq} without. */
final class BitgetText extends VenueText {
  private final boolean checked;

  BitgetText(String symbol, MessageText out, boolean checked) {
    super(symbol, out);
    this.checked = checked;
  }

  @Override
  void snapshot(TrueState state, Numbers numbers, int depth) {
    begin("snapshot");
    bothSides(LevelForm.PAIR, state, depth, "],\"asks\":[", "]");
    end(state, numbers, 0);
  }

  @Override
  void delta(TrueState before, TrueState after, Numbers numbers, int depth) {
    begin("update");
    bothChanges(LevelForm.PAIR, before, after, depth, "],\"asks\":[", "]");
    end(after, numbers, numbers.previous());
  }

  private void begin(String action) {
    out.begin("{\"action\":\"").add(action);
    out.add("\",\"arg\":{\"instType\":\"SPOT\",\"channel\":\"books\",\"instId\":\"").add(symbol);
    out.add("\"},\"data\":[{\"bids\":[");
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
