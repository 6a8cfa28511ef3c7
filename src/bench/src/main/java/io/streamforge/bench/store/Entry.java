package io.streamforge.bench.store;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.ArrayList;
import java.util.List;

/** A contestant on one input, and what its rounds have given so far. */
final class Entry<O> {
  private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

  private final BookKeeping<O> contestant;
  private final StoreInput input;
  private final List<Rate> rates = new ArrayList<>();
  private final List<Checkpoint> checkpoints = new ArrayList<>();
  private RocksDbCounters.Operations operations;
  private long heapBytes;

  Entry(BookKeeping<O> contestant, StoreInput input) {
    this.contestant = contestant;
    this.input = input;
  }

  /** The round that counts operations and heap, and warms up. */
  MidHashes count() throws Exception {
    long heapBefore = usedHeap();
    try (RocksDbCounters counters = new RocksDbCounters();
        Subtask<O> subtask = new Subtask<>(contestant, counters)) {
      StoreRound<O> round = new StoreRound<>(subtask);
      round.fill(input);
      RocksDbCounters.Operations before = counters.operations();
      round.measure(input);
      operations = counters.operations().since(before, input.measured());
      heapBytes = usedHeap() - heapBefore;
      return subtask.mids();
    }
  }

  /** A timed round. */
  MidHashes time() throws Exception {
    MEMORY.gc(); // nobody pays for what another left
    try (Subtask<O> subtask = new Subtask<>(contestant, null)) {
      StoreRound<O> round = new StoreRound<>(subtask);
      round.fill(input);
      rates.add(round.measure(input));
      checkpoints.addAll(round.checkpoints());
      return subtask.mids();
    }
  }

  String name() {
    return contestant.name();
  }

  /** Of the last timed round. */
  Rate rate() {
    return rates.get(rates.size() - 1);
  }

  KeepingFigures figures() {
    return KeepingFigures.of(name(), rates, checkpoints, operations, heapBytes);
  }

  private static long usedHeap() {
    MEMORY.gc();
    MEMORY.gc(); // the first may only have queued what cleaners hold
    return MEMORY.getHeapMemoryUsage().getUsed();
  }
}
