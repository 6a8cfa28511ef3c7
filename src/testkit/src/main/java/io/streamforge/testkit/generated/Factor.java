package io.streamforge.testkit.generated;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A log price that moves in steps of 100 ms: normal returns whose volatility wanders (a log-normal
 * regime with a half-life of two minutes), and jumps, one in twenty minutes. The last minute of it
 * can be asked for, so that others may follow late.
 */
final class Factor {
  /** Length of a step, milliseconds. */
  static final int STEP_MS = 100;

  /** Steps that are remembered. */
  private static final int MEMORY = 60_000 / STEP_MS + 1;

  private static final double STEP_SECONDS = STEP_MS / 1000.0;
  private static final double REGIME_DECAY = Math.pow(0.5, STEP_SECONDS / 120);
  private static final double REGIME_SPREAD = 0.5;
  private static final double JUMPS_PER_STEP = STEP_SECONDS / 1200;
  private static final double JUMP_IN_SECONDS = 20;

  private final double volatility;
  private final SplittableRandom random;
  private final double[] steps = new double[MEMORY];
  private final double[] regimes = new double[MEMORY];
  private int newest;

  /**
   * @param volatility log return in √s, in a regime of 1
   */
  Factor(double volatility, SplittableRandom random) {
    this.volatility = volatility;
    this.random = random;
    Arrays.fill(regimes, REGIME_SPREAD * random.nextGaussian());
  }

  /** How many times its usual the volatility was {@code lagMs} ago. */
  double regime(int lagMs) {
    return Math.exp(regimes[ago(lagMs)]);
  }

  /** Makes the next step. */
  void advance() {
    double innovation = REGIME_SPREAD * Math.sqrt(1 - REGIME_DECAY * REGIME_DECAY);
    double regime = REGIME_DECAY * regimes[newest] + innovation * random.nextGaussian();
    double step = volatility * Math.exp(regime) * Math.sqrt(STEP_SECONDS) * random.nextGaussian();
    if (random.nextDouble() < JUMPS_PER_STEP) {
      step += volatility * JUMP_IN_SECONDS * random.nextGaussian();
    }
    newest = (newest + 1) % MEMORY;
    steps[newest] = step;
    regimes[newest] = regime;
  }

  /** The log return of the step that was made {@code lagMs} ago. */
  double step(int lagMs) {
    return steps[ago(lagMs)];
  }

  private int ago(int lagMs) {
    return Math.floorMod(newest - lagMs / STEP_MS, MEMORY);
  }
}
