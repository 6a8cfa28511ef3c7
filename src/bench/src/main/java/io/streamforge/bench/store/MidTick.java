package io.streamforge.bench.store;

/**
 * What every contestant has to say: an instrument's mid at a tick.
 *
 * @param timeUs the tick, microseconds since the epoch
 * @param mid NaN where there is none
 */
public record MidTick(String instrument, long timeUs, double mid) {}
