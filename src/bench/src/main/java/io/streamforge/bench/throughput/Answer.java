package io.streamforge.bench.throughput;

/**
 * What came out of a contestant.
 *
 * @param symbols how many records of single symbols
 * @param graphs how many graphs
 * @param hash of all of them, whatever their order
 */
public record Answer(long symbols, long graphs, long hash) {

  Answer plusSymbol(long recordHash) {
    return new Answer(symbols + 1, graphs, hash + recordHash);
  }

  Answer plusGraph(long recordHash) {
    return new Answer(symbols, graphs + 1, hash + recordHash);
  }

  static final Answer NOTHING = new Answer(0, 0, 0);
}
