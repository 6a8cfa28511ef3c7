package io.streamforge.testkit.simulated;

/**
 * A market's book as it truly is from one change to the next: levels best first, prices in ticks,
 * quantities in units. Both sides have at least one level.
 */
public final class TrueState {
  private final int version;
  private final long timeUs;
  private final int[] bidTicks;
  private final int[] bidUnits;
  private final int[] askTicks;
  private final int[] askUnits;

  TrueState(int version, long timeUs, TrueSide bids, TrueSide asks) {
    this.version = version;
    this.timeUs = timeUs;
    this.bidTicks = bids.ticks();
    this.bidUnits = bids.units();
    this.askTicks = asks.ticks();
    this.askUnits = asks.units();
  }

  /** How many changes came before; the first state is 0. */
  public int version() {
    return version;
  }

  /** When it began, by the venue's clock, microseconds since the epoch. */
  public long timeUs() {
    return timeUs;
  }

  public int bestBidTick() {
    return bidTicks[0];
  }

  public int bestBidUnits() {
    return bidUnits[0];
  }

  public int bestAskTick() {
    return askTicks[0];
  }

  public int bestAskUnits() {
    return askUnits[0];
  }

  /** Levels of a side within a depth. */
  int size(boolean bids, int depth) {
    return Math.min(depth, ticks(bids).length);
  }

  int[] ticks(boolean bids) {
    return bids ? bidTicks : askTicks;
  }

  int[] units(boolean bids) {
    return bids ? bidUnits : askUnits;
  }

  /** The levels, best first, for whoever replays a run by hand. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("version ").append(version);
    for (int i = 0; i < Math.min(3, bidTicks.length); i++) {
      text.append(i == 0 ? " bids " : " ").append(bidTicks[i]).append('x').append(bidUnits[i]);
    }
    for (int i = 0; i < Math.min(3, askTicks.length); i++) {
      text.append(i == 0 ? " asks " : " ").append(askTicks[i]).append('x').append(askUnits[i]);
    }
    return text.toString();
  }
}
