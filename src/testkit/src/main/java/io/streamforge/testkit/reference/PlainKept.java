package io.streamforge.testkit.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Messages that may be needed when a snapshot comes: in log order, some for a minute. */
final class PlainKept {
  private static final int MOST = 1_000;
  private static final long MINUTE = 60_000_000;
  private static final long FIVE_SECONDS = 5_000_000;

  /** A message, when it counts, and of one that nobody could read the number before it. */
  record Entry(BookMessage message, long effectiveUs, Long numberBefore) {}

  private final List<Entry> entries = new ArrayList<>();
  private final Map<Long, Long> newestDropped = new HashMap<>();

  void add(BookMessage message, long effectiveUs, Long numberBefore) {
    entries.add(new Entry(message, effectiveUs, numberBefore));
    while (entries.size() > MOST || entries.get(0).effectiveUs() < effectiveUs - MINUTE) {
      drop(0);
    }
  }

  /** All of a session and feed, in log order; what happened to a feed is of every feed. */
  List<Entry> of(long session, int feed) {
    return entries.stream()
        .filter(e -> e.message().session() == session)
        .filter(e -> e.message().isNotice() || e.message().feed() == feed)
        .toList();
  }

  void clear(long session) {
    entries.removeIf(e -> e.message().session() == session);
  }

  /** Keeps of a session what is not older than five seconds by its own times. */
  void keepFiveSeconds(long session) {
    long newest = Long.MIN_VALUE;
    for (Entry entry : entries) {
      if (entry.message().session() == session) {
        newest = Math.max(newest, entry.message().eventTimeUs());
      }
    }
    for (int i = entries.size() - 1; i >= 0; i--) {
      BookMessage message = entries.get(i).message();
      if (message.session() == session && message.eventTimeUs() < newest - FIVE_SECONDS) {
        drop(i);
      }
    }
  }

  /** The newest event time of what a session has lost from here; null where nothing was lost. */
  Long newestDropped(long session) {
    return newestDropped.get(session);
  }

  private void drop(int index) {
    BookMessage message = entries.remove(index).message();
    newestDropped.merge(message.session(), message.eventTimeUs(), Math::max);
  }
}
