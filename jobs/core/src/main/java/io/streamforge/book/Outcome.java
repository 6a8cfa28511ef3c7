package io.streamforge.book;

/** What a message did to a book. */
public enum Outcome {
  /** A delta was applied; the book is live. */
  APPLIED,
  /** A snapshot was applied, with the deltas that are newer; the book is live. */
  SNAPSHOT_APPLIED,
  /** The same, of a snapshot that differed from the live book as of its time. */
  DRIFT,
  /** A delta that says again what the book's number says was passed over. */
  CONFIRMED,
  /** A delta that the book holds already was passed over. */
  COVERED,
  /** A snapshot older than the live book was passed over. */
  SNAPSHOT_IGNORED,
  /** A snapshot could not be read; the book is as it was. */
  SNAPSHOT_UNREADABLE,
  /** A snapshot was taken before what the book has lost, or too long ago: another one is needed. */
  SNAPSHOT_UNSOUND,
  /** The book is not live; the delta waits for a snapshot, or was of no use. */
  WAITING,
  /** A message of another feed of the book, or of another session of its writer: of no use. */
  UNUSED,
  /** A message is missing: the book has just stopped being live. */
  GAP,
  /** The venue counts anew: the book has just stopped being live. */
  COUNTS_ANEW,
  /** The venue's checksum is not the book's: it has just stopped being live. */
  CHECKSUM_MISMATCH,
  /** A message could not be read: the book has just stopped being live. */
  UNREADABLE,
  /** The feed has lost its connection: the book has just stopped being live. */
  DISCONNECTED,
  /** The log has lost records before they were read: the book has just stopped being live. */
  LOST_RECORDS;

  /** Whether the book's levels are now what the message says. */
  public boolean applied() {
    return this == APPLIED || this == SNAPSHOT_APPLIED || this == DRIFT;
  }

  /** Whether the message shows that the book is what the venue's is. */
  public boolean refreshes() {
    return applied() || this == CONFIRMED;
  }

  /** Whether the book has just stopped being live. */
  public boolean loses() {
    return switch (this) {
      case GAP, COUNTS_ANEW, CHECKSUM_MISMATCH, UNREADABLE, DISCONNECTED, LOST_RECORDS -> true;
      default -> false;
    };
  }
}
