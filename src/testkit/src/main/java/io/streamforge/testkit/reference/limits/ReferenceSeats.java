package io.streamforge.testkit.reference.limits;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is a node of the graph. Every ten seconds the seats are given anew: to those that are listed,
 * then by how long each has sampled without a break, a day at most, then by name. In between who is
 * new takes a seat that is free. A listed instrument's is not free for a day after its last sample.
 */
public final class ReferenceSeats {
  private static final long SAMPLE = 1_000_000;
  private static final long REWIRE = 10 * SAMPLE;
  private static final long DAY = 86_400 * SAMPLE;

  private final ReferenceLimits limits;
  private final Map<String, Long> begins = new HashMap<>();
  private final Map<String, Long> newest = new HashMap<>();
  private Set<String> seated = new HashSet<>();
  private Long before;

  public ReferenceSeats(ReferenceLimits limits) {
    this.limits = limits;
  }

  /** Those with a seat as of a sample, of those that have it, which are sorted. */
  public Set<String> advance(long sample, List<String> sampling) {
    for (String id : sampling) {
      if (!newest.containsKey(id) || newest.get(id) < sample - SAMPLE) {
        begins.put(id, sample);
      }
      newest.put(id, sample);
    }
    List<String> candidates = new ArrayList<>(sampling);
    for (String id : limits.listed()) {
      if (newest.containsKey(id) && newest.get(id) < sample && newest.get(id) >= sample - DAY) {
        candidates.add(id);
      }
    }
    Comparator<String> order =
        Comparator.comparing(limits.listed()::contains, Comparator.reverseOrder());
    candidates.sort(
        order
            .thenComparing(sampling::contains, Comparator.reverseOrder())
            .thenComparing(id -> Math.min(sample - begins.get(id), DAY), Comparator.reverseOrder())
            .thenComparing(ReferenceSeats::compareUtf8));
    boolean due = before == null || sample / REWIRE != before / REWIRE;
    seated.retainAll(due ? Set.of() : candidates);
    for (String id : candidates) {
      if (seated.size() < limits.maxNodes()) {
        seated.add(id);
      }
    }
    before = sample;
    return Set.copyOf(seated);
  }

  private static int compareUtf8(String one, String other) {
    return Arrays.compareUnsigned(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
