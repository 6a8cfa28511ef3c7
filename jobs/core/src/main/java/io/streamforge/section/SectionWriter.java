package io.streamforge.section;

import java.io.ByteArrayOutputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Writes the sections of a state one after the other, each with its id, its version and its length,
 * and behind the last an end.
 */
public final class SectionWriter {
  static final int END = 0;

  private final DataOutput out;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
  private final DataOutputStream content = new DataOutputStream(bytes);

  /** Writes what a section holds. */
  public interface Content {
    void writeTo(DataOutput out) throws IOException;
  }

  public SectionWriter(DataOutput out) {
    this.out = out;
  }

  /** Writes a section. */
  public SectionWriter write(Section section, Content holds) throws IOException {
    bytes.reset();
    holds.writeTo(content);
    out.writeByte(section.id());
    out.writeByte(section.version());
    Varint.write(bytes.size(), out);
    out.write(bytes.toByteArray());
    return this;
  }

  /** Writes that there are no more. */
  public void end() throws IOException {
    out.writeByte(END);
  }
}
