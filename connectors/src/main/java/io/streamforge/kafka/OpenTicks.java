package io.streamforge.kafka;

import io.streamforge.market.Ticks;
import io.streamforge.market.TimePolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The offsets of a topic's records that count in ticks which are not complete, and how far each
 * partition has come. A record costs a comparison or two; only a new tick or partition allocates.
 */
final class OpenTicks {
  private final TimePolicy time;
  private final long intervalUs;

  /** Of the subtasks before, whose partitions may be others. */
  private final List<PartitionTick> restored = new ArrayList<>();

  /** In order of time. */
  private final List<Offsets> ticks = new ArrayList<>();

  /** Where the record before this one counted. */
  private Offsets current;

  private String topic;

  /** By partition: the newest receive time, and the tick that was said to be complete. */
  private long[] newestUs = {};

  private long[] saidUs = {};

  OpenTicks(TimePolicy time, long intervalUs) {
    this.time = time;
    this.intervalUs = intervalUs;
  }

  /** Takes back what {@link #all} has said. */
  void restore(PartitionTick tick) {
    restored.add(tick);
  }

  /** A record has come, which may be a heartbeat or unreadable. */
  void receive(RawRecord record) {
    topic = record.topic();
    int partition = record.partition();
    if (partition >= newestUs.length) {
      newestUs = grow(newestUs, partition + 1, RawRecord.NO_TIME);
      saidUs = grow(saidUs, partition + 1, Long.MIN_VALUE);
    }
    newestUs[partition] = Math.max(newestUs[partition], record.receiveTimeUs());
  }

  /** Something of the record counts at a time. */
  void count(RawRecord record, long effectiveTimeUs) {
    long timeUs = Ticks.after(effectiveTimeUs, intervalUs);
    if (current == null || current.timeUs != timeUs) {
      current = at(timeUs);
    }
    current.add(record.partition(), record.offset());
  }

  private Offsets at(long timeUs) {
    int after = ticks.size();
    while (after > 0 && ticks.get(after - 1).timeUs > timeUs) {
      after--;
    }
    if (after == 0 || ticks.get(after - 1).timeUs < timeUs) {
      ticks.add(after++, new Offsets(timeUs));
    }
    return ticks.get(after - 1);
  }

  /** Hands over the ticks up to a time, and how far partitions have come since it was said last. */
  void takeUntil(long untilUs, Consumer<PartitionTick> out) {
    restored.removeIf(
        tick -> {
          boolean taken = tick.timeUs() <= untilUs;
          if (taken) {
            out.accept(tick);
          }
          return taken;
        });
    while (!ticks.isEmpty() && ticks.get(0).timeUs <= untilUs) {
      tell(
          ticks.remove(0),
          tick -> {
            out.accept(tick);
            saidUs[tick.partition()] = tick.completeUs();
          });
    }
    current = null;
    for (int partition = 0; partition < newestUs.length; partition++) {
      long completeUs = completeUs(partition);
      if (completeUs > saidUs[partition]) {
        long none = PartitionTick.NONE;
        out.accept(new PartitionTick(topic, partition, completeUs, none, none, completeUs));
        saidUs[partition] = completeUs;
      }
    }
  }

  /** All that was not taken. */
  List<PartitionTick> all() {
    List<PartitionTick> all = new ArrayList<>(restored);
    ticks.forEach(tick -> tell(tick, all::add));
    return all;
  }

  private void tell(Offsets tick, Consumer<PartitionTick> out) {
    for (int partition = 0; partition < tick.first.length; partition++) {
      long first = tick.first[partition];
      if (first != PartitionTick.NONE) {
        long last = tick.last[partition];
        long completeUs = completeUs(partition);
        out.accept(new PartitionTick(topic, partition, tick.timeUs, first, last, completeUs));
      }
    }
  }

  /** As its watermark says it. */
  private long completeUs(int partition) {
    long newest = newestUs[partition];
    return newest == RawRecord.NO_TIME
        ? Long.MIN_VALUE
        : Ticks.until(time.completeUntilUs(newest), intervalUs);
  }

  private static long[] grow(long[] values, int length, long fill) {
    long[] grown = Arrays.copyOf(values, length);
    Arrays.fill(grown, values.length, length, fill);
    return grown;
  }

  /** The first and the last offset of each partition for one tick. */
  private static final class Offsets {
    final long timeUs;
    long[] first = {};
    long[] last = {};

    Offsets(long timeUs) {
      this.timeUs = timeUs;
    }

    void add(int partition, long offset) {
      if (partition >= first.length) {
        first = grow(first, partition + 1, PartitionTick.NONE);
        last = grow(last, partition + 1, PartitionTick.NONE);
      }
      if (first[partition] == PartitionTick.NONE) { // offsets of a partition rise
        first[partition] = offset;
      }
      last[partition] = offset;
    }
  }
}
