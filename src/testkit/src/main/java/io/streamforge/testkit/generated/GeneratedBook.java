package io.streamforge.testkit.generated;

/** One instrument of a {@link GeneratedMarket}: its book, and the messages about it. */
final class GeneratedBook {
  private final String symbol;
  private final int lowestTick;
  private final Draws draws;
  private final GeneratedSide bids;
  private final GeneratedSide asks;
  private final LevelChanges changedBids = new LevelChanges();
  private final LevelChanges changedAsks = new LevelChanges();
  private long updateId;
  private long trades;

  GeneratedBook(String symbol, int depth, Draws draws) {
    this.symbol = symbol;
    this.lowestTick = 10 * depth + 1_000; // far from it: no level reaches down to nothing
    this.draws = draws;
    int bid = 2 * lowestTick + draws.below(100_000);
    this.bids = new GeneratedSide(true, bid, depth, draws);
    this.asks = new GeneratedSide(false, bid + 1, depth, draws);
    this.updateId = 1_000_000_000L + draws.updateIds();
  }

  byte[] snapshot(BinanceUsdmJson json, long timeMs) {
    json.beginSnapshot(updateId, timeMs);
    write(bids, json);
    json.snapshotAsks();
    write(asks, json);
    return json.endSnapshot();
  }

  private void write(GeneratedSide side, BinanceUsdmJson json) {
    json.beginLevels();
    for (int rank = 0; rank < side.size(); rank++) {
      json.level(side.tick(rank), draws.quantity());
    }
    json.endLevels();
  }

  /**
   * The next delta.
   *
   * @param move by how many ticks the best prices move; the other way where they would come too low
   */
  byte[] delta(BinanceUsdmJson json, int move, long timeMs) {
    changedBids.clear();
    changedAsks.clear();
    if (move != 0) {
      int bid = bids.bestTick() + move;
      bid = bid < lowestTick ? bids.bestTick() - move : bid;
      bids.moveTo(bid, draws, changedBids);
      asks.moveTo(bid + 1, draws, changedAsks);
    }
    for (int left = draws.levels(); left > 0; left--) {
      if (draws.chance(0.5)) {
        bids.change(draws, changedBids);
      } else {
        asks.change(draws, changedAsks);
      }
    }
    long previousId = updateId;
    updateId += draws.updateIds();
    json.beginDelta(symbol, previousId, updateId, timeMs);
    changedBids.writeTo(json);
    json.deltaAsks();
    changedAsks.writeTo(json);
    return json.endDelta();
  }

  byte[] trade(BinanceUsdmJson json, long timeMs) {
    boolean buyerIsMaker = draws.chance(0.5);
    int tick = buyerIsMaker ? bids.bestTick() : asks.bestTick();
    return json.trade(symbol, ++trades, tick, draws.quantity(), buyerIsMaker, timeMs);
  }

  String symbol() {
    return symbol;
  }
}
