package io.streamforge.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Texts that come again and again (names of fields, symbols), made once. Each has one place, where
 * it takes over from another: memory is bounded whatever comes. For one thread.
 */
final class TextCache {
  private static final int PLACES = 1 << 10;
  private static final int MAX_LENGTH = 64;

  private final byte[][] bytes = new byte[PLACES][];
  private final String[] texts = new String[PLACES];

  /** The text of UTF-8 bytes. */
  String of(byte[] utf8, int from, int end) {
    if (end - from > MAX_LENGTH) {
      return new String(utf8, from, end - from, StandardCharsets.UTF_8);
    }
    int hash = 0;
    for (int i = from; i < end; i++) {
      hash = 31 * hash + utf8[i];
    }
    int place = (hash ^ hash >>> 16) & PLACES - 1;
    byte[] held = bytes[place];
    if (held == null || !Arrays.equals(held, 0, held.length, utf8, from, end)) {
      bytes[place] = Arrays.copyOfRange(utf8, from, end);
      texts[place] = new String(bytes[place], StandardCharsets.UTF_8);
    }
    return texts[place];
  }
}
