package io.streamforge.section;

import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The sections of a state that a {@link SectionWriter} wrote. One that nobody asks for is passed
 * over: another version of the program knows it.
 */
public final class SectionReader {
  private final Map<Integer, Stored> sections = new HashMap<>();

  private record Stored(int version, byte[] bytes) {}

  /** Reads what a section holds, all of it. */
  public interface Content {
    void readFrom(DataInput in) throws IOException;
  }

  /** Reads all sections up to the end. */
  public SectionReader(DataInput in) throws IOException {
    for (int id = in.readByte(); id != SectionWriter.END; id = in.readByte()) {
      int version = in.readByte();
      byte[] bytes = new byte[Math.toIntExact(Varint.read(in))];
      in.readFully(bytes);
      if (sections.put(id, new Stored(version, bytes)) != null) {
        throw new IOException("section %d is stored twice".formatted(id));
      }
    }
  }

  /** Whether a section was written. */
  public boolean has(Section section) {
    return sections.containsKey(section.id());
  }

  /**
   * Reads a section, or nothing where it was not written: the state was without it.
   *
   * @throws IOException if its form has another version, or its content is longer than what is read
   */
  public SectionReader read(Section section, Content holds) throws IOException {
    Stored stored = sections.get(section.id());
    if (stored != null) {
      if (stored.version() != section.version()) {
        throw new IOException(
            "section %s of the state has version %d, this StreamForge reads %d"
                .formatted(section.name(), stored.version(), section.version()));
      }
      ByteArrayInputStream left = new ByteArrayInputStream(stored.bytes());
      holds.readFrom(new DataInputStream(left));
      if (left.available() > 0) {
        throw new IOException(
            "section %s of the state has %d bytes, and %d are left when it is read"
                .formatted(section.name(), stored.bytes().length, left.available()));
      }
    }
    return this;
  }
}
