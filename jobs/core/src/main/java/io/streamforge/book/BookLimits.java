package io.streamforge.book;

import java.io.Serializable;

/**
 * How much of one book is kept.
 *
 * @param levels levels a side; worse ones are dropped, and not known from then on
 * @param waiting deltas that may wait for a snapshot
 * @param waitingUs how much older than the newest a delta that waits may be, microseconds
 */
public record BookLimits(int levels, int waiting, long waitingUs) implements Serializable {}
