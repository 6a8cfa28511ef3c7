package io.streamforge.section;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Unsigned numbers in as many bytes as they need, seven bits each, lowest first. */
public final class Varint {
  /** Bytes of the largest number. */
  public static final int MAX_BYTES = 10;

  private Varint() {}

  /** Makes a number near 0, of either sign, a small one without. */
  public static long zigZag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  /** What {@link #zigZag} was given. */
  public static long unZigZag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }

  public static void write(long value, DataOutput out) throws IOException {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.writeByte((int) rest | 0x80);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  public static long read(DataInput in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = in.readByte();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IOException("a number of more than ten bytes");
  }

  public static void write(long value, ByteBuffer out) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  public static long read(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
