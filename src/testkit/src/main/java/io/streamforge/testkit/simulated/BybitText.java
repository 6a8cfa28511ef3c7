package io.streamforge.testkit.simulated;

/** Bybit's WebSocket v5: a topic a depth. */
final class BybitText extends VenueText {

  BybitText(String symbol, MessageText out) {
    super(symbol, out);
  }

  @Override
  void snapshot(TrueState state, Numbers numbers, int depth) {
    begin("snapshot", numbers, depth);
    bothSides(LevelForm.PAIR, state, depth, "],\"a\":[", "]");
    end(numbers);
  }

  @Override
  void delta(TrueState before, TrueState after, Numbers numbers, int depth) {
    begin("delta", numbers, depth);
    bothChanges(LevelForm.PAIR, before, after, depth, "],\"a\":[", "]");
    end(numbers);
  }

  private void begin(String type, Numbers numbers, int depth) {
    out.begin("{\"topic\":\"orderbook.").add(depth).add(".").add(symbol).add("\",\"ts\":");
    out.add(numbers.timeMs() + 2).add(",\"type\":\"").add(type).add("\",\"data\":{\"s\":\"");
    out.add(symbol).add("\",\"b\":[");
  }

  private void end(Numbers numbers) {
    out.add(",\"u\":").add(numbers.last()).add(",\"seq\":").add(numbers.timeMs());
    out.add("},\"cts\":").add(numbers.timeMs()).add("}");
  }
}
