package io.streamforge.book;

import java.nio.ByteBuffer;

/** Unsigned numbers in as many bytes as they need, seven bits each, lowest first. */
final class Varint {
  /** Bytes of the largest number. */
  static final int MAX_BYTES = 10;

  private Varint() {}

  static void write(long value, ByteBuffer out) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  static long read(ByteBuffer in) {
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
