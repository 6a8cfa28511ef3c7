package io.streamforge.admission;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Which instruments have been refused in the hour that they are refused in again. Memory is bounded
 * whatever is refused: each has one place by its hash, where it takes over from another.
 */
final class RefusedNames {
  private static final int PLACES = 1 << 12;
  private static final long HOUR_US = 3_600_000_000L;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /** By place what stands for a name and an hour; 0 for none. */
  private final long[] told = new long[PLACES];

  /** Notes that a name is refused; returns whether it is the first time in the hour. */
  boolean isFirst(String id, long timeUs) {
    long hash = hash(id);
    int place = (int) (hash >>> 32) & PLACES - 1;
    long now = (hash ^ Math.floorDiv(timeUs, HOUR_US) * SPREAD) | 1;
    boolean first = told[place] != now;
    told[place] = now;
    return first;
  }

  /** FNV-1a of its characters: names that share Java's hash are easily made. */
  private static long hash(String id) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  void writeTo(DataOutput out) throws IOException {
    for (long each : told) {
      out.writeLong(each);
    }
  }

  static RefusedNames readFrom(DataInput in) throws IOException {
    RefusedNames names = new RefusedNames();
    for (int place = 0; place < PLACES; place++) {
      names.told[place] = in.readLong();
    }
    return names;
  }
}
