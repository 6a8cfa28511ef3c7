package io.streamforge.book;

import io.streamforge.market.BookUpdate;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A book as it was told: its levels, how deep they are known, and where they stand in the venue's
 * numbers and time.
 */
final class HeldBook {
  /** Before any time of the venue's. */
  static final long NEVER = Long.MIN_VALUE;

  private final BookLevels levels;
  private final Continuity continuity = new Continuity();
  private final FeedDepth depth = new FeedDepth();
  private long lastEventUs;

  /** The newest of the venue's own times. */
  private long venueUs = NEVER;

  private boolean withoutDelta;

  HeldBook(int maxLevels) {
    levels = new BookLevels(maxLevels);
  }

  BookLevels levels() {
    return levels;
  }

  Continuity continuity() {
    return continuity;
  }

  FeedDepth depth() {
    return depth;
  }

  /** Event time of the last message applied, or of the newest where they were placed by time. */
  long lastEventUs() {
    return lastEventUs;
  }

  /** The venue's newest time of what it holds, or {@link #NEVER}. */
  long venueUs() {
    return venueUs;
  }

  /** Whether no delta has come since it is of this origin, or is a snapshot's from beside it. */
  boolean isWithoutDelta() {
    return withoutDelta;
  }

  /** Another feed or session goes on with it, which has its own numbers and times. */
  void changeOrigin() {
    continuity.reset();
    venueUs = NEVER;
    withoutDelta = true;
  }

  /** It is a snapshot's now. */
  void begin(BookUpdate snapshot) {
    int held = depth.held(snapshot);
    levels.replace(snapshot, held, depth.known(snapshot, held));
    continuity.begin(snapshot);
    lastEventUs = snapshot.eventTimeUs();
    noteTime(snapshot);
    withoutDelta = snapshot.kind() == BookUpdate.Kind.SNAPSHOT;
  }

  /** A delta of the stream has come, whatever becomes of it. */
  void streams() {
    withoutDelta = false;
  }

  /** A delta has changed the levels, in its turn. */
  void applied(BookUpdate delta) {
    continuity.apply(delta);
    lastEventUs = delta.eventTimeUs();
    noteTime(delta);
  }

  /** The same of one that was put in its place by number or time, where others may be newer. */
  void placed(BookUpdate delta) {
    continuity.apply(delta);
    lastEventUs = Math.max(lastEventUs, delta.eventTimeUs());
    noteTime(delta);
  }

  private void noteTime(BookUpdate update) {
    if (update.timed()) {
      venueUs = Math.max(venueUs, update.eventTimeUs());
    }
  }

  /** Whether the checksum of an update that has been applied, if it has one, is the levels'. */
  boolean checksumHolds(BookUpdate update) {
    boolean holds = levels.checksumHolds(update);
    if (holds && update.flawed()) {
      levels.knowNoMoreThanChecked(update); // it may have said something of the others
    } else if (!holds && !update.flawed()) {
      depth.mistrust();
    }
    return holds;
  }

  void reset() {
    levels.clear();
    continuity.reset();
    depth.reset();
    lastEventUs = 0;
    venueUs = NEVER;
    withoutDelta = false;
  }

  /** Writes all but the sides, the numbers and the depth. */
  void writeTo(DataOutput out) throws IOException {
    levels.writeTo(out);
    out.writeLong(lastEventUs);
    out.writeLong(venueUs);
    out.writeBoolean(withoutDelta);
  }

  /** Reads what {@link #writeTo} wrote. */
  void readFrom(DataInput in) throws IOException {
    levels.readFrom(in);
    lastEventUs = in.readLong();
    venueUs = in.readLong();
    withoutDelta = in.readBoolean();
  }
}
