package io.streamforge.bench.throughput;

import java.util.List;

/**
 * What was measured over one input.
 *
 * @param messages that count
 * @param warmUpMessages before them
 * @param symbolRecords that the messages give, those of the warm-up among them
 * @param graphs likewise
 */
record ThroughputFigures(
    String input,
    int messages,
    int warmUpMessages,
    long symbolRecords,
    long graphs,
    int rounds,
    List<ContestantFigures> contestants) {}
