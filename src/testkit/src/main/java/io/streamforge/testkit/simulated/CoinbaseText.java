package io.streamforge.testkit.simulated;

/** Coinbase Advanced Trade's {@code l2_data}. */
final class CoinbaseText extends VenueText {

  CoinbaseText(String symbol, MessageText out) {
    super(symbol, out);
  }

  @Override
  void snapshot(TrueState state, Numbers numbers, int depth) {
    begin("snapshot", numbers);
    LevelForm.SIDED_OBJECT.all(out, state, true, depth);
    LevelForm.SIDED_OBJECT.all(out, state, false, depth);
    out.add("]}]}");
  }

  @Override
  void delta(TrueState before, TrueState after, Numbers numbers, int depth) {
    begin("update", numbers);
    LevelForm.SIDED_OBJECT.changes(out, before, after, true, depth, true);
    LevelForm.SIDED_OBJECT.changes(out, before, after, false, depth, true);
    out.add("]}]}");
  }

  private void begin(String type, Numbers numbers) {
    out.begin("{\"channel\":\"l2_data\",\"client_id\":\"\",\"timestamp\":\"");
    out.iso(numbers.timeUs()).add("\",\"sequence_num\":").add(numbers.last());
    out.add(",\"events\":[{\"type\":\"").add(type).add("\",\"product_id\":\"").add(symbol);
    out.add("\",\"updates\":[");
  }
}
