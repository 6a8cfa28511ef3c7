package io.streamforge.book;

/**
 * Whether a book can be trusted, as published in every record; features of a book exist only while
 * it is live.
 */
public enum BookStatus {
  /** Snapshot received, every venue rule held since. */
  LIVE(0, "live"),
  /** No snapshot yet. */
  AWAITING_SNAPSHOT(1, "awaiting-snapshot"),
  /** A message is missing; lasts until a snapshot. */
  GAP(2, "gap"),
  /** The venue's checksum is not the book's; lasts until a snapshot. */
  CHECKSUM_MISMATCH(3, "checksum-mismatch"),
  /** Best bid at or above best ask as of the sample. */
  CROSSED(4, "crossed"),
  /** Consistent, but no message for longer than {@code book.stale-after}. */
  STALE(5, "stale"),
  /** A message of the book could not be read; lasts until a snapshot. */
  UNREADABLE(6, "unreadable");

  private static final BookStatus[] BY_CODE = values();

  private final int code;
  private final String text;

  BookStatus(int code, String text) {
    this.code = code;
    this.text = text;
  }

  /** The number that stands for it in state. */
  public int code() {
    return code;
  }

  /** The status of a code, which is its place in this list. */
  public static BookStatus ofCode(int code) {
    return BY_CODE[code];
  }

  /** The form that stands in records. */
  public String text() {
    return text;
  }
}
