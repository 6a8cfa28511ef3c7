package io.streamforge.time;

import java.io.Serializable;

/**
 * How far a receive time, which is a producer's word, may be from the time at which the broker
 * appended its record. What is further away counts as this far away, so that no producer's clock
 * carries a partition off, and none holds it back for good. Microseconds.
 *
 * @param maxBehindUs how far it may be behind; 0 for any distance
 * @param maxAheadUs how far it may be ahead
 */
public record ReceiptBounds(long maxBehindUs, long maxAheadUs) implements Serializable {

  /** The receive time as far as it is believed. */
  public long cut(long receiveTimeUs, long appendTimeUs) {
    long latestUs = Math.min(receiveTimeUs, appendTimeUs + maxAheadUs);
    return maxBehindUs == 0 ? latestUs : Math.max(latestUs, appendTimeUs - maxBehindUs);
  }
}
