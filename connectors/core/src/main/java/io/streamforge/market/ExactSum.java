package io.streamforge.market;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A running sum of scaled integers and of their products in 128 bits, converted to a double once,
 * correctly rounded. So the order of the terms does not matter and nothing drifts.
 */
public final class ExactSum {
  private static final double[] POWERS_OF_TEN = new double[23];

  static {
    for (int i = 0; i < POWERS_OF_TEN.length; i++) {
      POWERS_OF_TEN[i] = Double.parseDouble("1e" + i);
    }
  }

  private long high;
  private long low;
  private boolean overflow;

  public void reset() {
    high = 0;
    low = 0;
    overflow = false;
  }

  public void add(long value) {
    add(value >> 63, value);
  }

  public void addProduct(long a, long b) {
    add(Math.multiplyHigh(a, b), a * b);
  }

  public void add(ExactSum other) {
    add(other.high, other.low);
    overflow |= other.overflow;
  }

  /** Takes away what was added; a sum that left 128 bits does not come back. */
  public void subtract(ExactSum other) {
    long negatedLow = -other.low;
    add(negatedLow == 0 ? -other.high : ~other.high, negatedLow);
    overflow |= other.overflow;
  }

  private void add(long addedHigh, long addedLow) {
    long sumLow = low + addedLow;
    long carry = Long.compareUnsigned(sumLow, low) < 0 ? 1 : 0;
    long sumHigh = high + addedHigh + carry;
    overflow |= ((high ^ sumHigh) & (addedHigh ^ sumHigh)) < 0;
    high = sumHigh;
    low = sumLow;
  }

  /** Multiplies the sum by {@code 10^exponent}: its terms have become finer by so many digits. */
  public void rescale(int exponent) {
    BigInteger scaled = toBigInteger().multiply(BigInteger.TEN.pow(exponent));
    overflow |= scaled.bitLength() > 127;
    low = scaled.longValue();
    high = scaled.shiftRight(64).longValue();
  }

  /** The sum times {@code 10^−scale}; NaN if it left 128 bits. */
  public double toDouble(int scale) {
    if (overflow) {
      return Double.NaN;
    }
    if (high == low >> 63) {
      return toDouble(low, scale);
    }
    return scale == 0
        ? toBigInteger().doubleValue()
        : new BigDecimal(toBigInteger(), scale).doubleValue(); // goes by way of text
  }

  /** The sum times {@code 10^−scale}; null if it left 128 bits. */
  public BigDecimal toBigDecimal(int scale) {
    return overflow ? null : new BigDecimal(toBigInteger(), scale);
  }

  private BigInteger toBigInteger() {
    return BigInteger.valueOf(high)
        .shiftLeft(64)
        .add(BigInteger.valueOf(low >>> 1).shiftLeft(1).or(BigInteger.valueOf(low & 1)));
  }

  /** Writes it in as many bytes as it needs, and one more. */
  public void writeTo(DataOutput out) throws IOException {
    if (overflow) {
      out.writeByte(0);
    } else {
      byte[] bytes = toBigInteger().toByteArray();
      out.writeByte(bytes.length);
      out.write(bytes);
    }
  }

  /** Reads what {@link #writeTo} wrote. */
  public void readFrom(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readByte()];
    in.readFully(bytes);
    overflow = bytes.length == 0;
    BigInteger sum = overflow ? BigInteger.ZERO : new BigInteger(bytes);
    low = sum.longValue();
    high = sum.shiftRight(Long.SIZE).longValue();
  }

  /** {@code value · 10^−scale}, correctly rounded. */
  public static double toDouble(long value, int scale) {
    if (Math.abs(value) <= 1L << 53 && scale < POWERS_OF_TEN.length) {
      return value / POWERS_OF_TEN[scale]; // both exact: one rounding
    }
    return BigDecimal.valueOf(value, scale).doubleValue();
  }
}
