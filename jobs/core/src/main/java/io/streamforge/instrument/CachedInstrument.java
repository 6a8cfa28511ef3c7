package io.streamforge.instrument;

/** An instrument in memory, and how its stored form differs. */
public final class CachedInstrument {
  public final InstrumentState state;

  /** Anything but the book is not as stored. */
  public boolean changed;

  /** The book is not as stored. */
  public boolean bookChanged;

  /** The book was used since the cache looked at it last. */
  public boolean recentlyUsed;

  /** Memory that the book takes, bytes. */
  public long bookBytes;

  public CachedInstrument(InstrumentState state) {
    this.state = state;
  }
}
