package io.streamforge.testkit.simulated;

/** OKX's books: numbers that link, with the checksum of before June 2026 or with 0. */
final class OkxText extends VenueText {
  private final String channel;
  private final boolean checked;

  OkxText(String symbol, MessageText out, String channel, boolean checked) {
    super(symbol, out);
    this.channel = channel;
    this.checked = checked;
  }

  @Override
  void snapshot(TrueState state, Numbers numbers, int depth) {
    begin("snapshot");
    bothSides(LevelForm.FOUR, state, depth, "],\"asks\":[", "]");
    end(state, numbers, -1);
  }

  @Override
  void delta(TrueState before, TrueState after, Numbers numbers, int depth) {
    begin("update");
    bothChanges(LevelForm.FOUR, before, after, depth, "],\"asks\":[", "]");
    end(after, numbers, numbers.previous());
  }

  private void begin(String action) {
    out.begin("{\"arg\":{\"channel\":\"").add(channel).add("\",\"instId\":\"").add(symbol);
    out.add("\"},\"action\":\"").add(action).add("\",\"data\":[{\"bids\":[");
  }

  private void end(TrueState state, Numbers numbers, long previous) {
    out.add(",\"ts\":\"").add(numbers.timeMs()).add("\",\"checksum\":");
    out.add(checked ? TopCrc.ofOkx(state, out) : 0).add(",\"seqId\":").add(numbers.last());
    out.add(",\"prevSeqId\":").add(previous).add("}]}");
  }
}
