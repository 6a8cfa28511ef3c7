package io.streamforge.time;

import java.io.Serializable;

/**
 * When a record counts, decided by the record alone, so that a replay decides as the live run did.
 * All in microseconds.
 *
 * @param maxLatenessUs how far an event may lie behind its receipt and still count when it happened
 * @param maxStalenessUs a trade older than this on arrival is left out
 * @param maxFutureUs an event further ahead of its receipt than this is refused
 * @param maxOutOfOrdernessUs disorder of receive times within one partition
 */
public record TimePolicy(
    long maxLatenessUs, long maxStalenessUs, long maxFutureUs, long maxOutOfOrdernessUs)
    implements Serializable {

  /** The event's own time, or as early as lateness allows. */
  public long effectiveTimeUs(long eventTimeUs, long receiveTimeUs) {
    return Math.max(eventTimeUs, receiveTimeUs - maxLatenessUs);
  }

  public boolean isStale(long eventTimeUs, long receiveTimeUs) {
    return eventTimeUs < receiveTimeUs - maxStalenessUs;
  }

  public boolean isFuture(long eventTimeUs, long receiveTimeUs) {
    return eventTimeUs > receiveTimeUs + maxFutureUs;
  }

  /**
   * No accepted record that is still to come in the partition has an effective time before this.
   */
  public long completeUntilUs(long newestReceiveTimeUs) {
    return newestReceiveTimeUs - availabilityDelayUs();
  }

  /** How long after a sample all that belongs to it has been received. */
  public long availabilityDelayUs() {
    return maxLatenessUs + maxOutOfOrdernessUs;
  }
}
