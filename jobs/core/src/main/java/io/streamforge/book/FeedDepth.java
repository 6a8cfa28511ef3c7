package io.streamforge.book;

import io.streamforge.market.BookUpdate;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How many levels a side a feed keeps up to date, where its snapshots leave that open: as the
 * venue's acknowledgement of the subscription says, else by a guess. A side that is as long as a
 * depth that the venue offers ends there; any other is not full, so that nothing has been cut yet,
 * and the largest depth holds it. A wrong guess shows by a checksum, and the next snapshot is held
 * at the next depth.
 */
final class FeedDepth {
  private static final int[] OFFERED = {10, 25, 100, 500, 1000};

  /** As acknowledged; 0 if that is not known. */
  private int subscribed;

  private boolean guessed;
  private int wrongGuesses;

  void reset() {
    subscribed = 0;
    guessed = false;
    wrongGuesses = 0;
  }

  /** Another session begins, with the depth that it was acknowledged; 0 if that is not known. */
  void begin(int depth) {
    subscribed = depth;
    wrongGuesses = depth > 0 ? 0 : wrongGuesses;
  }

  /** The venue has acknowledged a subscription. */
  void subscribe(int depth) {
    subscribed = depth;
    wrongGuesses = 0;
  }

  /** How many levels a side are to be held of a snapshot. */
  int held(BookUpdate snapshot) {
    guessed = false;
    if (!snapshot.depthGuessed()) {
      return snapshot.depth();
    }
    if (subscribed >= snapshot.depth()) {
      return subscribed;
    }
    guessed = true;
    int smallest = snapshot.depth(); // that holds it
    boolean full = snapshot.bids() == smallest || snapshot.levels() - snapshot.bids() == smallest;
    int candidates = 0;
    for (int depth : OFFERED) {
      candidates += depth >= smallest ? 1 : 0;
    }
    // A full side: its own length, then from the largest down. Else from the largest down.
    int turn = wrongGuesses % candidates;
    if (full) {
      return turn == 0 ? smallest : OFFERED[OFFERED.length - turn];
    }
    return OFFERED[OFFERED.length - 1 - turn];
  }

  /** How many levels a side of what {@link #held} was asked for are known whatever the depth is. */
  int known(BookUpdate snapshot, int held) {
    return guessed ? snapshot.depth() : held;
  }

  /** A checksum did not agree. */
  void mistrust() {
    if (guessed) {
      wrongGuesses++;
    }
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeInt(subscribed);
    out.writeBoolean(guessed);
    out.writeInt(wrongGuesses);
  }

  void readFrom(DataInput in) throws IOException {
    subscribed = in.readInt();
    guessed = in.readBoolean();
    wrongGuesses = in.readInt();
  }
}
