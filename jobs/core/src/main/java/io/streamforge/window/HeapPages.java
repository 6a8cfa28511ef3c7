package io.streamforge.window;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Pages on the heap, as long as the process. */
public final class HeapPages implements PageStore {
  private final Map<Long, byte[]> pages = new HashMap<>();

  @Override
  public byte[] get(long page) throws IOException {
    byte[] bytes = pages.get(page);
    if (bytes == null) {
      throw new IOException("page " + page + " is lost");
    }
    return bytes;
  }

  @Override
  public void put(long page, byte[] bytes) {
    pages.put(page, bytes);
  }

  @Override
  public void remove(long page) {
    pages.remove(page);
  }

  /** The numbers of the pages; a view. */
  public Set<Long> numbers() {
    return Collections.unmodifiableSet(pages.keySet());
  }
}
