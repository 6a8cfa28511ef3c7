package io.streamforge.bench.store;

/**
 * One checkpoint of one subtask. Times are in nanoseconds.
 *
 * @param prepareNs what the operator does before the barrier is sent on
 * @param syncNs the part of the snapshot that holds up the stream
 * @param asyncNs the part that does not: RocksDB's new files are copied
 * @param newBytes written for this checkpoint
 * @param allBytes of the whole checkpoint, files of earlier ones among them
 */
record Checkpoint(long prepareNs, long syncNs, long asyncNs, long newBytes, long allBytes) {

  /** For how long no message was processed. */
  long pauseNs() {
    return prepareNs + syncNs;
  }
}
