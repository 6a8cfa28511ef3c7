package io.streamforge.bench.store;

/**
 * What was measured over one input.
 *
 * @param messages measured in each round
 * @param mids that every contestant gave alike
 * @param ratio messages a second of write-back by those of plain, round by round
 */
record StoreFigures(
    String input,
    int instruments,
    int messages,
    double levelsPerMessage,
    long mids,
    int rounds,
    RateDistribution ratio,
    KeepingFigures plain,
    KeepingFigures writeBack) {}
