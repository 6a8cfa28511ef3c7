package io.streamforge.graph;

import io.streamforge.graph.leadlag.HayashiYoshida;
import io.streamforge.graph.leadlag.LeadLag;
import io.streamforge.graph.leadlag.MidIncrements;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Two log prices of correlation ρ over five minutes, of which the target repeats the source a while
 * later, each observed when a Poisson process of its own says so; of a run of 100 ms only the last
 * observation counts.
 */
public final class PlantedPair {
  private static final int STEP_US = 20_000;
  private static final int STEPS = 15_000;
  private static final int LONGEST_LEAD = 200;
  private static final long BEGIN_US = 1_723_161_200_000_000L;

  private final MidIncrements source;
  private final MidIncrements target;

  /** Rates are observations a second. */
  public PlantedPair(
      RandomGenerator random,
      double correlation,
      int leadMs,
      double sourceRate,
      double targetRate) {
    double[] common = walk(random);
    double[] own = walk(random);
    double[] lagging = new double[STEPS];
    double rest = Math.sqrt(1 - correlation * correlation);
    int lead = leadMs * 1000 / STEP_US;
    Arrays.setAll(
        lagging, i -> correlation * common[i + LONGEST_LEAD - lead] + rest * own[i + LONGEST_LEAD]);
    double[] leading = Arrays.copyOfRange(common, LONGEST_LEAD, common.length);
    source = observed(random, leading, sourceRate);
    target = observed(random, lagging, targetRate);
  }

  private static double[] walk(RandomGenerator random) {
    double[] walk = new double[STEPS + LONGEST_LEAD];
    for (int i = 1; i < walk.length; i++) {
      walk[i] = walk[i - 1] + 1.4e-5 * random.nextGaussian();
    }
    return walk;
  }

  private static MidIncrements observed(RandomGenerator random, double[] path, double rate) {
    MidIncrements increments = new MidIncrements();
    double chance = rate * STEP_US / 1e6;
    int last = 0;
    int next = -1;
    for (int i = 1; i < path.length; i++) {
      next = random.nextDouble() < chance ? i : next;
      if (i % 5 == 4 && next > last) {
        increments.enter(
            BEGIN_US + (long) next * STEP_US,
            (next - last) * STEP_US,
            (int) Math.rint((path[next] - path[last]) * 1e8));
        last = next;
      }
    }
    return increments;
  }

  /** As of the end of the five minutes. */
  public LeadLag leadLag() {
    return LeadLag.of(source, target, HayashiYoshida.of(source, target));
  }
}
