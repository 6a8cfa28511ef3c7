package io.streamforge.flow;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The ids that were added last, as ranges in order of arrival, and the highest of all. An id that
 * follows the one added before it extends that one's range; any other begins a new one and, where
 * there is no room, pushes the oldest out. So the last {@value #MAX_RANGES} ids added are always
 * remembered, and without a skip all of them.
 */
final class IdRanges {
  static final int MAX_RANGES = 256;
  private static final int FIRST_CAPACITY = 4;

  private long[] firsts = new long[FIRST_CAPACITY];
  private long[] lasts = new long[FIRST_CAPACITY];
  private int oldest; // 0 until the ring is full
  private int size;
  private long highest = Long.MIN_VALUE;

  boolean isEmpty() {
    return size == 0;
  }

  /** The highest id ever added; {@link Long#MIN_VALUE} before the first. */
  long highest() {
    return highest;
  }

  boolean contains(long id) {
    if (id > highest) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      if (firsts[i] <= id && id <= lasts[i]) {
        return true;
      }
    }
    return false;
  }

  /** Adds an id that is not {@link #contains contained}. */
  void add(long id) {
    highest = Math.max(highest, id);
    if (size > 0 && lasts[newest()] < id && lasts[newest()] == id - 1) {
      lasts[newest()] = id;
      return;
    }
    if (size == MAX_RANGES) {
      oldest = (oldest + 1) % MAX_RANGES;
    } else {
      size++;
      if (size > firsts.length) {
        firsts = Arrays.copyOf(firsts, 2 * firsts.length);
        lasts = Arrays.copyOf(lasts, 2 * lasts.length);
      }
    }
    firsts[newest()] = id;
    lasts[newest()] = id;
  }

  private int newest() {
    return (oldest + size - 1) % MAX_RANGES;
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeLong(highest);
    out.writeShort(size);
    for (int i = 0; i < size; i++) {
      int range = (oldest + i) % MAX_RANGES;
      out.writeLong(firsts[range]);
      out.writeLong(lasts[range]);
    }
  }

  void readFrom(DataInput in) throws IOException {
    highest = in.readLong();
    size = in.readShort();
    int capacity = FIRST_CAPACITY;
    while (capacity < size) {
      capacity *= 2;
    }
    firsts = new long[capacity];
    lasts = new long[capacity];
    for (int i = 0; i < size; i++) {
      firsts[i] = in.readLong();
      lasts[i] = in.readLong();
    }
  }
}
