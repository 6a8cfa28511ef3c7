package io.streamforge.topic;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;

/**
 * Header {@code traceparent} of W3C's Trace Context: {@code version-trace-parent-flags}, in
 * lower-case hexadecimal digits.
 */
public final class Traceparent {
  /** Of its text, characters. */
  public static final int LENGTH = 55;

  private static final int TRACE = 3;
  private static final int PARENT = 36;
  private static final int FLAGS = 53;

  private Traceparent() {}

  /** Its text; null where there is none, or none that means anything. */
  public static String of(Header header) {
    return header == null ? null : of(header.value());
  }

  /** Its text; null for one that means nothing. */
  public static String of(byte[] text) {
    return isValid(text) ? new String(text, StandardCharsets.US_ASCII) : null;
  }

  private static boolean isValid(byte[] text) {
    return text != null
        && text.length == LENGTH
        && isHex(text, 0, TRACE - 1)
        && !(text[0] == 'f' && text[1] == 'f') // is no version
        && isHex(text, TRACE, PARENT - 1)
        && !isZero(text, TRACE, PARENT - 1)
        && isHex(text, PARENT, FLAGS - 1)
        && !isZero(text, PARENT, FLAGS - 1)
        && isHex(text, FLAGS, LENGTH)
        && text[TRACE - 1] == '-'
        && text[PARENT - 1] == '-'
        && text[FLAGS - 1] == '-';
  }

  private static boolean isHex(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      boolean digit = text[i] >= '0' && text[i] <= '9';
      if (!digit && (text[i] < 'a' || text[i] > 'f')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isZero(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] != '0') {
        return false;
      }
    }
    return true;
  }
}
