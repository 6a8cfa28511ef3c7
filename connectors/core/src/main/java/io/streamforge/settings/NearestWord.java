package io.streamforge.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What somebody who mistyped a word may have meant. */
public final class NearestWord {
  /** A word further away, by this share of its length, is another word and no typing error. */
  private static final double FAR = 0.34;

  private NearestWord() {}

  /**
   * The candidate that fewest letters inserted, left out, replaced or swapped make of a word.
   *
   * @param howeverFar whether to name the nearest even if it is another word
   */
  public static Optional<String> of(
      String word, Collection<String> candidates, boolean howeverFar) {
    return candidates.stream()
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
        .filter(near -> howeverFar || distance(word, near) <= FAR * word.length());
  }

  private static boolean areSwapped(String from, int i, String to, int j) {
    return from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
  }

  /** Levenshtein's distance, where two neighbours that are swapped count as one error. */
  public static int distance(String from, String to) {
    int[] twoBefore = new int[0];
    int[] before = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = before[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(before[j], row[j - 1]));
        if (i > 1 && j > 1 && areSwapped(from, i, to, j)) {
          row[j] = Math.min(row[j], 1 + twoBefore[j - 2]);
        }
      }
      twoBefore = before;
      before = row;
    }
    return before[to.length()];
  }
}
