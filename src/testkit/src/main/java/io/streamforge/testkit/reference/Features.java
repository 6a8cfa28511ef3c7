package io.streamforge.testkit.reference;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Named numbers in order, null where a number does not exist. */
final class Features {
  static final BigDecimal BPS = BigDecimal.valueOf(10_000);

  private final Map<String, Double> values = new LinkedHashMap<>();

  void put(String name, BigDecimal value) {
    put(name, value == null ? null : (Double) value.doubleValue());
  }

  void put(String name, Double value) {
    values.put(name, value == null ? null : (Double) (value + 0.0)); // -0.0 becomes 0.0
  }

  void putAll(Features others) {
    values.putAll(others.values);
  }

  Map<String, Double> asMap() {
    return Collections.unmodifiableMap(values);
  }

  /** Null where either is null or the divisor 0. */
  static BigDecimal ratio(BigDecimal dividend, BigDecimal divisor) {
    return dividend == null || divisor == null || divisor.signum() == 0
        ? null
        : dividend.divide(divisor, MathContext.DECIMAL128);
  }

  /** How far a price is above the mid, in basis points. */
  static BigDecimal bpsAbove(BigDecimal price, BigDecimal mid) {
    return price == null || mid == null ? null : ratio(BPS.multiply(price.subtract(mid)), mid);
  }

  /** Null where either is null. */
  static BigDecimal sum(BigDecimal one, BigDecimal other) {
    return one == null || other == null ? null : one.add(other);
  }
}
