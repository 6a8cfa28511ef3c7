package io.streamforge.marketgraph;

import io.streamforge.section.Varint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sections as they are stored, by ids alone: to compare what one version wrote with what another
 * does, and to make what an earlier or a later one would have written. What stands before them (a
 * version, or where the panes are) is their head.
 */
final class StoredSections {
  /** Bytes before the sections, and which sections hold sections themselves. */
  record Form(int numbersBefore, boolean versionBefore, Map<Integer, Form> within) {
    private static final Form SECTIONS = new Form(0, false, Map.of());
    private static final Form GRID = new Form(2, false, Map.of());

    /** A pane, a book's header and a graph's. */
    static final Form PAGE = new Form(0, true, Map.of());

    /** An instrument's header: the panes under way, by grid, and what else has parts. */
    static final Form INSTRUMENT =
        new Form(
            0,
            true,
            Map.of(
                1,
                new Form(0, false, Map.of(1, GRID, 2, GRID, 3, GRID, 4, GRID, 5, GRID)),
                2,
                SECTIONS,
                3,
                SECTIONS,
                4,
                SECTIONS));
  }

  private record Stored(byte version, byte[] bytes) {}

  private final Form form;
  private final byte[] head;
  private final TreeMap<Integer, Stored> sections = new TreeMap<>();

  StoredSections(byte[] bytes, Form form) throws IOException {
    this.form = form;
    ByteArrayInputStream left = new ByteArrayInputStream(bytes);
    DataInputStream in = new DataInputStream(left);
    if (form.versionBefore()) {
      in.readByte();
    }
    for (int i = 0; i < form.numbersBefore(); i++) {
      Varint.read(in);
    }
    head = Arrays.copyOf(bytes, bytes.length - left.available());
    for (int id = in.readByte(); id != 0; id = in.readByte()) {
      byte version = in.readByte();
      sections.put(id, new Stored(version, in.readNBytes((int) Varint.read(in))));
    }
    if (left.available() > 0) {
      throw new IOException("bytes follow the end of the sections");
    }
  }

  byte[] bytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(head);
    for (Map.Entry<Integer, Stored> section : sections.entrySet()) {
      out.writeByte(section.getKey());
      out.writeByte(section.getValue().version());
      Varint.write(section.getValue().bytes().length, out);
      out.write(section.getValue().bytes());
    }
    out.writeByte(0);
    return bytes.toByteArray();
  }

  StoredSections within(int id) throws IOException {
    return new StoredSections(sections.get(id).bytes(), form.within().get(id));
  }

  StoredSections with(int id, byte[] bytes) {
    sections.put(id, new Stored((byte) 1, bytes));
    return this;
  }

  StoredSections without(int id) {
    sections.remove(id);
    return this;
  }

  /** The numbers before the sections of a grid: the pane under way, and how many are stored. */
  long[] numbers() throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(head));
    return new long[] {Varint.unZigZag(Varint.read(in)), Varint.read(in)};
  }

  /** The same sections where another number of panes is stored. */
  StoredSections withStoredPanes(long count) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    Varint.write(Varint.zigZag(numbers()[0]), out);
    Varint.write(count, out);
    byte[] all = bytes();
    out.write(all, head.length, all.length - head.length);
    return new StoredSections(bytes.toByteArray(), form);
  }

  /** What is stored, in hexadecimal, by where it stands. */
  Map<String, String> parts() throws IOException {
    Map<String, String> parts = new TreeMap<>();
    parts.put("head", HexFormat.of().formatHex(head));
    for (Map.Entry<Integer, Stored> section : sections.entrySet()) {
      int id = section.getKey();
      if (form.within().containsKey(id)) {
        within(id).parts().forEach((path, hex) -> parts.put(id + "/" + path, hex));
      } else {
        Stored stored = section.getValue();
        parts.put(
            Integer.toString(id),
            "version %d: %s".formatted(stored.version(), HexFormat.of().formatHex(stored.bytes())));
      }
    }
    return parts;
  }
}
