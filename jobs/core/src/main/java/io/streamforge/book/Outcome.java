package io.streamforge.book;

/** What a message did to a book. */
public enum Outcome {
  /** A delta was applied; the book is live. */
  APPLIED,
  /** A snapshot was applied, with the deltas that waited for it; the book is live. */
  SNAPSHOT_APPLIED,
  /** A delta that the book holds already was passed over. */
  COVERED,
  /** A snapshot older than the live book was passed over. */
  SNAPSHOT_IGNORED,
  /** The book is not live; the delta waits for a snapshot, or was of no use. */
  WAITING,
  /**
   * A message is missing: the book has just stopped being live, or the snapshot does not reach the
   * deltas that wait.
   */
  GAP,
  /** The venue's checksum is not the book's: it has just stopped being live. */
  CHECKSUM_MISMATCH;

  /** Whether the book's levels are now what the message says. */
  public boolean applied() {
    return this == APPLIED || this == SNAPSHOT_APPLIED;
  }
}
