package io.streamforge.market;

import java.math.BigDecimal;
import java.util.Arrays;

/**
 * A running sum of decimals, exact whatever their scales: each scale has a sum of its own, as a
 * number with the digits of a finer one might not fit 64 bits. The total has the finest scale.
 */
public final class DecimalSum {
  private ExactSum[] byScale = new ExactSum[0];

  public void reset() {
    for (ExactSum sum : byScale) {
      if (sum != null) {
        sum.reset();
      }
    }
  }

  /** Adds {@code value · 10^−scale}. */
  public void add(long value, int scale) {
    of(scale).add(value);
  }

  /** Adds {@code a · b · 10^−scale}. */
  public void addProduct(long a, long b, int scale) {
    of(scale).addProduct(a, b);
  }

  private ExactSum of(int scale) {
    if (scale >= byScale.length) {
      byScale = Arrays.copyOf(byScale, scale + 1);
    }
    if (byScale[scale] == null) {
      byScale[scale] = new ExactSum();
    }
    return byScale[scale];
  }

  private int finest() {
    return Math.max(0, byScale.length - 1);
  }

  private ExactSum total() {
    ExactSum total = new ExactSum();
    int scale = -1;
    for (int finer = 0; finer < byScale.length; finer++) {
      if (byScale[finer] != null) {
        if (scale >= 0) {
          total.rescale(finer - scale);
        }
        total.add(byScale[finer]);
        scale = finer;
      }
    }
    return total;
  }

  /** The sum, correctly rounded. */
  public double toDouble() {
    return total().toDouble(finest());
  }

  /** The sum, at the finest scale that was added. */
  public BigDecimal toBigDecimal() {
    return total().toBigDecimal(finest());
  }
}
