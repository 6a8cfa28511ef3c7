package io.streamforge.job;

/** An instrument in memory, and how its stored form differs. */
final class CachedInstrument {
  final InstrumentState state;

  /** Anything but the book is not as stored. */
  boolean changed;

  /** The book is not as stored. */
  boolean bookChanged;

  /** The book was used since the cache looked at it last. */
  boolean recentlyUsed;

  /** Memory that the book takes, bytes. */
  long bookBytes;

  CachedInstrument(InstrumentState state) {
    this.state = state;
  }
}
