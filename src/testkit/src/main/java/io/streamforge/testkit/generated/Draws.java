package io.streamforge.testkit.generated;

import java.util.SplittableRandom;

/**
 * The random quantities of a {@link GeneratedMarket}, and with them its measured parameters; see
 * there. Values of books are in ticks and thousandths of the base unit.
 */
final class Draws {
  static final double TRADE_SHARE = 0.576;
  static final double CHANGE_SHARE = 0.74;
  static final double ABSENT_SHARE = 0.02;
  static final double DENSITY = 0.78;

  private static final double MOVE_SHARE = 0.03;
  private static final double MEAN_FURTHER_TICKS = 19;
  private static final int MAX_MOVE = 90;

  private static final double BEST_SHARE = 0.034;
  private static final double MEDIAN_RANK = 205;
  private static final double RANK_SIGMA = 1.8;

  private static final double BURST_SHARE = 0.15;
  private static final int MAX_LEVELS = 950;

  private static final double MEDIAN_QUANTITY = 500;
  private static final double QUANTITY_SIGMA = 2;

  private final SplittableRandom random;

  Draws(long seed) {
    this.random = new SplittableRandom(seed);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  double uniform() {
    return random.nextDouble();
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Of mean 1. */
  double exponential() {
    return -StrictMath.log(1 - random.nextDouble());
  }

  private double logNormal(double median, double sigma) {
    return median * StrictMath.exp(sigma * random.nextGaussian());
  }

  /** By how many ticks the best price moves with one message. */
  int move() {
    if (!chance(MOVE_SHARE)) {
      return 0;
    }
    int ticks = Math.min(MAX_MOVE, 1 + (int) (MEAN_FURTHER_TICKS * exponential()));
    return random.nextBoolean() ? ticks : -ticks;
  }

  /** How many levels one message changes. */
  int levels() {
    double levels = chance(BURST_SHARE) ? logNormal(75, 1) : logNormal(21, 0.6);
    return (int) Math.max(1, Math.min(MAX_LEVELS, levels));
  }

  /** Which level a change concerns, 0 being the best, in a book of a depth. */
  int rank(int depth) {
    if (chance(BEST_SHARE)) {
      return 0;
    }
    for (; ; ) {
      double rank = logNormal(Math.min(MEDIAN_RANK, depth), RANK_SIGMA);
      if (rank >= 1 && rank < depth) {
        return (int) rank;
      }
    }
  }

  /** Ticks between two levels that a snapshot begins with. */
  int gap() {
    int gap = 1;
    while (!chance(DENSITY)) {
      gap++;
    }
    return gap;
  }

  /** Positive. */
  int quantity() {
    return (int) Math.max(1, Math.min(1e9, logNormal(MEDIAN_QUANTITY, QUANTITY_SIGMA)));
  }

  /** How far the venue's update ids go on from one message of a book to its next. */
  int updateIds() {
    return 1 + (int) (3_400 * exponential());
  }
}
