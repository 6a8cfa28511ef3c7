package io.streamforge.graph;

/**
 * The inverse of the normal distribution's upper tail, by algorithm AS 241 (Wichura 1988), to 16
 * digits.
 */
final class NormalQuantile {
  private static final double[] CENTRE_NUMERATOR = {
    2509.0809287301227,
    33430.57558358813,
    67265.7709270087,
    45921.95393154987,
    13731.69376550946,
    1971.5909503065513,
    133.14166789178438,
    3.3871328727963665
  };
  private static final double[] CENTRE_DENOMINATOR = {
    5226.495278852854,
    28729.085735721943,
    39307.89580009271,
    21213.794301586597,
    5394.196021424751,
    687.1870074920579,
    42.31333070160091,
    1
  };
  private static final double[] TAIL_NUMERATOR = {
    0.0007745450142783414,
    0.022723844989269184,
    0.2417807251774506,
    1.2704582524523684,
    3.6478483247632045,
    5.769497221460691,
    4.630337846156546,
    1.4234371107496835
  };
  private static final double[] TAIL_DENOMINATOR = {
    1.0507500716444169e-9,
    0.0005475938084995345,
    0.015198666563616457,
    0.14810397642748008,
    0.6897673349851,
    1.6763848301838038,
    2.053191626637759,
    1
  };

  private NormalQuantile() {}

  /**
   * What |t| of a pair of {@code nodes} is above: of a node's other ones one is by chance, whatever
   * their number. 0 below three nodes.
   */
  static double ofNeighbours(int nodes) {
    return nodes < 3 ? 0 : upper(1 / (2.0 * (nodes - 1)));
  }

  /** Φ⁻¹(1 − tail), for 10⁻¹⁰ < tail ≤ 1/2. */
  static double upper(double tail) {
    double fromMedian = 0.5 - tail;
    if (fromMedian <= 0.425) {
      double r = 0.180625 - fromMedian * fromMedian;
      return fromMedian * ratio(CENTRE_NUMERATOR, CENTRE_DENOMINATOR, r);
    }
    double r = StrictMath.sqrt(-StrictMath.log(tail)) - 1.6;
    return ratio(TAIL_NUMERATOR, TAIL_DENOMINATOR, r);
  }

  private static double ratio(double[] numerator, double[] denominator, double r) {
    return polynomial(numerator, r) / polynomial(denominator, r);
  }

  /** Of coefficients from the highest power on. */
  private static double polynomial(double[] coefficients, double r) {
    double value = 0;
    for (double coefficient : coefficients) {
      value = value * r + coefficient;
    }
    return value;
  }
}
