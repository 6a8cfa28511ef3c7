package io.streamforge.testkit.simulated;

/** Gemini's market data v2, which has neither numbers nor times. */
final class GeminiText extends VenueText {

  GeminiText(String symbol, MessageText out) {
    super(symbol, out);
  }

  @Override
  void snapshot(TrueState state, Numbers numbers, int depth) {
    begin();
    LevelForm.SIDED.all(out, state, true, depth);
    LevelForm.SIDED.all(out, state, false, depth);
    out.add("],\"trades\":[]}");
  }

  @Override
  void delta(TrueState before, TrueState after, Numbers numbers, int depth) {
    begin();
    LevelForm.SIDED.changes(out, before, after, true, depth, true);
    LevelForm.SIDED.changes(out, before, after, false, depth, true);
    out.add("]}");
  }

  private void begin() {
    out.begin("{\"type\":\"l2_updates\",\"symbol\":\"").add(symbol).add("\",\"changes\":[");
  }
}
