package io.streamforge.local.planted;

import java.util.SplittableRandom;

/**
 * A log price that moves in steps of 100 ms: normal returns whose volatility wanders (a log-normal
 * regime with a half-life of two minutes), and jumps, one in twenty minutes. The last seconds of it
 * can be asked for, so that others may follow late.
 */
final class Factor {
  /** Length of a step, milliseconds. */
  static final int STEP_MS = 100;

  /** Steps that are remembered. */
  private static final int MEMORY = 16;

  private static final double STEP_SECONDS = STEP_MS / 1000.0;
  private static final double REGIME_DECAY = Math.pow(0.5, STEP_SECONDS / 120);
  private static final double REGIME_SPREAD = 0.5;
  private static final double JUMPS_PER_STEP = STEP_SECONDS / 1200;
  private static final double JUMP_IN_SECONDS = 20;

  private final double volatility;
  private final SplittableRandom random;
  private final double[] steps = new double[MEMORY];
  private double regime;
  private int newest;

  /**
   * @param volatility log return in √s, in a regime of 1
   */
  Factor(double volatility, SplittableRandom random) {
    this.volatility = volatility;
    this.random = random;
    this.regime = REGIME_SPREAD * random.nextGaussian();
  }

  /** The volatility's regime of a moment: how many times its usual it is. */
  double regime() {
    return Math.exp(regime);
  }

  /** Makes the next step. */
  void advance() {
    double innovation = REGIME_SPREAD * Math.sqrt(1 - REGIME_DECAY * REGIME_DECAY);
    regime = REGIME_DECAY * regime + innovation * random.nextGaussian();
    double step = volatility * regime() * Math.sqrt(STEP_SECONDS) * random.nextGaussian();
    if (random.nextDouble() < JUMPS_PER_STEP) {
      step += volatility * JUMP_IN_SECONDS * random.nextGaussian();
    }
    newest = (newest + 1) % MEMORY;
    steps[newest] = step;
  }

  /** The log return of the step that was made {@code lagMs} ago. */
  double step(int lagMs) {
    return steps[Math.floorMod(newest - lagMs / STEP_MS, MEMORY)];
  }
}
