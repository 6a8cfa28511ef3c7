package io.streamforge.testkit.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Messages that may be needed when a snapshot comes: in log order, some for a minute. */
final class PlainKept {
  private static final int MOST = 1_000;
  private static final long MOST_BYTES = 8L << 20;
  private static final long MINUTE = 60_000_000;
  private static final long FIVE_SECONDS = 5_000_000;

  /** A message and when it counts. */
  record Entry(BookMessage message, long effectiveUs) {}

  private final List<Entry> entries = new ArrayList<>();

  /** The newest event time of what was lost from here; null where nothing was. */
  private Long newestDropped;

  /** By session, when the newest counts that fell out. */
  private final Map<Long, Long> droppedUs = new HashMap<>();

  void add(BookMessage message, long effectiveUs) {
    drop(effectiveUs - MINUTE, message);
    entries.add(new Entry(message, effectiveUs));
  }

  /** One that has been applied, of a book in which the order of the times tells what stands. */
  void addApplied(BookMessage message, long effectiveUs) {
    entries.sort(Comparator.comparingLong(entry -> entry.message().eventTimeUs()));
    drop(effectiveUs - FIVE_SECONDS, message);
    entries.add(new Entry(message, effectiveUs));
  }

  /** All of them, in log order. */
  List<Entry> all() {
    return List.copyOf(entries);
  }

  void clear() {
    entries.clear();
  }

  /** Begins with others, of which none was lost. */
  void begin(List<Entry> others) {
    entries.clear();
    entries.addAll(others);
    newestDropped = null;
  }

  void removeIf(Predicate<BookMessage> gone) {
    entries.removeIf(entry -> gone.test(entry.message()));
  }

  /** Forgets what is not among these. */
  void retain(List<Entry> these) {
    entries.retainAll(these);
  }

  Long newestDropped() {
    return newestDropped;
  }

  /** One is not kept. */
  void noteDropped(BookMessage message, long effectiveUs) {
    droppedUs.merge(message.session(), effectiveUs, Math::max);
  }

  /** Of a session that begins the book; null where nothing fell out. */
  Long takeDropped(long session) {
    return droppedUs.remove(session);
  }

  private void drop(long beforeUs, BookMessage added) {
    while (!entries.isEmpty()
        && (entries.size() >= MOST
            || entries.get(0).effectiveUs() < beforeUs
            || bytesWith(added) > MOST_BYTES)) {
      Entry oldest = entries.remove(0);
      BookMessage message = oldest.message();
      noteDropped(message, oldest.effectiveUs());
      newestDropped =
          newestDropped == null
              ? (Long) message.eventTimeUs()
              : (Long) Math.max(newestDropped, message.eventTimeUs());
    }
  }

  private long bytesWith(BookMessage added) {
    return bytes(added) + entries.stream().mapToLong(entry -> bytes(entry.message())).sum();
  }

  private static long bytes(BookMessage message) {
    return 150 + 18L * (message.bids().size() + message.asks().size());
  }
}
