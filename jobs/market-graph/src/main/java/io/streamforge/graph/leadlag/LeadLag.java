package io.streamforge.graph.leadlag;

import io.streamforge.graph.returns.CrossMoments;
import java.util.Arrays;

/**
 * Hayashi–Yoshida correlation of a source with a target by the shift of the target, and what it
 * says of who leads. Hoffmann, Rosenbaum & Yoshida 2013, <a
 * href="https://arxiv.org/abs/1303.4871">arXiv:1303.4871</a>; asymmetry after Huth & Abergel 2014,
 * <a href="https://arxiv.org/abs/1111.7103">arXiv:1111.7103</a>.
 *
 * @param sourceChanges n_s
 * @param targetChanges n_t
 * @param covariance Hayashi–Yoshida's, without a shift, 10⁻¹⁶; 0 where there is none
 * @param correlations ρ(θ) by shift, in the order of {@link HayashiYoshida#shiftMs}
 */
public record LeadLag(
    int sourceChanges, int targetChanges, long covariance, double[] correlations) {
  private static final int MIN_CHANGES = 50;

  /** In units of noise: what is correlation at all, and what is more of it than without a shift. */
  private static final double LEVEL = 4;

  private static final double STEP = 2;

  private static final int MIDDLE = HayashiYoshida.shifts() / 2;

  /** Of two paths of which one has too few changes. */
  static final LeadLag NONE = new LeadLag(0, 0, 0, nothing());

  private static double[] nothing() {
    double[] nothing = new double[HayashiYoshida.shifts()];
    Arrays.fill(nothing, Double.NaN);
    return nothing;
  }

  public static LeadLag of(MidIncrements source, MidIncrements target, HayashiYoshida sums) {
    if (source.count() < MIN_CHANGES || target.count() < MIN_CHANGES) {
      return NONE;
    }
    long[] products = sums.sums();
    double[] correlations = new double[products.length];
    for (int i = 0; i < products.length; i++) {
      correlations[i] = CrossMoments.correlation(products[i], source.squares(), target.squares());
    }
    return new LeadLag(source.count(), target.count(), products[MIDDLE], correlations);
  }

  /**
   * The covariance by the variances of another measure: the mid's changes come in parts, so that
   * their own squares say too little. NaN where a side has no variance or too few changes.
   *
   * @param sourceSquares Σ of the source's squared returns, 10⁻¹⁶
   * @param targetSquares likewise
   */
  public double correlation(long sourceSquares, long targetSquares) {
    return Double.isNaN(correlations[MIDDLE]) || sourceSquares == 0 || targetSquares == 0
        ? Double.NaN
        : CrossMoments.correlation(covariance, sourceSquares, targetSquares);
  }

  /** By how much the source leads, milliseconds; NaN where nothing stands out of the noise. */
  public double leadMs() {
    double now = Math.abs(correlations[MIDDLE]);
    double best = now;
    int bestDistance = 0;
    for (int distance = 1; distance <= MIDDLE; distance++) {
      double larger = Math.max(ahead(distance), behind(distance));
      if (larger > best) {
        best = larger;
        bestDistance = distance;
      }
    }
    double noise = noise();
    if (!(best >= LEVEL * noise)) {
      return Double.NaN;
    }
    if (best - now < STEP * noise) {
      return 0;
    }
    int direction = Double.compare(ahead(bestDistance), behind(bestDistance));
    return direction * HayashiYoshida.shiftMs(MIDDLE + bestDistance);
  }

  /**
   * Standard deviation of ρ(θ) of two independent paths: n_s + n_t of the n_s · n_t pairs overlap.
   */
  private double noise() {
    return Math.sqrt(1.0 / sourceChanges + 1.0 / targetChanges);
  }

  private double ahead(int distance) {
    return Math.abs(correlations[MIDDLE + distance]);
  }

  private double behind(int distance) {
    return Math.abs(correlations[MIDDLE - distance]);
  }

  /** (A − B)/(A + B), A = Σ ρ² where the source leads, B = Σ ρ² where the target leads. */
  public double asymmetry() {
    if (Double.isNaN(leadMs())) {
      return Double.NaN;
    }
    double sourceLeads = 0;
    double targetLeads = 0;
    for (int distance = 1; distance <= MIDDLE; distance++) {
      sourceLeads += ahead(distance) * ahead(distance);
      targetLeads += behind(distance) * behind(distance);
    }
    return (sourceLeads - targetLeads) / (sourceLeads + targetLeads);
  }

  /** The same from target to source. */
  public LeadLag reversed() {
    double[] mirrored = new double[correlations.length];
    for (int i = 0; i < mirrored.length; i++) {
      mirrored[i] = correlations[mirrored.length - 1 - i];
    }
    return new LeadLag(targetChanges, sourceChanges, covariance, mirrored);
  }
}
