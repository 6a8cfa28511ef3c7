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
  private final BookLevels levels;
  private final Continuity continuity = new Continuity();
  private final FeedDepth depth = new FeedDepth();
  private long lastEventUs;
  private boolean snapshotAlone;

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

  /** Whether it is a snapshot's from beside the stream, of which no delta has come. */
  boolean isSnapshotAlone() {
    return snapshotAlone;
  }

  /** It is a snapshot's now. */
  void begin(BookUpdate snapshot) {
    int held = depth.held(snapshot);
    levels.replace(snapshot, held, depth.known(snapshot, held));
    continuity.begin(snapshot);
    lastEventUs = snapshot.eventTimeUs();
    snapshotAlone = snapshot.kind() == BookUpdate.Kind.SNAPSHOT;
  }

  /** A delta of the stream has come, whatever becomes of it. */
  void streams() {
    snapshotAlone = false;
  }

  /** A delta has changed the levels, in its turn. */
  void applied(BookUpdate delta) {
    continuity.apply(delta);
    lastEventUs = delta.eventTimeUs();
  }

  /** The same of one that was put in its place by number or time, where others may be newer. */
  void placed(BookUpdate delta) {
    continuity.apply(delta);
    lastEventUs = Math.max(lastEventUs, delta.eventTimeUs());
  }

  /** Whether the checksum of an update that has been applied, if it has one, is the levels'. */
  boolean checksumHolds(BookUpdate update) {
    boolean holds = levels.checksumHolds(update);
    if (!holds && !update.flawed()) {
      depth.mistrust();
    }
    return holds;
  }

  void reset() {
    levels.clear();
    continuity.reset();
    depth.reset();
    lastEventUs = 0;
    snapshotAlone = false;
  }

  /** Writes all but the sides, the numbers and the depth. */
  void writeTo(DataOutput out) throws IOException {
    levels.writeTo(out);
    out.writeLong(lastEventUs);
    out.writeBoolean(snapshotAlone);
  }

  /** Reads what {@link #writeTo} wrote. */
  void readFrom(DataInput in) throws IOException {
    levels.readFrom(in);
    lastEventUs = in.readLong();
    snapshotAlone = in.readBoolean();
  }
}
