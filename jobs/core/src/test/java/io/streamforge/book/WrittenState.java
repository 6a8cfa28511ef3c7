package io.streamforge.book;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;

/** What a part of a book writes of itself, read by another one at once. */
final class WrittenState {

  /** Writes itself. */
  interface Writer {
    void writeTo(DataOutput out) throws IOException;
  }

  /** Reads what the other one wrote. */
  interface Reader {
    void readFrom(DataInput in) throws IOException;
  }

  private WrittenState() {}

  /** Fails unless all that was written is read. */
  static void copy(Writer from, Reader to) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    from.writeTo(new DataOutputStream(bytes));
    ByteArrayInputStream in = new ByteArrayInputStream(bytes.toByteArray());
    to.readFrom(new DataInputStream(in));
    if (in.available() != 0) {
      throw new AssertionError(in.available() + " bytes were written and not read");
    }
  }
}
