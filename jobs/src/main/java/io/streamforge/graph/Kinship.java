package io.streamforge.graph;

import io.streamforge.market.InstrumentRegistry;
import io.streamforge.market.InstrumentSpec;

/**
 * What two instruments have in common by what they are: 1 for yes, 0 for no, NaN where the registry
 * does not list both.
 */
record Kinship(double sameBase, double sameQuote, double sameVenue) {

  static Kinship of(String a, String b, InstrumentRegistry registry) {
    InstrumentSpec specA = registry.of(a);
    InstrumentSpec specB = registry.of(b);
    return new Kinship(
        same(specA.base(), specB.base()),
        same(specA.quote(), specB.quote()),
        same(venue(a), venue(b)));
  }

  private static double same(String a, String b) {
    if (a == null || b == null) {
      return Double.NaN;
    }
    return a.equals(b) ? 1 : 0;
  }

  private static String venue(String id) {
    return id.substring(0, Math.max(0, id.indexOf(':')));
  }
}
