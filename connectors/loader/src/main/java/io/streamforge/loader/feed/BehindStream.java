package io.streamforge.loader.feed;

import io.streamforge.market.BookUpdate;

/**
 * Tells that a venue counts anew on connections that were made since: what they bring is behind
 * what was written though it is newer, by the venue's time or because nothing else goes on.
 */
final class BehindStream {
  private static final int SEVERAL = 3;
  private static final long NEWER_US = 1_000_000;
  private static final long SILENT_US = 5_000_000;
  private static final long NONE = Long.MIN_VALUE;

  private int behind;
  private long goesOnUs;
  private long newestEventUs = NONE;

  /** A whole book sets the number, which the stream may be behind. */
  void begins(long timeUs) {
    goesOnUs = timeUs;
  }

  /** A message has gone on from the one before it. */
  void goesOn(ReceivedBook message) {
    behind = 0;
    goesOnUs = message.timeUs();
    if (message.update().timed()) {
      newestEventUs = Math.max(newestEventUs, message.update().eventTimeUs());
    }
  }

  /**
   * Whether a message is of another count.
   *
   * @param newest the number that was written last
   */
  boolean isAnew(BookUpdate update, long newest, long timeUs) {
    if (!update.isLinked() || update.sequence() >= newest || update.previousSequence() == newest) {
      return false;
    }
    behind++;
    boolean newer =
        newestEventUs != NONE && update.timed() && update.eventTimeUs() > newestEventUs + NEWER_US;
    return behind >= SEVERAL && (newer || timeUs - goesOnUs > SILENT_US);
  }

  void reset() {
    behind = 0;
    newestEventUs = NONE;
  }
}
