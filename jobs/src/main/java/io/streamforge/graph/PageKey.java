package io.streamforge.graph;

/**
 * Where a page of returns is kept.
 *
 * @param symbol node id
 * @param number absolute tick number / {@link ReturnPage#TICKS}
 */
public record PageKey(String symbol, long number) {}
