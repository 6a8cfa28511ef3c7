package io.streamforge.testkit.reference.limits;

import java.util.Set;

/**
 * How many instruments there may be.
 *
 * @param maxInstruments of a topic beside those that are listed
 * @param maxNodes of the graph
 * @param listedOnly whether those that are listed alone are taken
 * @param listed ids of those that are listed
 */
public record ReferenceLimits(
    int maxInstruments, int maxNodes, boolean listedOnly, Set<String> listed) {

  /** Those that a job has where nothing else is said. */
  public static final ReferenceLimits DEFAULT = new ReferenceLimits(5_000, 500, false, Set.of());
}
