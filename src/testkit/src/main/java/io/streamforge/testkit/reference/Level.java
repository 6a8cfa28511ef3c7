package io.streamforge.testkit.reference;

import java.math.BigDecimal;

/** A price level with both numbers in the scale, hence the text, in which they were sent. */
public record Level(BigDecimal price, BigDecimal quantity) {

  /** A level of two decimal texts. */
  public static Level of(String price, String quantity) {
    return new Level(new BigDecimal(price), new BigDecimal(quantity));
  }
}
