package io.streamforge.window;

import java.io.IOException;

/** Where the pages of one book, or of one instrument, are kept: bytes by number. */
public interface PageStore {
  /** The bytes of a page that was put. */
  byte[] get(long page) throws IOException;

  /** Keeps the bytes, which the caller gives away. */
  void put(long page, byte[] bytes) throws IOException;

  /** Forgets a page. */
  void remove(long page) throws IOException;
}
