package io.streamforge.graph;

/**
 * What a graph remembers of an instrument for the sake of its seat. Times are microseconds.
 *
 * @param id {@code venue:symbol}
 * @param sinceUs the first sample of the newest unbroken time in which it sampled
 * @param lastUs its newest sample
 * @param taken whether it has a seat
 */
record Seat(String id, long sinceUs, long lastUs, boolean taken) {

  Seat taken(boolean now) {
    return taken == now ? this : new Seat(id, sinceUs, lastUs, now);
  }
}
