package io.streamforge.graph;

import io.streamforge.book.BookStatus;

/**
 * What one instrument brings to a tick.
 *
 * @param id instrument, {@code venue:symbol}
 * @param book whether its book can be trusted as of the tick
 * @param mid mid price, NaN where there is none
 * @param logReturn grid log return of the tick, NaN where there is none
 * @param x features that stand in the graph, NaN where there is none; not copied
 */
public record Node(String id, BookStatus book, double mid, double logReturn, float[] x) {}
