package io.streamforge.testkit.simulated;

/** The project's own JSON, whose deltas name what they follow. */
final class CanonicalText extends VenueText {

  CanonicalText(String symbol, MessageText out) {
    super(symbol, out);
  }

  @Override
  void snapshot(TrueState state, Numbers numbers, int depth) {
    begin(true, numbers);
    bothSides(LevelForm.PAIR, state, depth, "],\"asks\":[", "]}");
  }

  @Override
  void delta(TrueState before, TrueState after, Numbers numbers, int depth) {
    begin(false, numbers);
    out.add("\"previous_sequence\":").add(numbers.previous()).add(",\"bids\":[");
    bothChanges(LevelForm.PAIR, before, after, depth, "],\"asks\":[", "]}");
  }

  private void begin(boolean snapshot, Numbers numbers) {
    out.begin("{\"type\":\"book\",\"venue\":\"streamforge\",\"symbol\":\"").add(symbol);
    out.add(snapshot ? "\",\"snapshot\":true" : "\",\"snapshot\":false");
    out.add(",\"event_time_us\":").add(numbers.timeUs());
    out.add(",\"sequence\":").add(numbers.last()).add(",");
    if (snapshot) {
      out.add("\"bids\":[");
    }
  }
}
