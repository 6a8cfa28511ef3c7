package io.streamforge.volatility;

/**
 * First, highest, lowest and last mid of a span, and what each estimator of its variance makes of
 * them.
 */
record Bar(double open, double high, double low, double close) {
  private static final double LN_2 = StrictMath.log(2);

  /** Parkinson 1980: a Brownian motion without drift. */
  double parkinson() {
    double range = StrictMath.log(high / low);
    return range * range / (4 * LN_2);
  }

  /** Garman & Klass 1980: the same, with less variance of its own. */
  double garmanKlass() {
    double range = StrictMath.log(high / low);
    double change = StrictMath.log(close / open);
    return range * range / 2 - (2 * LN_2 - 1) * (change * change);
  }

  /** Rogers & Satchell 1991: any drift. */
  double rogersSatchell() {
    return StrictMath.log(high / close) * StrictMath.log(high / open)
        + StrictMath.log(low / close) * StrictMath.log(low / open);
  }
}
