package io.streamforge.job;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Bytes that are stored in blocks. Most of an instrument's state is windows of which a tick changes
 * one value: only the blocks that are not as they were stored last are written again.
 */
final class StoredBytes {
  static final int BLOCK = 512;

  private byte[] stored;

  /**
   * @param stored what is stored already
   */
  StoredBytes(byte[] stored) {
    this.stored = stored;
  }

  /** How many blocks are stored. */
  int blocks() {
    return (stored.length + BLOCK - 1) / BLOCK;
  }

  /** The blocks by number that have to be written so that {@code bytes} are stored. */
  Map<Integer, byte[]> replace(byte[] bytes) {
    Map<Integer, byte[]> changed = new HashMap<>();
    for (int from = 0; from < bytes.length; from += BLOCK) {
      int to = Math.min(from + BLOCK, bytes.length);
      int storedFrom = Math.min(from, stored.length);
      int storedTo = Math.min(from + BLOCK, stored.length);
      if (!Arrays.equals(bytes, from, to, stored, storedFrom, storedTo)) {
        changed.put(from / BLOCK, Arrays.copyOfRange(bytes, from, to));
      }
    }
    stored = bytes;
    return changed;
  }
}
