package io.streamforge.window;

import io.streamforge.section.Varint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A queue that may grow long, of which the heap holds the {@value #PAGE} oldest and the {@value
 * #PAGE} newest at most. What is between them is in pages of a store, each written once.
 */
public final class PagedQueue<T> {
  /** Entries of a page. */
  public static final int PAGE = 16;

  private static final byte VERSION = 1;

  /** Writes an entry. */
  @FunctionalInterface
  public interface Writing<T> {
    /** Writes what {@link Reading} reads. */
    void write(T entry, DataOutput out) throws IOException;
  }

  /** Reads an entry. */
  @FunctionalInterface
  public interface Reading<T> {
    /** Reads what {@link Writing} wrote. */
    T read(DataInput in) throws IOException;
  }

  private final Writing<T> writing;
  private final Reading<T> reading;
  private final PageStore store;
  private final long firstKey;

  /** Not empty unless all is. */
  private final Deque<T> oldest = new ArrayDeque<>();

  private final Deque<T> newest = new ArrayDeque<>();
  private long firstPage;
  private long endPage;

  /**
   * @param firstKey the store's number of page 0; 2⁵⁶ from there are the queue's own
   */
  public PagedQueue(Writing<T> writing, Reading<T> reading, PageStore store, long firstKey) {
    this.writing = writing;
    this.reading = reading;
    this.store = store;
    this.firstKey = firstKey;
  }

  /** Adds the newest entry. */
  public void add(T entry) throws IOException {
    if (firstPage == endPage && newest.isEmpty() && oldest.size() < PAGE) {
      oldest.add(entry);
      return;
    }
    newest.add(entry);
    if (newest.size() == PAGE) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeByte(VERSION);
      for (T each : newest) {
        writing.write(each, out);
      }
      store.put(firstKey + endPage++, bytes.toByteArray());
      newest.clear();
    }
  }

  public boolean isEmpty() {
    return oldest.isEmpty();
  }

  /** The oldest entry; null if there is none. */
  public T peek() {
    return oldest.peek();
  }

  /** Takes the oldest entry; null if there is none. */
  public T poll() throws IOException {
    T taken = oldest.poll();
    if (oldest.isEmpty()) {
      if (firstPage < endPage) {
        readPage();
      } else {
        oldest.addAll(newest);
        newest.clear();
      }
    }
    return taken;
  }

  private void readPage() throws IOException {
    DataInput in = new DataInputStream(new ByteArrayInputStream(store.get(firstKey + firstPage)));
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException(
          "a page of a queue has version %d, this StreamForge reads %d"
              .formatted(version, VERSION));
    }
    for (int i = 0; i < PAGE; i++) {
      oldest.add(reading.read(in));
    }
    store.remove(firstKey + firstPage++);
  }

  /** Writes what is in no page, and what finds the pages. */
  public void writeTo(DataOutput out) throws IOException {
    write(oldest, out);
    write(newest, out);
    Varint.write(firstPage, out);
    Varint.write(endPage - firstPage, out);
  }

  private void write(Deque<T> entries, DataOutput out) throws IOException {
    Varint.write(entries.size(), out);
    for (T each : entries) {
      writing.write(each, out);
    }
  }

  /** Reads what {@link #writeTo} wrote. */
  public void readFrom(DataInput in) throws IOException {
    read(oldest, in);
    read(newest, in);
    firstPage = Varint.read(in);
    endPage = firstPage + Varint.read(in);
  }

  private void read(Deque<T> entries, DataInput in) throws IOException {
    for (long left = Varint.read(in); left > 0; left--) {
      entries.add(reading.read(in));
    }
  }
}
