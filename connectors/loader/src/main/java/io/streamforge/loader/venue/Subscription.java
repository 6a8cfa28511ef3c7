package io.streamforge.loader.venue;

/**
 * One channel of one symbol.
 *
 * @param symbol as the venue's messages write it
 */
public record Subscription(Channel channel, String symbol) {}
