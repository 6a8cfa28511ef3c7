package io.streamforge.testkit.reference.limits;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which instruments of a topic of one partition are taken; nobody's refusal is forgotten. */
public final class ReferenceAdmission {
  private static final long HOUR = 3_600_000_000L;
  private static final long WEEK = 7 * 24 * HOUR;

  private final ReferenceLimits limits;
  private final Map<String, Long> heard = new HashMap<>();
  private final Set<String> told = new HashSet<>();
  private long now = Long.MIN_VALUE;

  public ReferenceAdmission(ReferenceLimits limits) {
    this.limits = limits;
  }

  /** Whether an instrument is taken, of which something happens at a time. */
  public boolean takes(String id, long effectiveUs) {
    now = Math.max(now, effectiveUs);
    if (limits.listed().contains(id)) {
      return true;
    }
    if (limits.listedOnly()) {
      return false;
    }
    if (!heard.containsKey(id)) {
      heard.values().removeIf(last -> now - last > WEEK);
      if (heard.size() >= limits.maxInstruments()) {
        return false;
      }
    }
    heard.put(id, now);
    return true;
  }

  /** Something of an instrument's book is lost at a time: one that is new is none. */
  public void notice(String id, long effectiveUs) {
    now = Math.max(now, effectiveUs);
    heard.replace(id, now);
  }

  /** Whether the refusal of an instrument is a dead letter. */
  public boolean isFirstRefusal(String id) {
    return !limits.listedOnly() && told.add(id + " " + Math.floorDiv(now, HOUR));
  }
}
