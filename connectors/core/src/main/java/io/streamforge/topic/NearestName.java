package io.streamforge.topic;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a mistyped name may stand for. */
public final class NearestName {
  private NearestName() {}

  /** The name that the fewest edits make of another; the first by order where several are near. */
  public static Optional<String> of(String typed, Collection<String> names) {
    return names.stream()
        .min(
            Comparator.<String>comparingInt(name -> edits(typed, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Characters to insert, to delete and to replace, at the least (Levenshtein). */
  public static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 0; i < from.length(); i++) {
      int diagonal = row[0];
      row[0] = i + 1;
      for (int j = 0; j < to.length(); j++) {
        int replaced = diagonal + (from.charAt(i) == to.charAt(j) ? 0 : 1);
        diagonal = row[j + 1];
        row[j + 1] = Math.min(replaced, 1 + Math.min(row[j], row[j + 1]));
      }
    }
    return row[to.length()];
  }
}
