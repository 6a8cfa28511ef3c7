package io.streamforge.testkit.simulated;

/** Kraken's WebSocket v2. */
final class KrakenText extends VenueText {

  KrakenText(String symbol, MessageText out) {
    super(symbol, out);
  }

  /** The venue's answer to a subscription of a depth. */
  void acknowledgement(int depth) {
    out.begin("{\"method\":\"subscribe\",\"result\":{\"channel\":\"book\",\"depth\":").add(depth);
    out.add(",\"snapshot\":true,\"symbol\":\"").add(symbol).add("\"},\"success\":true,");
    out.add("\"time_in\":\"2024-08-08T23:53:19.1Z\",\"time_out\":\"2024-08-08T23:53:19.2Z\"}");
  }

  @Override
  void snapshot(TrueState state, Numbers numbers, int depth) {
    begin("snapshot");
    bothSides(LevelForm.BARE_OBJECT, state, depth, "],\"asks\":[", "],");
    end(state, numbers);
  }

  @Override
  void delta(TrueState before, TrueState after, Numbers numbers, int depth) {
    begin("update");
    LevelForm.BARE_OBJECT.changes(out, before, after, true, depth, false);
    out.add("],\"asks\":[");
    LevelForm.BARE_OBJECT.changes(out, before, after, false, depth, false);
    out.add("],");
    end(after, numbers);
  }

  private void begin(String type) {
    out.begin("{\"channel\":\"book\",\"type\":\"").add(type);
    out.add("\",\"data\":[{\"symbol\":\"").add(symbol).add("\",\"bids\":[");
  }

  private void end(TrueState state, Numbers numbers) {
    out.add("\"checksum\":").add(TopCrc.ofKraken(state));
    out.add(",\"timestamp\":\"").iso(numbers.timeUs()).add("\"}]}");
  }
}
