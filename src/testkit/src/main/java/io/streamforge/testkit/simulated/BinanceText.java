package io.streamforge.testkit.simulated;

/** Binance's diff-depth events, spot or USDⓈ-M, and the REST snapshot. */
final class BinanceText extends VenueText {
  private final boolean futures;

  BinanceText(String symbol, MessageText out, boolean futures) {
    super(symbol, out);
    this.futures = futures;
  }

  @Override
  void snapshot(TrueState state, Numbers numbers, int depth) {
    out.begin("{\"lastUpdateId\":").add(numbers.last());
    if (futures) {
      out.add(",\"E\":").add(numbers.timeMs()).add(",\"T\":").add(numbers.timeMs());
    }
    out.add(",\"bids\":[");
    bothSides(LevelForm.PAIR, state, depth, "],\"asks\":[", "]}");
  }

  @Override
  void delta(TrueState before, TrueState after, Numbers numbers, int depth) {
    out.begin("{\"e\":\"depthUpdate\",\"E\":").add(numbers.timeMs());
    if (futures) {
      out.add(",\"T\":").add(numbers.timeMs()).add(",\"pu\":").add(numbers.previous());
    }
    out.add(",\"s\":\"").add(symbol).add("\",\"U\":").add(numbers.first());
    out.add(",\"u\":").add(numbers.last()).add(",\"b\":[");
    bothChanges(LevelForm.PAIR, before, after, depth, "],\"a\":[", "]}");
  }
}
