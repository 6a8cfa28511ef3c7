package io.streamforge.bench.store;

/**
 * What every contestant has to say: an instrument's mid at a sample.
 *
 * @param timeUs the sample, microseconds since the epoch
 * @param mid NaN where there is none
 */
public record MidSample(String instrument, long timeUs, double mid) {}
