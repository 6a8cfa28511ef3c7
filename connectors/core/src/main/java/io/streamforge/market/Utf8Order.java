package io.streamforge.market;

import java.util.Comparator;

/**
 * Ids in the order of their UTF-8 bytes, which is that of their code points. It differs from {@link
 * String#compareTo} where surrogates meet the characters above them.
 */
public final class Utf8Order {

  /** The order of ids wherever order reaches a value. */
  public static final Comparator<String> INSTANCE = Utf8Order::compare;

  private Utf8Order() {}

  private static int compare(String a, String b) {
    int shared = Math.min(a.length(), b.length());
    for (int i = 0; i < shared; i++) {
      char left = a.charAt(i);
      char right = b.charAt(i);
      if (left != right) {
        boolean supplementary = Character.isSurrogate(left);
        return supplementary == Character.isSurrogate(right)
            ? Character.compare(left, right)
            : supplementary ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
