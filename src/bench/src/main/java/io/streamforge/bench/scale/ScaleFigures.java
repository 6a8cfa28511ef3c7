package io.streamforge.bench.scale;

/**
 * What was measured of one point, in one round.
 *
 * @param varied what differs from the other points
 * @param right whether every record came out as it has to; a wrong answer has no times
 * @param cpuSecondsPerMillion processor time of the job's process
 * @param messagesPerSecond by the clock, with the broker and the reader on the same machine
 */
record ScaleFigures(
    String varied,
    String value,
    String input,
    boolean right,
    double cpuSecondsPerMillion,
    double messagesPerSecond) {}
