package io.streamforge.kafka;

import io.streamforge.time.SampleGrid;
import io.streamforge.time.TimePolicy;
import io.streamforge.topic.RawRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The offsets of a topic's records that count in samples which are not complete, and how far each
 * partition has come. A record costs a comparison or two; only a new sample or partition allocates.
 */
final class OpenSamples {
  private final TimePolicy time;
  private final long intervalUs;

  /** Of the subtasks before, whose partitions may be others. */
  private final List<PartitionSample> restored = new ArrayList<>();

  /** In order of time. */
  private final List<Offsets> samples = new ArrayList<>();

  /** Where the record before this one counted. */
  private Offsets current;

  private String topic;

  /** By partition: the newest receive time, and the sample that was said to be complete. */
  private long[] newestUs = {};

  private long[] saidUs = {};

  OpenSamples(TimePolicy time, long intervalUs) {
    this.time = time;
    this.intervalUs = intervalUs;
  }

  /** Takes back what {@link #all} has said. */
  void restore(PartitionSample sample) {
    restored.add(sample);
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
    long timeUs = SampleGrid.after(effectiveTimeUs, intervalUs);
    if (current == null || current.timeUs != timeUs) {
      current = at(timeUs);
    }
    current.add(record.partition(), record.offset());
  }

  private Offsets at(long timeUs) {
    int after = samples.size();
    while (after > 0 && samples.get(after - 1).timeUs > timeUs) {
      after--;
    }
    if (after == 0 || samples.get(after - 1).timeUs < timeUs) {
      samples.add(after++, new Offsets(timeUs));
    }
    return samples.get(after - 1);
  }

  /**
   * Hands over the samples up to a time, and how far partitions have come since it was said last.
   */
  void takeUntil(long untilUs, Consumer<PartitionSample> out) {
    restored.removeIf(
        sample -> {
          boolean taken = sample.timeUs() <= untilUs;
          if (taken) {
            out.accept(sample);
          }
          return taken;
        });
    while (!samples.isEmpty() && samples.get(0).timeUs <= untilUs) {
      tell(
          samples.remove(0),
          sample -> {
            out.accept(sample);
            saidUs[sample.partition()] = sample.completeUs();
          });
    }
    current = null;
    for (int partition = 0; partition < newestUs.length; partition++) {
      long completeUs = completeUs(partition);
      if (completeUs > saidUs[partition]) {
        long none = PartitionSample.NONE;
        out.accept(new PartitionSample(topic, partition, completeUs, none, none, completeUs));
        saidUs[partition] = completeUs;
      }
    }
  }

  /** All that was not taken. */
  List<PartitionSample> all() {
    List<PartitionSample> all = new ArrayList<>(restored);
    samples.forEach(sample -> tell(sample, all::add));
    return all;
  }

  private void tell(Offsets sample, Consumer<PartitionSample> out) {
    for (int partition = 0; partition < sample.first.length; partition++) {
      long first = sample.first[partition];
      if (first != PartitionSample.NONE) {
        long last = sample.last[partition];
        long completeUs = completeUs(partition);
        out.accept(new PartitionSample(topic, partition, sample.timeUs, first, last, completeUs));
      }
    }
  }

  /** As its watermark says it. */
  private long completeUs(int partition) {
    long newest = newestUs[partition];
    return newest == RawRecord.NO_TIME
        ? Long.MIN_VALUE
        : SampleGrid.until(time.completeUntilUs(newest), intervalUs);
  }

  private static long[] grow(long[] values, int length, long fill) {
    long[] grown = Arrays.copyOf(values, length);
    Arrays.fill(grown, values.length, length, fill);
    return grown;
  }

  /** The first and the last offset of each partition for one sample. */
  private static final class Offsets {
    final long timeUs;
    long[] first = {};
    long[] last = {};

    Offsets(long timeUs) {
      this.timeUs = timeUs;
    }

    void add(int partition, long offset) {
      if (partition >= first.length) {
        first = grow(first, partition + 1, PartitionSample.NONE);
        last = grow(last, partition + 1, PartitionSample.NONE);
      }
      if (first[partition] == PartitionSample.NONE) { // offsets of a partition rise
        first[partition] = offset;
      }
      last[partition] = offset;
    }
  }
}
