package io.streamforge.book;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The form of a page: the version of the form, then what the page holds. */
final class PageBytes {
  static final byte VERSION = 1;

  private PageBytes() {}

  /** Begins a page in a buffer that is used again and again. */
  static ByteBuffer begin(ByteBuffer buffer) {
    return buffer.clear().put(VERSION);
  }

  /** What was written since {@link #begin}. */
  static byte[] end(ByteBuffer buffer) {
    byte[] page = new byte[buffer.flip().remaining()];
    buffer.get(page);
    return page;
  }

  /** What a page holds. */
  static ByteBuffer read(byte[] page) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(page);
    int version = in.get();
    if (version != VERSION) {
      throw new IOException(
          "a page of a book has version %d, this StreamForge reads %d".formatted(version, VERSION));
    }
    return in;
  }
}
