package io.streamforge.testkit.simulated;

/** Bitstamp's {@code diff_order_book} and its REST snapshot, which does not name its symbol. */
final class BitstampText extends VenueText {

  BitstampText(String symbol, MessageText out) {
    super(symbol, out);
  }

  @Override
  void snapshot(TrueState state, Numbers numbers, int depth) {
    out.begin("{");
    times(state.timeUs());
    bothSides(LevelForm.PAIR, state, depth, "],\"asks\":[", "]}");
  }

  @Override
  void delta(TrueState before, TrueState after, Numbers numbers, int depth) {
    out.begin("{\"data\":{");
    times(numbers.timeUs());
    bothChanges(LevelForm.PAIR, before, after, depth, "],\"asks\":[", "]},");
    out.add("\"channel\":\"diff_order_book_").add(symbol).add("\",\"event\":\"data\"}");
  }

  private void times(long timeUs) {
    out.add("\"timestamp\":\"").add(timeUs / 1_000_000).add("\",\"microtimestamp\":\"");
    out.add(timeUs).add("\",\"bids\":[");
  }
}
