package io.streamforge.testkit.reference;

import io.streamforge.testkit.reference.PlainBook.Outcome;
import io.streamforge.testkit.reference.PlainKept.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

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

  /** Whether the deltas are neither linked nor checksummed. */
  private boolean unchecked;

  /** Whether the levels are right as of their number, if not of now. */
  private boolean based;

  private boolean firstAfterSnapshot;

  private boolean withoutDelta;

  /** Whether the venue has been seen to count anew, so that lower numbers are newer. */
  private boolean anew;

  /** The newest time of a delta since the whole book; null where there was none. */
  private Long newestUs;

  /** The time of the first delta since the whole book that was behind it. */
  private Long firstBehindUs;

  private int behindInARow;

  /** The newest of the venue's own times; null before one. */
  private Long venueUs;

  PlainStream(
      PlainBook venue, PlainKept kept, long session, int feed, String status, boolean unchecked) {
    this.venue = venue;
    this.kept = kept;
    this.session = session;
    this.feed = feed;
    this.status = status;
    this.unchecked = unchecked;
    levels = new PlainLevels(venue);
    withoutDelta = true;
    for (Entry entry : kept()) {
      note(entry.message());
      withoutDelta &= entry.message().kind() != BookMessage.Kind.DELTA;
    }
  }

  /** Something that counts at a time, and may have been this stream's, is not kept any more. */
  void lostAt(Long effectiveUs) {
    lostUs = effectiveUs == null ? lostUs : newest(lostUs, effectiveUs);
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

  /** Whether no delta has come, or none since a snapshot that was taken beside the stream. */
  boolean isWithoutDelta() {
    return withoutDelta;
  }

  boolean isUnchecked() {
    return unchecked;
  }

  int feed() {
    return feed;
  }

  PlainLevels levels() {
    return levels;
  }

  private List<Entry> kept() {
    return kept.all();
  }

  /** Learns from a message what kind of book this is, and what was lost. */
  private void note(BookMessage message) {
    if (message.kind() == BookMessage.Kind.DELTA) {
      unchecked = !message.linked() && message.checksum() == null;
    }
    if (message.isNotice() || (message.kind() == BookMessage.Kind.DELTA && message.flawed())) {
      lostUs = newest(lostUs, message.eventTimeUs());
      // The venue's clock may be ahead of the receipts'.
      lostUs = message.timed() || venueUs == null ? lostUs : newest(lostUs, venueUs);
    }
  }

  private void noteTime(BookMessage message) {
    venueUs = message.timed() ? newest(venueUs, message.eventTimeUs()) : venueUs;
  }

  /** Whether it is of after a whole book of another session and the deltas that wait for that. */
  boolean isNewerThan(BookMessage whole, List<BookMessage> waiting) {
    Long time = whole.timed() ? (Long) whole.eventTimeUs() : null;
    Long number = whole.last();
    for (BookMessage delta : waiting) {
      time = delta.timed() ? newest(time, delta.eventTimeUs()) : time;
      number = delta.last() != null && number != null ? newest(number, delta.last()) : number;
    }
    if (time != null) {
      return venueUs != null && time < venueUs;
    }
    boolean confirmed = levels.number != null && !firstAfterSnapshot;
    return confirmed && number != null && number < levels.number;
  }

  /** Whether a whole book of another session is certainly of after what was lost. */
  boolean isLossSurelyBefore(BookMessage whole, List<BookMessage> waiting) {
    boolean loose = unchecked;
    for (BookMessage delta : waiting) {
      loose = !delta.linked() && delta.checksum() == null;
    }
    boolean after = whole.timed() ? !isOfBeforeLoss(whole) : !loose && whole.last() != null;
    return after && !isNewerThan(whole, waiting);
  }

  private static Long newest(Long one, long other) {
    return one == null ? other : Math.max(one, other);
  }

  Outcome apply(BookMessage message, long effectiveUs) {
    if (message.isNotice()) {
      note(message);
      based = false;
      lose(message.kind() == BookMessage.Kind.DISCONNECTED ? "gap" : "unreadable");
      return Outcome.NOTHING;
    }
    if (message.whole()) {
      return whole(message);
    }
    if (message.flawed() && message.checksum() == null) {
      return flawed(message, effectiveUs);
    }
    note(message);
    withoutDelta = false;
    if (isLive()) {
      return delta(message, effectiveUs);
    }
    if (message.last() != null || (message.timed() && unchecked)) {
      kept.add(message, effectiveUs);
    }
    if (message.linked() && levels.number != null && message.last() < levels.number) {
      boolean goesOn = continues(levels.number, firstAfterSnapshot, message);
      boolean newCount = !goesOn && countsAnew(message);
      anew |= newCount;
      based &= !newCount;
    }
    boolean follows = message.linked() && continues(levels.number, firstAfterSnapshot, message);
    return based && follows ? settle() : Outcome.NOTHING;
  }

  /** A delta that says something that nobody can read, unless it is an old one. */
  private Outcome flawed(BookMessage message, long effectiveUs) {
    if (isLive() && message.linked() && levels.number != null) {
      boolean behind = message.last() <= levels.number;
      if (behind && (message.last().equals(levels.number) || !countsAnew(message))) {
        return Outcome.NOTHING;
      }
    }
    based = false;
    return lose("unreadable", message, effectiveUs);
  }

  private void lose(String why) {
    if (isLive()) {
      status = why;
      crossedSince = null;
    }
  }

  /** The session has fallen silent while another one goes on. */
  void die() {
    lose("gap");
  }

  // Deltas of a live book.

  private Outcome delta(BookMessage message, long effectiveUs) {
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
    if (levels.number != null && message.last() < levels.number && message.checksum() != null) {
      return put(message, effectiveUs);
    }
    if (levels.number != null && message.last() < levels.number) { // a new count is another book
      anew = true;
      based = false;
    }
    return lose("gap", message, effectiveUs);
  }

  private static boolean continues(Long number, boolean firstAfterSnapshot, BookMessage delta) {
    if (number == null) {
      return false;
    }
    long follows = delta.follows();
    return follows == number
        || ((firstAfterSnapshot || delta.overlapping())
            && follows < number
            && delta.last() > number);
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
    Long dropped = kept.newestDropped();
    if (inBase || (dropped != null && message.last() < dropped)) {
      return Outcome.NOTHING;
    }
    since.add(message);
    noteTime(message);
    since.subList(1, since.size()).sort(Comparator.comparing(BookMessage::last));
    levels = new PlainLevels(venue);
    since.forEach(levels::put);
    return changed(message, effectiveUs);
  }

  private Outcome put(BookMessage message, long effectiveUs) {
    if (message.flawed()) {
      PlainLevels readable = levels.copy();
      readable.put(message);
      if (!readable.agrees(message)) {
        based = false;
        lose("unreadable");
        return Outcome.NOTHING;
      }
    }
    boolean again = message.last() != null && message.last().equals(levels.number);
    behindInARow = again ? behindInARow : 0;
    levels.put(message);
    since.add(message);
    noteTime(message);
    return levels.agrees(message) ? changed(message, effectiveUs) : mismatch();
  }

  private Outcome mismatch() {
    status = "checksum-mismatch";
    based = false;
    crossedSince = null;
    return Outcome.NOTHING;
  }

  private Outcome changed(BookMessage message, long effectiveUs) {
    firstAfterSnapshot = false;
    newestUs = message.timed() ? newest(newestUs, message.eventTimeUs()) : newestUs;
    if (!levels.crossed()) {
      crossedSince = null;
    } else if (crossedSince == null) {
      crossedSince = message.eventTimeUs();
    }
    if (unchecked) {
      kept.addApplied(message, effectiveUs);
    } else if (crossedSince != null) {
      kept.add(message, effectiveUs);
    } else {
      kept.clear();
    }
    return Outcome.DELTA;
  }

  private Outcome lose(String why, BookMessage delta, long effectiveUs) {
    if (delta.flawed()) {
      note(delta);
    }
    if (delta.linked()) {
      kept.add(delta, effectiveUs);
    }
    lose(why);
    return Outcome.NOTHING;
  }

  // Whole books.

  private Outcome whole(BookMessage message) {
    if (message.flawed() && !isRight(message)) {
      if (message.kind() == BookMessage.Kind.RESTART && isLive()) {
        lostUs = newest(lostUs, message.eventTimeUs());
        based = false;
        lose("unreadable");
      }
      return Outcome.NOTHING;
    }
    if (unchecked && message.checksum() == null) {
      return placed(message);
    }
    boolean placed =
        message.kind() == BookMessage.Kind.RESTART
            && (message.last() != null || message.checksum() != null);
    if (withoutDelta && !placed && message.timed() && isOfBeforeLoss(message)) {
      return Outcome.NOTHING;
    }
    if (message.kind() == BookMessage.Kind.RESTART) {
      kept.clear();
      begin(message, List.of());
      return levels.agrees(message) ? settle() : mismatch();
    }
    boolean older = levels.number != null && message.last() < levels.number;
    if (!isLive() && (anew ? isOfLostCount(message) : isOfOldCount(message))) {
      return Outcome.NOTHING;
    }
    if (!isLive() && older && !anew && !reachesNewestKept(message)) {
      return Outcome.NOTHING;
    }
    if (isLive() && crossedSince == null && (older || isOfOldCount(message))) {
      return Outcome.NOTHING;
    }
    if (isLive() && older && !reaches(message.last())) {
      return Outcome.NOTHING;
    }
    begin(message, List.of());
    return levels.agrees(message) ? settle() : mismatch();
  }

  /** Whether a snapshot's number is ahead though its time is older: counted before a new count. */
  private boolean isOfOldCount(BookMessage snapshot) {
    return snapshot.timed()
        && newestUs != null
        && levels.number != null
        && snapshot.last() > levels.number
        && snapshot.eventTimeUs() < newestUs;
  }

  /**
   * Whether the venue counts anew, below the lost book's number, and a snapshot is not below it.
   */
  private boolean isOfLostCount(BookMessage snapshot) {
    BookMessage newest = newestKept();
    return levels.number != null
        && newest != null
        && newest.last() < levels.number
        && snapshot.last() >= levels.number;
  }

  /** The newest by the venue's time; of one time the one of the highest number. */
  private BookMessage newestKept() {
    return kept().stream()
        .map(Entry::message)
        .filter(message -> !message.isNotice() && message.last() != null)
        .max(Comparator.comparing(BookMessage::eventTimeUs).thenComparing(BookMessage::last))
        .orElse(null);
  }

  /** Whether a kept delta is older than the newest, and has a number from its own to the end. */
  private boolean hasFallenBack(List<Entry> all, BookMessage newest, Long end) {
    return newest != null
        && all.stream()
            .map(Entry::message)
            .filter(message -> !message.isNotice() && message.last() != null)
            .anyMatch(
                message ->
                    message.timed()
                        && newest.timed()
                        && message.eventTimeUs() < newest.eventTimeUs()
                        && message.last() > newest.last()
                        && message.last() <= end);
  }

  /** Whether the kept deltas lead from a snapshot to the newest of them. */
  private boolean reachesNewestKept(BookMessage snapshot) {
    BookMessage newest = newestKept();
    boolean newer = newest != null && (newestUs == null || newest.eventTimeUs() > newestUs);
    boolean ahead =
        newer
            && snapshot.timed()
            && snapshot.eventTimeUs() >= newest.eventTimeUs()
            && snapshot.last() >= newest.last();
    return ahead || (newer && chainFrom(snapshot.last()).equals(newest.last()));
  }

  /** Whether the kept deltas lead from a number to that of the book. */
  private boolean reaches(Long from) {
    return chainFrom(from).equals(levels.number);
  }

  private Long chainFrom(Long from) {
    return chainFrom(from, true, kept());
  }

  private static Long chainFrom(Long from, boolean afterSnapshot, List<Entry> deltas) {
    Long number = from;
    boolean first = afterSnapshot;
    List<Entry> left = new ArrayList<>(deltas);
    for (Entry next = next(left, number, first); next != null; next = next(left, number, first)) {
      left.remove(next);
      number = next.message().last();
      first = false;
    }
    return number;
  }

  private boolean isRight(BookMessage whole) {
    PlainLevels readable = new PlainLevels(venue);
    readable.put(whole);
    return whole.checksum() != null && readable.agrees(whole);
  }

  /** The book is a whole one and what was said since. */
  private void begin(BookMessage whole, List<BookMessage> deltas) {
    since = new ArrayList<>();
    crossedSince = null;
    if (!Objects.equals(whole.last(), levels.number)) {
      newestUs = null;
      firstBehindUs = null;
      behindInARow = 0;
    }
    anew = false;
    based = true;
    firstAfterSnapshot = whole.kind() == BookMessage.Kind.SNAPSHOT;
    withoutDelta = whole.kind() == BookMessage.Kind.SNAPSHOT;
    levels = new PlainLevels(venue);
    add(whole);
    for (BookMessage delta : deltas) {
      add(delta);
    }
  }

  private void add(BookMessage message) {
    if (!message.whole()) {
      firstAfterSnapshot = false;
      newestUs = message.timed() ? newest(newestUs, message.eventTimeUs()) : newestUs;
    }
    levels.put(message);
    since.add(message);
    noteTime(message);
    if (!levels.crossed()) {
      crossedSince = null;
    } else if (crossedSince == null) {
      crossedSince = message.eventTimeUs();
    }
  }

  /** The kept deltas have to link from the book to the newest. */
  private Outcome settle() {
    List<Entry> all = kept();
    List<Entry> left = new ArrayList<>(all);
    left.removeIf(entry -> isOvertaken(entry.message(), all));
    if (hasFallenBack(all, newestKept(), chainFrom(levels.number, firstAfterSnapshot, left))) {
      anew = true;
      based = false;
      if (isLive() || status.equals("awaiting-snapshot")) {
        status = "gap";
      }
      return Outcome.NOTHING;
    }
    for (Entry next = next(left, levels.number, firstAfterSnapshot);
        next != null;
        next = next(left, levels.number, firstAfterSnapshot)) {
      left.remove(next);
      add(next.message());
      if (!levels.agrees(next.message())) {
        return mismatch();
      }
    }
    left.removeIf(entry -> !isMissing(entry.message()));
    kept.retain(left);
    if (left.isEmpty()) {
      status = "live";
      lostUs = null;
      return Outcome.SNAPSHOT;
    }
    if (isLive() || status.equals("awaiting-snapshot")) {
      status = "gap";
    }
    return Outcome.NOTHING;
  }

  private static Entry next(List<Entry> left, Long number, boolean first) {
    for (Entry entry : left) {
      BookMessage delta = entry.message();
      boolean readable = !delta.flawed() || delta.checksum() != null;
      // One of the book's own number says that nothing has changed.
      if (readable
          && delta.linked()
          && !delta.last().equals(number)
          && continues(number, first, delta)) {
        return entry;
      }
    }
    return null;
  }

  /** Whether one of a lower number is newer, and none goes on from this: its number is absurd. */
  private static boolean isOvertaken(BookMessage delta, List<Entry> all) {
    boolean overtaken = false;
    for (Entry entry : all) {
      BookMessage other = entry.message();
      if (other.isNotice() || other.last() == null || delta.last() == null) {
        continue;
      }
      if (delta.last().equals(other.follows())) {
        return false;
      }
      overtaken |=
          other.last() < delta.last()
              && other.timed()
              && delta.timed()
              && other.eventTimeUs() > delta.eventTimeUs();
    }
    return overtaken;
  }

  /** Whether a kept delta that does not link says that something is not in the book. */
  private boolean isMissing(BookMessage delta) {
    if (delta.isNotice() || delta.last() == null) {
      return false;
    }
    if (levels.number != null && delta.last() < levels.number) {
      return delta.timed() && newestUs != null && delta.eventTimeUs() > newestUs + SECOND;
    }
    boolean old = delta.timed() && newestUs != null && delta.eventTimeUs() < newestUs;
    return (levels.number == null || delta.last() > levels.number) && !old;
  }

  /** A whole book of an unchecked book: its time tells where it stands. */
  private Outcome placed(BookMessage whole) {
    List<BookMessage> later = new ArrayList<>();
    if (whole.timed()) {
      if (isOfBeforeLoss(whole) || !reachesBackTo(whole)) {
        return Outcome.NOTHING;
      }
      // Of messages of the very same number the book may lack one; of the same time it has them.
      long from = whole.last() != null ? whole.eventTimeUs() : whole.eventTimeUs() + 1;
      List<Entry> onTop = new ArrayList<>(kept());
      onTop.removeIf(e -> e.message().isNotice() || e.message().flawed());
      onTop.removeIf(e -> e.message().eventTimeUs() < from);
      onTop.forEach(e -> later.add(e.message()));
      kept.retain(onTop);
    } else {
      kept.clear();
    }
    later.sort(Comparator.comparing(BookMessage::eventTimeUs));
    boolean check = isLive() && crossedSince == null;
    PlainLevels before = levels;
    begin(whole, later);
    status = "live";
    lostUs = null;
    if (check && !before.numbers().equals(levels.numbers())) {
      venue.countDrift();
    }
    return Outcome.SNAPSHOT;
  }

  /** Whether it is older than what was lost, or than what crossed the book. */
  private boolean isOfBeforeLoss(BookMessage whole) {
    Long lost = crossedSince == null ? lostUs : newest(lostUs, crossedSince);
    return lost != null && whole.eventTimeUs() < lost;
  }

  /** Whether every delta after a whole book is at hand. */
  private boolean reachesBackTo(BookMessage whole) {
    Long dropped = kept.newestDropped();
    long time = whole.eventTimeUs();
    if (dropped != null && time < dropped) {
      return false;
    }
    if (!since.isEmpty()) {
      return time >= since.get(0).eventTimeUs();
    }
    return dropped != null
        || kept().stream()
                .filter(entry -> !entry.message().isNotice())
                .mapToLong(entry -> entry.message().eventTimeUs())
                .min()
                .orElse(time)
            <= time;
  }
}
