package io.streamforge.graph.returns;

/**
 * Uncentred second moments of two windows over the samples in which both have a value.
 *
 * @param observations those samples
 * @param enough whether they are as many as a value needs
 * @param products R_st
 * @param sourceSquares R_ss
 * @param targetSquares R_tt
 */
public record CrossMoments(
    int observations, boolean enough, long products, long sourceSquares, long targetSquares) {

  public static CrossMoments of(SampleRing source, SampleRing target, long products, int needed) {
    int observations = SampleRing.observations(source, target);
    return new CrossMoments(
        observations,
        observations >= needed,
        products,
        source.squaresAlongside(target),
        target.squaresAlongside(source));
  }

  /** R_st / √(R_ss · R_tt); NaN without a variance at each end. */
  public static double correlation(long products, long sourceSquares, long targetSquares) {
    return products / Math.sqrt((double) sourceSquares * (double) targetSquares);
  }

  public double correlation() {
    return enough ? correlation(products, sourceSquares, targetSquares) : Double.NaN;
  }

  /** R_st / R_ss: target on source. */
  public double beta() {
    return enough ? (double) products / sourceSquares : Double.NaN;
  }

  public CrossMoments reversed() {
    return new CrossMoments(observations, enough, products, targetSquares, sourceSquares);
  }
}
