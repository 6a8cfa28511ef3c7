package io.streamforge.book;

import io.streamforge.window.PageStore;
import java.io.IOException;

/** The pages of one part of a book, numbered by themselves. */
record PageSpace(PageStore store, int part) implements PageStore {
  static final int BIDS = 0;
  static final int ASKS = 1;
  static final int KEPT = 2;
  static final int WAITING = 3;

  private static final int PARTS = 4;

  @Override
  public byte[] get(long page) throws IOException {
    return store.get(page * PARTS + part);
  }

  @Override
  public void put(long page, byte[] bytes) throws IOException {
    store.put(page * PARTS + part, bytes);
  }

  @Override
  public void remove(long page) throws IOException {
    store.remove(page * PARTS + part);
  }
}
