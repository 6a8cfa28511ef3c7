package io.streamforge.job;

import java.io.Serializable;

/**
 * What the state of an instrument depends on beside its messages. Times are in microseconds.
 *
 * @param intervalUs distance between ticks
 * @param idleAfterUs an instrument without a message for so long publishes no ticks
 * @param staleAfterUs a book without a message for so long is stale
 * @param maxWaiting how many deltas of a book may wait for a snapshot
 * @param resyncRetryUs time between two requests for a snapshot while one incident lasts
 * @param resyncSpreadUs time over which the first requests of many instruments are spread
 */
public record InstrumentSettings(
    long intervalUs,
    long idleAfterUs,
    long staleAfterUs,
    int maxWaiting,
    long resyncRetryUs,
    long resyncSpreadUs)
    implements Serializable {}
