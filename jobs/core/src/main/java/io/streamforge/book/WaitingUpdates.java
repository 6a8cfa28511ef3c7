package io.streamforge.book;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.window.PageStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * The deltas of a book that wait for a snapshot, in log order, bounded in number and age. They are
 * stored in pages of {@value #PAGE} by their number since the beginning, so that a store writes
 * only those that came since the last.
 */
final class WaitingUpdates {
  private static final int PAGE = 32;

  private final BookLimits limits;
  private final ArrayDeque<BookUpdate> updates = new ArrayDeque<>();
  private long first;
  private long firstUnstored;
  private long firstStoredPage;
  private long heapBytes;
  private long dropped;

  WaitingUpdates(BookLimits limits) {
    this.limits = limits;
  }

  void add(BookUpdate update) {
    long oldestUs = update.effectiveTimeUs() - limits.waitingUs();
    while (updates.size() >= limits.waiting()
        || (!updates.isEmpty() && updates.peek().effectiveTimeUs() < oldestUs)) {
      poll();
      dropped++;
    }
    updates.add(update);
    heapBytes += update.heapBytes();
  }

  /** The oldest, null for none. */
  BookUpdate peek() {
    return updates.peek();
  }

  /** Takes the oldest away. */
  void poll() {
    heapBytes -= updates.poll().heapBytes();
    first++;
  }

  void clear() {
    first += updates.size();
    updates.clear();
    heapBytes = 0;
  }

  /** Memory that they take, bytes. */
  long heapBytes() {
    return heapBytes;
  }

  /** How many fell out since the last call. */
  long takeDropped() {
    long taken = dropped;
    dropped = 0;
    return taken;
  }

  private static long pageOf(long number) {
    return number / PAGE;
  }

  void writeTo(DataOutput out, PageStore store) throws IOException {
    long end = first + updates.size();
    for (; firstStoredPage < pageOf(first); firstStoredPage++) {
      store.remove(firstStoredPage);
    }
    // The page that the last write left unfinished is written again.
    long number = Math.max(first, pageOf(firstUnstored) * PAGE);
    Iterator<BookUpdate> next = updates.iterator();
    for (long stored = first; stored < number; stored++) {
      next.next();
    }
    while (number < end) {
      long page = pageOf(number);
      long pageEnd = Math.min(end, (page + 1) * PAGE);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream pageOut = new DataOutputStream(bytes);
      pageOut.writeByte(PageBytes.VERSION);
      pageOut.writeLong(number);
      for (; number < pageEnd; number++) {
        next.next().writeTo(pageOut);
      }
      store.put(page, bytes.toByteArray());
    }
    firstUnstored = end;
    out.writeLong(first);
    out.writeLong(end);
  }

  void readFrom(DataInput in, PageStore store, Instrument instrument) throws IOException {
    first = in.readLong();
    firstUnstored = in.readLong();
    firstStoredPage = pageOf(first);
    for (long number = first; number < firstUnstored; ) {
      long page = pageOf(number);
      byte[] bytes = store.get(page);
      ByteBuffer held = PageBytes.read(bytes);
      DataInputStream pageIn =
          new DataInputStream(new ByteArrayInputStream(bytes, held.position(), held.remaining()));
      long pageEnd = Math.min(firstUnstored, (page + 1) * PAGE);
      for (long stored = pageIn.readLong(); stored < pageEnd; stored++) {
        BookUpdate update = BookUpdate.readFrom(pageIn, instrument);
        if (stored >= first) {
          updates.add(update);
          heapBytes += update.heapBytes();
        }
      }
      number = pageEnd;
    }
  }
}
