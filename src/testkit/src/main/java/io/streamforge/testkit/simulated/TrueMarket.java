package io.streamforge.testkit.simulated;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A random market of one instrument: a small book of 3 to 60 levels a side, most of whose changes
 * concern the best levels, so that its touch moves with every second change or so. It remembers
 * every state that it had.
 */
final class TrueMarket {
  private static final int MAX_UNITS = 5_000;

  private final SplittableRandom random;
  private final TrueSide bids = new TrueSide(true);
  private final TrueSide asks = new TrueSide(false);
  private final int levels;
  private final List<TrueState> states = new ArrayList<>();

  TrueMarket(SplittableRandom random, long timeUs) {
    this.random = random;
    int depth = random.nextInt(10);
    this.levels = depth < 4 ? below(3, 9) : depth < 8 ? below(9, 28) : below(28, 61);
    int mid = 20_000 + random.nextInt(50_000);
    int spread = 1 + random.nextInt(6);
    fill(bids, mid);
    fill(asks, mid + spread);
    states.add(new TrueState(0, timeUs, bids, asks));
  }

  private int below(int from, int bound) {
    return from + random.nextInt(bound - from);
  }

  private void fill(TrueSide side, int best) {
    int tick = best;
    for (int i = 0; i < levels; i++) {
      side.put(tick, quantity());
      tick = side.beyond(tick, 1 + random.nextInt(3));
    }
  }

  private int quantity() {
    return 1 + random.nextInt(MAX_UNITS);
  }

  /** The next state: some levels have changed. */
  TrueState step(long timeUs) {
    int changes = random.nextInt(12) == 0 ? below(5, 13) : below(1, 5);
    for (int i = 0; i < changes; i++) {
      boolean bid = random.nextBoolean();
      change(bid ? bids : asks, bid ? asks : bids);
    }
    TrueState state = new TrueState(states.size(), timeUs, bids, asks);
    states.add(state);
    return state;
  }

  private void change(TrueSide side, TrueSide other) {
    int rank = rank(side);
    int kind = random.nextInt(20);
    if (kind < 7 && side.size() > Math.max(1, levels / 2)) {
      side.remove(rank);
    } else if (kind < 14 && side.size() < levels + levels / 2) {
      int tick = side.beyond(side.tick(rank), below(-2, 4));
      int inside = other.beyond(other.tick(0), -1); // the last price that does not cross
      boolean crosses = side.beyond(0, 1) * (tick - inside) < 0;
      side.put(crosses ? inside : tick, quantity());
    } else {
      side.setUnits(rank, quantity());
    }
  }

  // Mostly the best ones.
  private int rank(TrueSide side) {
    int bound = random.nextInt(3) == 0 ? side.size() : Math.min(2, side.size());
    return random.nextInt(bound);
  }

  TrueState newest() {
    return states.get(states.size() - 1);
  }

  TrueState state(int version) {
    return states.get(version);
  }

  /** The newest state that had begun by then. */
  TrueState asOf(long timeUs) {
    int version = states.size() - 1;
    while (version > 0 && states.get(version).timeUs() > timeUs) {
      version--;
    }
    return states.get(version);
  }
}
