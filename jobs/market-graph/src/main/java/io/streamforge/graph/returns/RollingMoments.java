package io.streamforge.graph.returns;

/**
 * Uncentred second moments of two symbols over those returns of a long window that both have. They
 * follow the window: integers, so that what entered leaves without a trace. A product is at most
 * 2⁵⁰, the square of {@link FixedPoint#LIMIT}, and a window has at most 7 200 of them: below 2⁶³,
 * so that 64 bits are enough.
 */
final class RollingMoments {
  private int observations;
  private long products;
  private long sourceSquares;
  private long targetSquares;

  /** Makes the sums anew. */
  static RollingMoments of(SampleRing source, SampleRing target) {
    RollingMoments moments = new RollingMoments();
    moments.observations = SampleRing.observations(source, target);
    moments.products = SampleRing.products(source, target);
    moments.sourceSquares = source.squaresAlongside(target);
    moments.targetSquares = target.squaresAlongside(source);
    return moments;
  }

  /** The returns of a number enter, either of which may be missing. */
  void enter(int source, int target) {
    add(1, source, target);
  }

  /** The returns of a number leave. */
  void leave(int source, int target) {
    add(-1, source, target);
  }

  private void add(int sign, int source, int target) {
    if (source != ReturnPage.MISSING && target != ReturnPage.MISSING) {
      observations += sign;
      products += sign * ((long) source * target);
      sourceSquares += sign * ((long) source * source);
      targetSquares += sign * ((long) target * target);
    }
  }

  /** Numbers of which both have a return. */
  int observations() {
    return observations;
  }

  /** R_st / √(R_ss · R_tt); NaN without a variance at each end. */
  double correlation() {
    return CrossMoments.correlation(products, sourceSquares, targetSquares);
  }
}
