package io.streamforge.book;

import io.streamforge.market.Decimals;
import io.streamforge.market.ExactSum;
import io.streamforge.section.Varint;
import io.streamforge.window.PageStore;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One side of a book: levels in parallel arrays, sorted so that the best is last, where changes are
 * cheap. A level's key is its price in samples for bids and the negated price for asks, so that on
 * both sides a better price is a larger key.
 */
final class Ladder {
  private static final int FIRST_CAPACITY = 4;

  private final int sign;
  private long[] keys = new long[FIRST_CAPACITY];
  private long[] quantities = new long[FIRST_CAPACITY];
  private short[] sentScales = new short[FIRST_CAPACITY];
  private int size;
  private final LevelPages pages = new LevelPages();

  Ladder(boolean bids) {
    this.sign = bids ? 1 : -1;
  }

  int size() {
    return size;
  }

  /** The key of a price. */
  long keyOf(long price) {
    return sign * price;
  }

  /** Key of the level at {@code index}, 0 being the worst. */
  long key(int index) {
    return keys[index];
  }

  /** Key of the level at {@code rank}, 0 being the best. */
  long keyAt(int rank) {
    return keys[size - 1 - rank];
  }

  long priceAt(int rank) {
    return sign * keyAt(rank);
  }

  long quantityAt(int rank) {
    return quantities[size - 1 - rank];
  }

  short sentScalesAt(int rank) {
    return sentScales[size - 1 - rank];
  }

  /** Memory that the levels take, bytes. */
  long heapBytes() {
    return (long) keys.length * (2 * Long.BYTES + Short.BYTES);
  }

  void clear() {
    size = 0;
    pages.touchAll();
  }

  /** Sets the quantity at a price; 0 removes the level. */
  void set(long price, long quantity, short scales) {
    long key = sign * price;
    int at = find(key);
    if (at >= 0 || quantity != 0) {
      pages.touch(key);
    }
    if (at >= 0) {
      if (quantity == 0) {
        remove(at);
      } else {
        quantities[at] = quantity;
        sentScales[at] = scales;
      }
    } else if (quantity != 0) {
      insert(-at - 1, key, quantity, scales);
    }
  }

  /** Does what {@link #set} does for each of them, in one pass however many there are. */
  void setAll(SortedLevels levels) {
    int from = size - 1;
    int next = levels.size() - 1;
    int to = size + levels.size();
    ensureCapacity(to);
    while (next >= 0) { // from the best down: what is worse than all of them stays where it is
      long key = levels.key(next);
      while (from >= 0 && keys[from] > key) {
        copyLevel(from--, --to);
      }
      boolean held = from >= 0 && keys[from] == key;
      if (held) {
        from--;
      }
      if (levels.quantity(next) != 0) {
        to--;
        keys[to] = key;
        quantities[to] = levels.quantity(next);
        sentScales[to] = levels.sentScales(next);
      }
      if (held || levels.quantity(next) != 0) {
        pages.touch(key);
      }
      next--;
    }
    int better = size + levels.size() - to;
    move(to, from + 1, better);
    size = from + 1 + better;
  }

  private void copyLevel(int from, int to) {
    keys[to] = keys[from];
    quantities[to] = quantities[from];
    sentScales[to] = sentScales[from];
  }

  /** Index of the first level whose key is not below {@code key}. */
  int firstNotBelow(long key) {
    int at = find(key);
    return at >= 0 ? at : -at - 1;
  }

  // Most changes are near the best price: look there before searching.
  private int find(long key) {
    int low = 0;
    int high = size - 1;
    int near = size - 9;
    if (near > 0 && keys[near] < key) {
      low = near + 1;
    }
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long at = keys[middle];
      if (at < key) {
        low = middle + 1;
      } else if (at > key) {
        high = middle - 1;
      } else {
        return middle;
      }
    }
    return -low - 1;
  }

  private void insert(int at, long key, long quantity, short scales) {
    ensureCapacity(size + 1);
    move(at, at + 1, size - at);
    keys[at] = key;
    quantities[at] = quantity;
    sentScales[at] = scales;
    size++;
  }

  private void ensureCapacity(int needed) {
    if (needed > keys.length) {
      int capacity = Math.max(needed, 2 * size);
      keys = Arrays.copyOf(keys, capacity);
      quantities = Arrays.copyOf(quantities, capacity);
      sentScales = Arrays.copyOf(sentScales, capacity);
    }
  }

  private void remove(int at) {
    size--;
    move(at + 1, at, size - at);
  }

  /** Keeps the best {@code depth} levels. */
  void truncate(int depth) {
    if (size > depth) {
      int excess = size - depth;
      pages.touchUpTo(keys[excess - 1]);
      size = depth;
      move(excess, 0, size);
    }
  }

  private void move(int from, int to, int count) {
    System.arraycopy(keys, from, keys, to, count);
    System.arraycopy(quantities, from, quantities, to, count);
    System.arraycopy(sentScales, from, sentScales, to, count);
  }

  /**
   * Whether prices and quantities fit with so many more digits behind the point, fewer if they are
   * below 0.
   */
  boolean fits(int priceDigits, int quantityDigits) {
    for (int i = 0; i < size; i++) {
      if (Decimals.shift(Math.abs(keys[i]), priceDigits) < 0
          || Decimals.shift(quantities[i], quantityDigits) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Gives prices and quantities so many more digits, which {@link #fits fit}. */
  void shift(int priceDigits, int quantityDigits) {
    for (int i = 0; i < size; i++) {
      keys[i] = sign * Decimals.shift(Math.abs(keys[i]), priceDigits);
      quantities[i] = Decimals.shift(quantities[i], quantityDigits);
    }
    pages.touchAll();
  }

  /** How many zeros all prices end with, {@code atMost} or fewer. */
  int priceZeros(int atMost) {
    int zeros = atMost;
    for (int i = 0; i < size; i++) {
      zeros = Decimals.trailingZeros(keys[i], zeros);
    }
    return zeros;
  }

  /** How many zeros all quantities end with, {@code atMost} or fewer. */
  int quantityZeros(int atMost) {
    int zeros = atMost;
    for (int i = 0; i < size; i++) {
      zeros = Decimals.trailingZeros(quantities[i], zeros);
    }
    return zeros;
  }

  /** Prices and quantities in turn, worst first. */
  long[] copy() {
    long[] copy = new long[2 * size];
    for (int i = 0; i < size; i++) {
      copy[2 * i] = sign * keys[i];
      copy[2 * i + 1] = quantities[i];
    }
    return copy;
  }

  /** Adds price · quantity of every level whose key is at least {@code minKey}. */
  void addValue(long minKey, ExactSum sum) {
    for (int i = size - 1; i >= 0 && keys[i] >= minKey; i--) {
      sum.addProduct(sign * keys[i], quantities[i]);
    }
  }

  /** Adds the quantity of every level whose key is at least {@code minKey}. */
  void addQuantity(long minKey, ExactSum sum) {
    for (int i = size - 1; i >= 0 && keys[i] >= minKey; i--) {
      sum.addProduct(1, quantities[i]);
    }
  }

  /** Quantity of the best {@code levels} levels, or of all if there are fewer. */
  ExactSum topQuantity(int levels) {
    ExactSum sum = new ExactSum();
    for (int i = size - 1; i >= Math.max(0, size - levels); i--) {
      sum.add(quantities[i]);
    }
    return sum;
  }

  /** Puts the pages that changed, and writes how to find them. */
  void writeTo(DataOutput out, PageStore store) throws IOException {
    pages.write(this, out, store);
  }

  /** Reads what {@link #writeTo} wrote. */
  void readFrom(DataInput in, PageStore store) throws IOException {
    size = 0;
    pages.read(this, in, store);
  }

  /** Bytes that so many levels take at the most. */
  static int maxBytes(int levels) {
    return Varint.MAX_BYTES + Long.BYTES + 3 * Varint.MAX_BYTES * levels;
  }

  /** Writes levels by index: each key as its distance from the one before. */
  void writeLevels(int from, int to, ByteBuffer out) {
    Varint.write(to - from, out);
    if (from < to) {
      out.putLong(keys[from]);
    }
    for (int i = from; i < to; i++) {
      Varint.write(i == from ? 0 : keys[i] - keys[i - 1], out);
      Varint.write(quantities[i], out);
      Varint.write(Short.toUnsignedLong(sentScales[i]), out);
    }
  }

  /** Reads what {@link #writeLevels} wrote, as the next better levels. */
  void readLevels(ByteBuffer in) {
    int count = (int) Varint.read(in);
    long key = count > 0 ? in.getLong() : 0;
    for (int i = 0; i < count; i++) {
      ensureCapacity(size + 1);
      key += Varint.read(in);
      keys[size] = key;
      quantities[size] = Varint.read(in);
      sentScales[size] = (short) Varint.read(in);
      size++;
    }
  }
}
