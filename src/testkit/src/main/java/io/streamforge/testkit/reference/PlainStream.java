package io.streamforge.testkit.reference;

import io.streamforge.testkit.reference.PlainBook.Outcome;
import io.streamforge.testkit.reference.PlainKept.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The messages of one feed and session, from its first whole book on. */
final class PlainStream {
  private static final long SECOND = 1_000_000;

  private final PlainBook venue;
  private final PlainKept kept;
  private final long session;
  private final int feed;

  private String status;
  private PlainLevels levels;

  /** The whole book that is the base of the levels, and each delta since. */
  private List<BookMessage> since = new ArrayList<>();

  /** The event time of the message since which the book is crossed; null where it is not. */
  private Long crossedSince;

  /** The newest event time of what was lost; null where nothing was. */
  private Long lostUs;

  /** Whether the deltas are neither linked nor checksummed; null before the first. */
  private Boolean unchecked;

  /** A snapshot from which the kept deltas do not link yet. */
  private BookMessage candidate;

  private boolean firstAfterSnapshot;

  /** The newest time of a delta since the whole book; null where there was none. */
  private Long newestUs;

  /** The time of the first delta since the whole book that was behind it. */
  private Long firstBehindUs;

  private int behindInARow;

  PlainStream(PlainBook venue, PlainKept kept, long session, int feed, String status) {
    this.venue = venue;
    this.kept = kept;
    this.session = session;
    this.feed = feed;
    this.status = status;
    levels = new PlainLevels(venue);
    for (Entry entry : kept()) {
      note(entry.message());
    }
  }

  String status() {
    return status;
  }

  boolean isLive() {
    return status.equals("live");
  }

  long session() {
    return session;
  }

  PlainLevels levels() {
    return levels;
  }

  private List<Entry> kept() {
    return kept.of(session, feed);
  }

  /** Learns from a message what kind of book this is, and what was lost. */
  private void note(BookMessage message) {
    if (message.kind() == BookMessage.Kind.DELTA) {
      unchecked = !message.linked() && message.checksum() == null;
    }
    if (message.isNotice() || message.kind() == BookMessage.Kind.DELTA && message.flawed()) {
      lostUs = newest(lostUs, message.eventTimeUs());
    }
  }

  private static Long newest(Long one, long other) {
    return one == null ? other : Math.max(one, other);
  }

  Outcome apply(BookMessage message, long effectiveUs) {
    if (message.isNotice()) {
      boolean disconnected = message.kind() == BookMessage.Kind.DISCONNECTED;
      note(message);
      Long before = levels.number;
      for (Entry entry : kept()) {
        before = entry.message().last() != null ? entry.message().last() : before;
      }
      kept.add(message, effectiveUs, disconnected ? null : before);
      lose(disconnected ? "gap" : "unreadable");
      return Outcome.NOTHING;
    }
    if (message.whole()) {
      return whole(message);
    }
    if (isLive()) {
      Outcome outcome = delta(message, effectiveUs);
      if (isLive() && unchecked) {
        kept.keepFiveSeconds(session);
      }
      return outcome;
    }
    note(message);
    kept.add(message, effectiveUs, null);
    return candidate == null ? Outcome.NOTHING : link(candidate);
  }

  private void lose(String why) {
    if (isLive()) {
      status = why;
      candidate = null;
    }
  }

  // Deltas of a live book.

  private Outcome delta(BookMessage message, long effectiveUs) {
    unchecked = !message.linked() && message.checksum() == null;
    if (message.linked()) {
      return linked(message, effectiveUs);
    }
    if (message.last() == null || levels.number == null || message.last() >= levels.number) {
      return put(message, effectiveUs);
    }
    return message.checksum() == null ? late(message, effectiveUs) : fallen(message, effectiveUs);
  }

  private Outcome linked(BookMessage message, long effectiveUs) {
    if (continues(levels.number, firstAfterSnapshot, message)) {
      return put(message, effectiveUs);
    }
    if (levels.number != null && message.last().equals(levels.number)) {
      return Outcome.CONFIRMED;
    }
    if (levels.number != null && message.last() < levels.number && !countsAnew(message)) {
      return Outcome.NOTHING;
    }
    if (levels.number != null
        && message.last() < levels.number
        && message.checksum() != null) {
      return put(message, effectiveUs);
    }
    return lose("gap", message, effectiveUs);
  }

  private static boolean continues(Long number, boolean firstAfterSnapshot, BookMessage delta) {
    if (number == null) {
      return false;
    }
    long follows = delta.follows();
    return follows == number
        || (firstAfterSnapshot || delta.overlapping()) && follows < number && delta.last() > number;
  }

  /** Whether the time of a linked delta that is behind says that the venue counts anew. */
  private boolean countsAnew(BookMessage behind) {
    if (!behind.timed()) {
      return false;
    }
    if (newestUs != null) {
      return behind.eventTimeUs() > newestUs + SECOND;
    }
    if (firstBehindUs == null) {
      firstBehindUs = behind.eventTimeUs();
    }
    return behind.eventTimeUs() > firstBehindUs + 10 * SECOND;
  }

  /** A numbered, unlinked delta with a checksum whose number has fallen back. */
  private Outcome fallen(BookMessage message, long effectiveUs) {
    behindInARow = countsAnew(message) ? behindInARow + 1 : 0;
    return behindInARow < 3 ? Outcome.NOTHING : put(message, effectiveUs);
  }

  /** A numbered delta of an unchecked book, older than another one. */
  private Outcome late(BookMessage message, long effectiveUs) {
    BookMessage base = since.get(0);
    boolean inBase = base.last() != null && message.last() < base.last();
    if (inBase || newestUs != null && message.eventTimeUs() < newestUs - 5 * SECOND) {
      return Outcome.NOTHING;
    }
    if (message.flawed()) {
      return lose("unreadable", message, effectiveUs);
    }
    since.add(message);
    since.subList(1, since.size()).sort(Comparator.comparing(BookMessage::last));
    levels = new PlainLevels(venue);
    since.forEach(levels::put);
    return changed(message, effectiveUs);
  }

  private Outcome put(BookMessage message, long effectiveUs) {
    if (message.flawed()) {
      PlainLevels readable = levels.copy();
      readable.put(message);
      if (message.checksum() == null || !readable.agrees(message)) {
        return lose("unreadable", message, effectiveUs);
      }
    }
    levels.put(message);
    since.add(message);
    return levels.agrees(message)
        ? changed(message, effectiveUs)
        : lose("checksum-mismatch", message, effectiveUs);
  }

  private Outcome changed(BookMessage message, long effectiveUs) {
    firstAfterSnapshot = false;
    behindInARow = 0;
    newestUs = message.timed() ? newest(newestUs, message.eventTimeUs()) : newestUs;
    if (!levels.crossed()) {
      crossedSince = null;
    } else if (crossedSince == null) {
      crossedSince = message.eventTimeUs();
    }
    if (unchecked || crossedSince != null) {
      kept.add(message, effectiveUs, null);
    } else {
      kept.clear(session);
    }
    return Outcome.DELTA;
  }

  private Outcome lose(String why, BookMessage delta, long effectiveUs) {
    note(delta);
    kept.add(delta, effectiveUs, null);
    lose(why);
    return Outcome.NOTHING;
  }

  // Whole books.

  private Outcome whole(BookMessage message) {
    boolean alone =
        unchecked != null ? unchecked : message.last() == null && message.checksum() == null;
    if (message.flawed() && !isRight(message)) {
      if (message.kind() == BookMessage.Kind.RESTART && !alone) {
        lose("unreadable");
      }
      return Outcome.NOTHING;
    }
    if (alone) {
      return placed(message);
    }
    if (message.kind() == BookMessage.Kind.RESTART) {
      kept.clear(session);
      begin(message, List.of());
      status = levels.agrees(message) ? "live" : "checksum-mismatch";
      return isLive() ? Outcome.SNAPSHOT : Outcome.NOTHING;
    }
    if (!isLive()) {
      candidate = message;
      return link(message);
    }
    boolean older = levels.number != null && message.last() < levels.number;
    return older && crossedSince == null ? Outcome.NOTHING : link(message);
  }

  private boolean isRight(BookMessage whole) {
    PlainLevels readable = new PlainLevels(venue);
    readable.put(whole);
    return whole.checksum() != null && readable.agrees(whole);
  }

  /** The book is a whole one and what was said since. */
  private void begin(BookMessage whole, List<BookMessage> deltas) {
    levels = new PlainLevels(venue);
    since = new ArrayList<>();
    crossedSince = null;
    newestUs = null;
    firstBehindUs = null;
    behindInARow = 0;
    lostUs = null;
    candidate = null;
    firstAfterSnapshot = whole.kind() == BookMessage.Kind.SNAPSHOT && deltas.isEmpty();
    add(whole);
    for (BookMessage delta : deltas) {
      add(delta);
      newestUs = delta.timed() ? newest(newestUs, delta.eventTimeUs()) : newestUs;
    }
  }

  private void add(BookMessage message) {
    levels.put(message);
    since.add(message);
    if (!levels.crossed()) {
      crossedSince = null;
    } else if (crossedSince == null) {
      crossedSince = message.eventTimeUs();
    }
  }

  /** A snapshot of a linked book: the kept deltas have to link from it to the newest. */
  private Outcome link(BookMessage snapshot) {
    boolean older = isLive() && levels.number != null && snapshot.last() < levels.number;
    List<Entry> left = new ArrayList<>(kept());
    List<BookMessage> chain = new ArrayList<>();
    Long newestApplied = null;
    Long number = snapshot.last();
    PlainLevels built = new PlainLevels(venue);
    built.put(snapshot);
    if (!built.agrees(snapshot)) {
      return Outcome.NOTHING;
    }
    List<Entry> applied = new ArrayList<>();
    for (Entry next = next(left, number, chain.isEmpty()); next != null; ) {
      built.put(next.message());
      if (!built.agrees(next.message())) {
        return Outcome.NOTHING;
      }
      left.remove(next);
      applied.add(next);
      chain.add(next.message());
      number = next.message().last();
      if (next.message().timed()) {
        newestApplied = newest(newestApplied, next.message().eventTimeUs());
      }
      next = next(left, number, false);
    }
    List<Entry> all = kept();
    for (Entry entry : left) {
      if (isHole(entry, number, newestApplied, applied, all)) {
        return Outcome.NOTHING;
      }
    }
    if (older && !number.equals(levels.number)) {
      return Outcome.NOTHING;
    }
    begin(snapshot, chain);
    kept.clear(session);
    status = "live";
    return Outcome.SNAPSHOT;
  }

  private static Entry next(List<Entry> left, Long number, boolean first) {
    for (Entry entry : left) {
      BookMessage delta = entry.message();
      if (!delta.isNotice() && delta.linked() && continues(number, first, delta)) {
        if (!delta.flawed() || delta.checksum() != null) {
          return entry;
        }
      }
    }
    return null;
  }

  /** Whether a kept message that was not applied says that the book is not what the venue's is. */
  private static boolean isHole(
      Entry entry, Long number, Long newestApplied, List<Entry> applied, List<Entry> all) {
    BookMessage message = entry.message();
    if (message.kind() == BookMessage.Kind.DISCONNECTED) {
      return false;
    }
    if (message.isNotice()) {
      return number.equals(entry.numberBefore());
    }
    if (message.last() == null) {
      return true;
    }
    if (message.last() <= number) {
      return message.last() < number
          && message.timed()
          && newestApplied != null
          && message.eventTimeUs() > newestApplied + SECOND;
    }
    return !message.timed()
        || applied.stream()
            .noneMatch(
                other ->
                    all.indexOf(other) > all.indexOf(entry)
                        && other.message().timed()
                        && other.message().eventTimeUs() > message.eventTimeUs());
  }

  /** A whole book of an unchecked book: its time tells where it stands. */
  private Outcome placed(BookMessage whole) {
    List<BookMessage> later = new ArrayList<>();
    if (whole.timed()) {
      Long lost = crossedSince == null ? lostUs : newest(lostUs, crossedSince);
      if (lost != null && whole.eventTimeUs() < lost || !reachesBackTo(whole.eventTimeUs())) {
        return Outcome.NOTHING;
      }
      for (Entry entry : kept()) {
        BookMessage delta = entry.message();
        boolean readable = !delta.isNotice() && !delta.flawed();
        if (readable && delta.eventTimeUs() >= whole.eventTimeUs()) {
          later.add(delta);
        }
      }
    } else {
      kept.clear(session);
    }
    if (later.stream().allMatch(delta -> delta.last() != null)) {
      later.sort(Comparator.comparing(BookMessage::last));
    }
    boolean check = isLive() && crossedSince == null;
    PlainLevels before = levels;
    begin(whole, later);
    status = "live";
    if (check && !before.numbers().equals(levels.numbers())) {
      venue.countDrift();
    }
    kept.keepFiveSeconds(session);
    return Outcome.SNAPSHOT;
  }

  /** Whether every delta after a time is at hand. */
  private boolean reachesBackTo(long timeUs) {
    Long dropped = kept.newestDropped(session);
    if (dropped != null && timeUs < dropped) {
      return false;
    }
    Long first = since.isEmpty() ? null : (Long) since.get(0).eventTimeUs();
    for (Entry entry : kept()) {
      if (first == null && !entry.message().isNotice()) {
        first = entry.message().eventTimeUs();
      }
    }
    return first == null || timeUs >= first;
  }
}
