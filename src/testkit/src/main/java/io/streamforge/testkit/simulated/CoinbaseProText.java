package io.streamforge.testkit.simulated;

/** Coinbase Exchange's {@code level2}; its snapshot has no time. */
final class CoinbaseProText extends VenueText {

  CoinbaseProText(String symbol, MessageText out) {
    super(symbol, out);
  }

  @Override
  void snapshot(TrueState state, Numbers numbers, int depth) {
    out.begin("{\"type\":\"snapshot\",\"product_id\":\"").add(symbol).add("\",\"bids\":[");
    bothSides(LevelForm.PAIR, state, depth, "],\"asks\":[", "]}");
  }

  @Override
  void delta(TrueState before, TrueState after, Numbers numbers, int depth) {
    out.begin("{\"type\":\"l2update\",\"product_id\":\"").add(symbol).add("\",\"changes\":[");
    LevelForm.SIDED.changes(out, before, after, true, depth, true);
    LevelForm.SIDED.changes(out, before, after, false, depth, true);
    out.add("],\"time\":\"").iso(numbers.timeUs()).add("\"}");
  }
}
