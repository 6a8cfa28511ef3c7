package io.streamforge.bench.store;

import io.streamforge.bench.experiment.Distribution;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What was measured of one contestant over one input. Times are in milliseconds, sizes in bytes.
 *
 * @param messagesPerSecond of the timed rounds
 * @param operations of RocksDB, a message
 * @param pauses at barriers, {@code prepare} and {@code sync} together
 * @param newBytes written for a checkpoint
 * @param allBytes of the last checkpoint as a whole
 * @param heapBytes that the contestant's subtask holds on the heap when all messages are in
 */
record KeepingFigures(
    String name,
    Rate.Spread messagesPerSecond,
    RocksDbCounters.Operations operations,
    Distribution pauses,
    Distribution prepare,
    Distribution sync,
    Distribution async,
    Distribution newBytes,
    long allBytes,
    long heapBytes) {

  static KeepingFigures of(
      String name,
      List<Rate> rates,
      List<Checkpoint> checkpoints,
      RocksDbCounters.Operations operations,
      long heapBytes) {
    return new KeepingFigures(
        name,
        Rate.Spread.of(rates),
        operations,
        of(checkpoints, c -> c.pauseNs() / 1e6),
        of(checkpoints, c -> c.prepareNs() / 1e6),
        of(checkpoints, c -> c.syncNs() / 1e6),
        of(checkpoints, c -> c.asyncNs() / 1e6),
        of(checkpoints, Checkpoint::newBytes),
        checkpoints.get(checkpoints.size() - 1).allBytes(),
        heapBytes);
  }

  private static Distribution of(List<Checkpoint> checkpoints, ToDoubleFunction<Checkpoint> value) {
    return Distribution.of(checkpoints.stream().mapToDouble(value));
  }
}
