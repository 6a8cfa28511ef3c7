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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * Deltas of a book that a snapshot may need: those that wait for one, and where nothing is numbered
 * those of the last seconds. They stand in log order, or in that of their numbers where these tell
 * the order alone, and are bounded in number, memory and age. They are stored in pages of {@value
 * #PAGE} by their place since the beginning, so that a store writes only those that came since the
 * last.
 */
final class KeptUpdates {
  private static final int PAGE = 32;
  private static final long NOTHING = Long.MIN_VALUE;

  /** What they may take of the heap: a thousand messages of all levels would be two gigabytes. */
  private static final long MAX_BYTES = 8L << 20;

  /** Where nothing is numbered, snapshots that are at most so old are compared with the book. */
  private static final long CHECKED_US = 5_000_000;

  private final BookLimits limits;
  private final List<BookUpdate> updates = new ArrayList<>();
  private long first;
  private long firstUnstored;
  private long firstStoredPage;
  private long heapBytes;
  private long dropped;

  /** Order of the newest that has fallen out since {@link #begin}. */
  private long droppedOrder = NOTHING;

  KeptUpdates(BookLimits limits) {
    this.limits = limits;
  }

  /** Adds the newest; what is too old or too many falls out. */
  void add(BookUpdate update) {
    dropped += drop(count(update, limits.waitingUs()));
    insert(updates.size(), update);
  }

  /** Adds one that waits, in the order of numbers or times. */
  void addByOrder(BookUpdate update) {
    dropped += drop(count(update, limits.waitingUs()));
    insertByOrder(update);
  }

  /** The same of one that has been applied, and is kept for the checking of snapshots alone. */
  void addApplied(BookUpdate update) {
    drop(count(update, CHECKED_US));
    insertByOrder(update);
  }

  /** Takes one over that was kept elsewhere, as the newest or in its order. */
  void take(BookUpdate update, boolean byOrder) {
    if (byOrder) {
      insertByOrder(update);
    } else {
      insert(updates.size(), update);
    }
  }

  private void insertByOrder(BookUpdate update) {
    insert(firstAfter(order(update)), update);
  }

  private int firstAfter(long order) {
    int at = updates.size();
    while (at > 0 && order(updates.get(at - 1)) > order) {
      at--;
    }
    return at;
  }

  private void insert(int at, BookUpdate update) {
    updates.add(at, update);
    firstUnstored = Math.min(firstUnstored, first + at);
    heapBytes += update.heapBytes();
  }

  /** How many of the oldest have no place beside the next that waits. */
  int fallingOutBeside(BookUpdate next) {
    return count(next, limits.waitingUs());
  }

  /** How many of the oldest have no place beside another: too old, too many or too large. */
  private int count(BookUpdate added, long ageUs) {
    long bytes = heapBytes + added.heapBytes();
    int count = 0;
    while (count < updates.size()
        && (updates.get(count).effectiveTimeUs() < added.effectiveTimeUs() - ageUs
            || updates.size() - count >= limits.waiting()
            || bytes > MAX_BYTES)) {
      bytes -= updates.get(count++).heapBytes();
    }
    return count;
  }

  /** Takes away so many of the oldest, which it returns. */
  private int drop(int count) {
    for (int i = 0; i < count; i++) {
      heapBytes -= updates.get(i).heapBytes();
      droppedOrder = Math.max(droppedOrder, order(updates.get(i)));
    }
    if (count > 0) {
      updates.subList(0, count).clear();
      first += count;
    }
    return count;
  }

  /** What an update is placed by where none names the one before: its number, else its time. */
  static long order(BookUpdate update) {
    return update.sequence() != BookUpdate.NO_SEQUENCE ? update.sequence() : update.eventTimeUs();
  }

  /** Whether all that came since something of this order is here. */
  boolean reachBackTo(long order) {
    return droppedOrder <= order;
  }

  /** Whether no snapshot has begun the book. */
  boolean isWithoutBase() {
    return droppedOrder == NOTHING;
  }

  /** Another book begins, of which there is no snapshot. */
  void beginWithoutBase() {
    droppedOrder = NOTHING;
  }

  /** The book is a snapshot's of this order: what is older is in it. */
  void begin(long order) {
    droppedOrder = order;
  }

  /** All of them, as they are kept; a view. */
  List<BookUpdate> all() {
    return Collections.unmodifiableList(updates);
  }

  /** Those that are kept by their order, and are of after this one; a view. */
  List<BookUpdate> after(long order) {
    return all().subList(firstAfter(order), updates.size());
  }

  /** All of them, for {@link #restore}. */
  List<BookUpdate> copy() {
    return List.copyOf(updates);
  }

  /** Takes back what was taken away since the {@link #copy}. */
  void restore(List<BookUpdate> copy) {
    clear();
    copy.forEach(update -> insert(updates.size(), update));
  }

  int size() {
    return updates.size();
  }

  BookUpdate get(int index) {
    return updates.get(index);
  }

  /** Takes away those that are to go; the others move up. */
  void removeIf(Predicate<BookUpdate> gone) {
    int oldest = 0;
    while (oldest < updates.size() && gone.test(updates.get(oldest))) {
      oldest++;
    }
    updates.subList(0, oldest).clear();
    first += oldest;
    int at = 0;
    while (at < updates.size() && !gone.test(updates.get(at))) {
      at++;
    }
    if (at < updates.size()) {
      updates.removeIf(gone);
      firstUnstored = Math.min(firstUnstored, first + at);
    }
    heapBytes = 0;
    for (BookUpdate left : updates) {
      heapBytes += left.heapBytes();
    }
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

  /** How many that waited fell out since the last call. */
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
    while (number < end) {
      long page = pageOf(number);
      long pageEnd = Math.min(end, (page + 1) * PAGE);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream pageOut = new DataOutputStream(bytes);
      pageOut.writeByte(PageBytes.VERSION);
      pageOut.writeLong(number);
      for (; number < pageEnd; number++) {
        updates.get((int) (number - first)).writeTo(pageOut);
      }
      store.put(page, bytes.toByteArray());
    }
    firstUnstored = end;
    out.writeLong(first);
    out.writeLong(end);
    out.writeLong(droppedOrder);
  }

  void readFrom(DataInput in, PageStore store, Instrument instrument) throws IOException {
    first = in.readLong();
    firstUnstored = in.readLong();
    droppedOrder = in.readLong();
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
