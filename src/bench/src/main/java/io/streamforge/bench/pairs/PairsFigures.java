package io.streamforge.bench.pairs;

import io.streamforge.bench.experiment.Distribution;

/**
 * What one graph costs. Times are milliseconds of the thread's CPU.
 *
 * @param edges undirected, in the last record
 * @param plainSampleMs a sample that keeps its edges, without its record
 * @param rewireSampleMs a sample that chooses edges anew, without its record
 * @param jsonMs making of a record
 * @param allMs every sample with its record
 * @param coreShare CPU of the whole process, the garbage collector's among it, over the time that
 *     the samples stand for
 * @param jsonBytes of the last record
 * @param stateBytes pages and header
 * @param checkpointBytes pages that changed in ten samples, and the header
 * @param restoreMs from pages to a graph that can go on
 */
record PairsFigures(
    int symbols,
    long pairs,
    int edges,
    Distribution plainSampleMs,
    Distribution rewireSampleMs,
    Distribution jsonMs,
    Distribution allMs,
    double coreShare,
    long jsonBytes,
    long stateBytes,
    long checkpointBytes,
    double restoreMs) {}
