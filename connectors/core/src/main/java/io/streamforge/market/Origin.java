package io.streamforge.market;

/**
 * Where an event stands in its raw topic: books and trades have one topic each.
 *
 * @param receiveTimeUs when its record was received, microseconds since the epoch
 * @param partition of the record
 * @param offset of the record
 * @param place of the event among those of the record, from 0; {@link #AHEAD} of them all
 */
public record Origin(long receiveTimeUs, int partition, long offset, int place) {
  /** The place of a loss: the log has lost what stood there. */
  public static final int AHEAD = -1;
}
