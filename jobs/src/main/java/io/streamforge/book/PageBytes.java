package io.streamforge.book;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The form of a page: the version of the form, then what the page holds. */
final class PageBytes {
  private static final int VERSION = 1;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 10);
  private final DataOutputStream out = new DataOutputStream(bytes);

  /** An empty page, to be written to. */
  DataOutputStream begin() {
    bytes.reset();
    try {
      out.writeByte(VERSION);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return out;
  }

  /** What was written since {@link #begin}. */
  byte[] end() {
    return bytes.toByteArray();
  }

  /** What a page holds. */
  static DataInputStream read(byte[] page) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(page));
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException(
          "a page of a book has version %d, this StreamForge reads %d".formatted(version, VERSION));
    }
    return in;
  }
}
