package io.streamforge.testkit.reference;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** All mids of one instrument, and the increments between those that stood at the end of 100 ms. */
final class ReferenceMidPath {
  private static final long STEP = 100_000;

  /** The mid after a message, null for none. */
  private record Said(long timeUs, BigDecimal mid) {}

  /** What stood at the end of a step, and since when. */
  private record Sample(long sinceUs, BigDecimal mid) {}

  /** A rounded log increment over (fromUs, toUs]. */
  record Increment(long fromUs, long toUs, long size) {}

  private final List<Said> step = new ArrayList<>();
  private final List<Increment> increments = new ArrayList<>();
  private Sample last;
  private long lastMessageUs = Long.MIN_VALUE;

  void add(long timeUs, BigDecimal mid, long longestSilenceUs) {
    closeStepsBefore(timeUs);
    if (lastMessageUs != Long.MIN_VALUE && timeUs - lastMessageUs > longestSilenceUs) {
      last = null;
    }
    lastMessageUs = timeUs;
    step.add(new Said(timeUs, mid));
  }

  private void closeStepsBefore(long timeUs) {
    if (step.isEmpty() || Math.floorDiv(lastMessageUs, STEP) >= Math.floorDiv(timeUs, STEP)) {
      return;
    }
    BigDecimal mid = step.get(step.size() - 1).mid();
    if (mid == null) {
      last = null;
    } else if (last == null || last.mid().compareTo(mid) != 0) {
      int since = step.size() - 1;
      while (since > 0 && same(step.get(since - 1).mid(), mid)) {
        since--;
      }
      Sample sample = new Sample(step.get(since).timeUs(), mid);
      if (last != null) {
        double ratio = mid.doubleValue() / last.mid().doubleValue();
        long size = (long) Math.rint(StrictMath.log(ratio) * 1e8);
        size = Math.max(-(1L << 25), Math.min(1L << 25, size));
        increments.add(new Increment(last.sinceUs(), sample.sinceUs(), size));
      }
      last = sample;
    }
    step.clear();
  }

  private static boolean same(BigDecimal one, BigDecimal other) {
    return one != null && one.compareTo(other) == 0;
  }

  /** Those of the five minutes before a sample, everything before which has been added. */
  List<Increment> window(long sample) {
    closeStepsBefore(sample);
    increments.removeIf(i -> i.toUs() < sample - 300 * ReferenceInstrument.SECOND);
    return increments;
  }
}
