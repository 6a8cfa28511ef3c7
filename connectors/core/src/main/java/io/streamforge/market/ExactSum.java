package io.streamforge.market;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A running sum of scaled integers and of their products, converted to a double once, correctly
 * rounded. So the order of the terms does not matter and nothing drifts. It lives in 128 bits; what
 * goes beyond them, which no usual market does, is kept beside.
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
  private BigInteger beyond; // null for nothing

  public void reset() {
    high = 0;
    low = 0;
    beyond = null;
  }

  public void add(long value) {
    add(value >> 63, value);
  }

  public void addProduct(long a, long b) {
    add(Math.multiplyHigh(a, b), a * b);
  }

  public void add(ExactSum other) {
    add(other.high, other.low);
    if (other.beyond != null) {
      beyond = beyond == null ? other.beyond : beyond.add(other.beyond);
    }
  }

  /** Takes away what was added. */
  public void subtract(ExactSum other) {
    if (other.beyond != null || other.high == Long.MIN_VALUE) {
      set(toBigInteger().subtract(other.toBigInteger()));
      return;
    }
    long negatedLow = -other.low;
    add(negatedLow == 0 ? -other.high : ~other.high, negatedLow);
  }

  private void add(long addedHigh, long addedLow) {
    long sumLow = low + addedLow;
    long carry = Long.compareUnsigned(sumLow, low) < 0 ? 1 : 0;
    long sumHigh = high + addedHigh + carry;
    if (((high ^ sumHigh) & (addedHigh ^ sumHigh)) < 0) {
      beyond = toBigInteger();
      sumHigh = addedHigh;
      sumLow = addedLow;
    }
    high = sumHigh;
    low = sumLow;
  }

  private void set(BigInteger sum) {
    boolean fits = sum.bitLength() < 2 * Long.SIZE;
    beyond = fits ? null : sum;
    low = fits ? sum.longValue() : 0;
    high = fits ? sum.shiftRight(Long.SIZE).longValue() : 0;
  }

  /** Multiplies the sum by {@code 10^exponent}: its terms have become finer by so many digits. */
  public void rescale(int exponent) {
    set(toBigInteger().multiply(BigInteger.TEN.pow(exponent)));
  }

  /** The sum times {@code 10^−scale}. */
  public double toDouble(int scale) {
    if (beyond == null && high == low >> 63) {
      return toDouble(low, scale);
    }
    return scale == 0
        ? toBigInteger().doubleValue()
        : new BigDecimal(toBigInteger(), scale).doubleValue(); // goes by way of text
  }

  /** The sum times {@code 10^−scale}. */
  public BigDecimal toBigDecimal(int scale) {
    return new BigDecimal(toBigInteger(), scale);
  }

  private BigInteger toBigInteger() {
    BigInteger sum =
        BigInteger.valueOf(high)
            .shiftLeft(64)
            .add(BigInteger.valueOf(low >>> 1).shiftLeft(1).or(BigInteger.valueOf(low & 1)));
    return beyond == null ? sum : beyond.add(sum);
  }

  /** Writes it in as many bytes as it needs, and one more. */
  public void writeTo(DataOutput out) throws IOException {
    byte[] bytes = toBigInteger().toByteArray();
    out.writeByte(bytes.length);
    out.write(bytes);
  }

  /** Reads what {@link #writeTo} wrote. */
  public void readFrom(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readByte()];
    in.readFully(bytes);
    set(new BigInteger(bytes));
  }

  /** {@code value · 10^−scale}, correctly rounded. */
  public static double toDouble(long value, int scale) {
    if (Math.abs(value) <= 1L << 53 && scale < POWERS_OF_TEN.length) {
      return value / POWERS_OF_TEN[scale]; // both exact: one rounding
    }
    return BigDecimal.valueOf(value, scale).doubleValue();
  }
}
