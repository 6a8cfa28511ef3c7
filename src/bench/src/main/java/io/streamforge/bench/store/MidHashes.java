package io.streamforge.bench.store;

import java.util.Map;
import java.util.TreeMap;

/**
 * A hash of all mids of each sample, which does not depend on the order of the instruments. A mid
 * that does not exist counts as nothing.
 */
final class MidHashes {
  private final TreeMap<Long, Long> bySampleUs = new TreeMap<>();
  private long count;

  void add(MidSample sample) {
    if (Double.isNaN(sample.mid())) {
      return;
    }
    long hash = mix(sample.instrument().hashCode() + mix(Double.doubleToLongBits(sample.mid())));
    bySampleUs.merge(sample.timeUs(), hash, Long::sum);
    count++;
  }

  /** The finaliser of SplitMix64. */
  private static long mix(long z) {
    long y = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    long x = (y ^ (y >>> 27)) * 0x94d049bb133111ebL;
    return x ^ (x >>> 31);
  }

  /** How many mids there were. */
  long count() {
    return count;
  }

  /**
   * A wrong answer has no time.
   *
   * @throws IllegalStateException if the mids of another are not these
   */
  void expectSame(MidHashes other, String whose) {
    if (bySampleUs.equals(other.bySampleUs)) {
      return;
    }
    for (Map.Entry<Long, Long> sample : bySampleUs.entrySet()) {
      if (!sample.getValue().equals(other.bySampleUs.get(sample.getKey()))) {
        throw new IllegalStateException(
            "%s has other mids at %d us; %d in all, not %d"
                .formatted(whose, sample.getKey(), other.count, count));
      }
    }
    throw new IllegalStateException(whose + " has mids of further samples");
  }
}
