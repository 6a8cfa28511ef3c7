package io.streamforge.flow;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/** How an exact decimal is stored: its scale, and as many bytes as its digits need. */
final class ExactForm {
  private ExactForm() {}

  static void write(BigDecimal value, DataOutput out) throws IOException {
    byte[] digits = value.unscaledValue().toByteArray();
    out.writeByte(value.scale());
    out.writeByte(digits.length);
    out.write(digits);
  }

  static BigDecimal read(DataInput in) throws IOException {
    int scale = in.readByte();
    byte[] digits = new byte[in.readByte()];
    in.readFully(digits);
    return new BigDecimal(new BigInteger(digits), scale);
  }
}
