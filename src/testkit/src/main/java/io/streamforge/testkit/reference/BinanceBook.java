package io.streamforge.testkit.reference;

/** Binance: a snapshot's side as long as one of the venue's limits may have been cut there. */
final class BinanceBook extends PlainBook {

  @Override
  long checksum(PlainSide bids, PlainSide asks) {
    throw new IllegalStateException("the venue has no checksum");
  }

  @Override
  int checkedLevels() {
    throw new IllegalStateException("the venue has no checksum");
  }

  @Override
  void knowWhole(PlainLevels levels, BookMessage message) {
    levels.bids().knowBinanceSnapshot(message.bids().size());
    levels.asks().knowBinanceSnapshot(message.asks().size());
  }
}
