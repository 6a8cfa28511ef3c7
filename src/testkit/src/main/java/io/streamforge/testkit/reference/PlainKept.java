package io.streamforge.testkit.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Messages that may be needed when a snapshot comes: in log order, some for a minute. */
final class PlainKept {
  private static final int MOST = 1_000;
  private static final long MOST_BYTES = 16L << 20;
  private static final long MINUTE = 60_000_000;
  private static final long FIVE_SECONDS = 5_000_000;

  /** A message and when it counts. */
  record Entry(BookMessage message, long effectiveUs) {}

  private final List<Entry> entries = new ArrayList<>();
  private final Map<Long, Long> newestDropped = new HashMap<>();

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

  /** All of a session and feed, in log order; what happened to a feed is of every feed. */
  List<Entry> of(long session, int feed) {
    return entries.stream().filter(entry -> isOf(entry, session, feed)).toList();
  }

  private static boolean isOf(Entry entry, long session, int feed) {
    BookMessage message = entry.message();
    return message.session() == session && (message.isNotice() || message.feed() == feed);
  }

  void clear(long session, int feed) {
    entries.removeIf(entry -> isOf(entry, session, feed));
  }

  /** A session is over. */
  void forget(long session) {
    entries.removeIf(entry -> entry.message().session() == session);
    newestDropped.remove(session);
  }

  /** Forgets of a session and feed what is not among these. */
  void retain(long session, int feed, List<Entry> these) {
    entries.removeIf(entry -> isOf(entry, session, feed) && !these.contains(entry));
  }

  /** The newest event time of what a session has lost from here; null where nothing was lost. */
  Long newestDropped(long session) {
    return newestDropped.get(session);
  }

  private void drop(long beforeUs, BookMessage added) {
    while (!entries.isEmpty()
        && (entries.size() >= MOST
            || entries.get(0).effectiveUs() < beforeUs
            || bytesWith(added) > MOST_BYTES)) {
      BookMessage message = entries.remove(0).message();
      newestDropped.merge(message.session(), message.eventTimeUs(), Math::max);
    }
  }

  private long bytesWith(BookMessage added) {
    return bytes(added) + entries.stream().mapToLong(entry -> bytes(entry.message())).sum();
  }

  private static long bytes(BookMessage message) {
    return 150 + 18L * (message.bids().size() + message.asks().size());
  }
}
