package io.streamforge.graph.returns;

/**
 * Where a page of returns is kept.
 *
 * @param symbol node id
 * @param number of its first return / {@link ReturnPage#SIZE}, returns being numbered from the
 *     epoch on: by the sample, those of 24h by their bin
 */
public record PageKey(String symbol, long number) {}
