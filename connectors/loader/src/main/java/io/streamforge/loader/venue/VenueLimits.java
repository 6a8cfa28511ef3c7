package io.streamforge.loader.venue;

import java.time.Duration;

/**
 * What a venue allows one address, and what the loader uses of it.
 *
 * @param connectEvery the time between two attempts to connect
 * @param requestEvery the time between two texts on one connection
 * @param symbolsPerConnection how many symbols share a connection
 * @param symbolsPerRequest how many symbols one request names
 * @param requestsPerHour subscriptions and their ends on one connection in an hour
 * @param weightPerMinute of REST requests, 0 without REST
 * @param pingEvery the time between two pings of the client, zero if the venue asks for none
 * @param silence a connection without any text for longer is dead; zero if the venue may be silent
 */
public record VenueLimits(
    Duration connectEvery,
    Duration requestEvery,
    int symbolsPerConnection,
    int symbolsPerRequest,
    int requestsPerHour,
    int weightPerMinute,
    Duration pingEvery,
    Duration silence) {}
