package io.streamforge.book;

import io.streamforge.window.PageStore;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How the levels of a {@link Ladder} are cut into pages, and which of these changed since they were
 * stored. A page is a run of keys: from its first key to that of the next page. Pages that outgrow
 * {@value #MAX_LEVELS} levels are split, small ones join their neighbour, both when they are
 * written, so that between two writes a change costs one look at the first keys.
 */
final class LevelPages {
  private static final int MAX_LEVELS = 128;
  private static final int SPLIT_LEVELS = 64;
  private static final int MIN_LEVELS = 16;

  private long[] firstKeys = {Long.MIN_VALUE};
  private long[] numbers = {0};
  private boolean[] changed = {true};
  private int count = 1;
  private long nextNumber = 1;
  private final List<Long> obsolete = new ArrayList<>();

  /** The level at a key is not what it was. */
  void touch(long key) {
    changed[pageOf(key)] = true;
  }

  /** The levels up to a key are not what they were. */
  void touchUpTo(long key) {
    Arrays.fill(changed, 0, pageOf(key) + 1, true);
  }

  /** No level is what it was. */
  void touchAll() {
    for (int page = 1; page < count; page++) {
      obsolete.add(numbers[page]);
    }
    count = 1;
    changed[0] = true;
  }

  // Most changes are near the best price, in the last page.
  private int pageOf(long key) {
    if (key >= firstKeys[count - 1]) {
      return count - 1;
    }
    int page = Arrays.binarySearch(firstKeys, 0, count, key);
    return page >= 0 ? page : -page - 2;
  }

  /** Puts the pages that changed, and writes the list of all. */
  void write(Ladder ladder, DataOutput out, PageStore store) throws IOException {
    cut(ladder);
    for (long number : obsolete) {
      store.remove(number);
    }
    obsolete.clear();
    ByteBuffer buffer = ByteBuffer.allocate(1 + Ladder.maxBytes(MAX_LEVELS));
    for (int page = 0; page < count; page++) {
      if (changed[page]) {
        PageBytes.begin(buffer);
        ladder.writeLevels(from(page, ladder), from(page + 1, ladder), buffer);
        store.put(numbers[page], PageBytes.end(buffer));
        changed[page] = false;
      }
    }
    out.writeInt(count);
    for (int page = 0; page < count; page++) {
      out.writeLong(firstKeys[page]);
      out.writeLong(numbers[page]);
    }
    out.writeLong(nextNumber);
  }

  /** Reads the list of all pages, and what they hold. */
  void read(Ladder ladder, DataInput in, PageStore store) throws IOException {
    count = in.readInt();
    firstKeys = new long[count];
    numbers = new long[count];
    changed = new boolean[count];
    for (int page = 0; page < count; page++) {
      firstKeys[page] = in.readLong();
      numbers[page] = in.readLong();
      ladder.readLevels(PageBytes.read(store.get(numbers[page])));
    }
    nextNumber = in.readLong();
    obsolete.clear();
  }

  /** Index of a page's first level. */
  private int from(int page, Ladder ladder) {
    if (page == 0) {
      return 0;
    }
    return page == count ? ladder.size() : ladder.firstNotBelow(firstKeys[page]);
  }

  /** Splits and joins pages that changed. */
  private void cut(Ladder ladder) {
    int room = count + ladder.size() / SPLIT_LEVELS;
    long[] newKeys = new long[room];
    long[] newNumbers = new long[room];
    boolean[] newChanged = new boolean[room];
    int newCount = 0;
    int sizeBefore = 0;
    for (int page = 0; page < count; page++) {
      int from = from(page, ladder);
      int size = from(page + 1, ladder) - from;
      boolean joins =
          changed[page] && page > 0 && size < MIN_LEVELS && sizeBefore + size <= MAX_LEVELS;
      if (joins) {
        obsolete.add(numbers[page]);
        newChanged[newCount - 1] |= size > 0;
        sizeBefore += size;
        continue;
      }
      int parts = size <= MAX_LEVELS ? 1 : size / SPLIT_LEVELS;
      for (int part = 0; part < parts; part++) {
        newKeys[newCount] =
            part == 0 ? firstKeys[page] : ladder.key(from + (int) ((long) part * size / parts));
        newNumbers[newCount] = part == 0 ? numbers[page] : nextNumber++;
        newChanged[newCount] = changed[page];
        newCount++;
      }
      sizeBefore = size / parts;
    }
    firstKeys = newKeys;
    numbers = newNumbers;
    changed = newChanged;
    count = newCount;
  }
}
