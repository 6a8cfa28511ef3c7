package io.streamforge.loader.venue;

import java.time.Duration;

/**
 * What a venue allows one address, and what the loader uses of it.
 *
 * @param connectEvery The time between two attempts to connect.
 * @param requestEvery The time between two texts on one connection.
 * @param symbolsPerConnection How many symbols share a connection.
 * @param symbolsPerRequest How many symbols one request names.
 * @param requestsPerHour Subscriptions and their ends on one connection in an hour.
 * @param weightPerMinute Of REST requests, 0 without REST.
 * @param pingEvery The time between two pings of the client, zero if the venue asks for none.
 * @param silence A connection without any text for longer is dead; zero if the venue may be silent.
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
