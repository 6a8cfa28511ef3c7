package io.streamforge.graph;

/**
 * Uncentred second moments of two windows over the ticks in which both have a value.
 *
 * @param observations those ticks
 * @param enough whether they are as many as a value needs
 * @param products R_st
 * @param sourceSquares R_ss
 * @param targetSquares R_tt
 */
record CrossMoments(
    int observations, boolean enough, long products, long sourceSquares, long targetSquares) {

  static CrossMoments of(TickRing source, TickRing target, long products, int needed) {
    int observations = TickRing.observations(source, target);
    return new CrossMoments(
        observations,
        observations >= needed,
        products,
        source.squaresAlongside(target),
        target.squaresAlongside(source));
  }

  /** R_st / √(R_ss · R_tt); NaN without a variance at each end. */
  static double correlation(long products, long sourceSquares, long targetSquares) {
    return products / Math.sqrt((double) sourceSquares * (double) targetSquares);
  }

  double correlation() {
    return enough ? correlation(products, sourceSquares, targetSquares) : Double.NaN;
  }

  /** R_st / R_ss: target on source. */
  double beta() {
    return enough ? (double) products / sourceSquares : Double.NaN;
  }

  CrossMoments reversed() {
    return new CrossMoments(observations, enough, products, targetSquares, sourceSquares);
  }
}
