package io.streamforge.graph.record;

import io.streamforge.graph.returns.ReturnHistory;

/**
 * What two instruments have in common by what they are: 1 for yes, 0 for no, NaN where the registry
 * does not list both.
 */
record Kinship(double sameBase, double sameQuote, double sameVenue) {

  static Kinship of(ReturnHistory a, ReturnHistory b) {
    return new Kinship(
        same(a.spec().base(), b.spec().base()),
        same(a.spec().quote(), b.spec().quote()),
        same(a.venue(), b.venue()));
  }

  private static double same(String a, String b) {
    if (a == null || b == null) {
      return Double.NaN;
    }
    return a.equals(b) ? 1 : 0;
  }
}
