package io.streamforge.bench.throughput.plain;

import java.util.Arrays;

/** The newest receive time of each partition. */
final class PartitionClocks {
  private final long[] newestUs;

  PartitionClocks(int partitions) {
    newestUs = new long[partitions];
    Arrays.fill(newestUs, Long.MIN_VALUE);
  }

  /** Says what a partition has brought; whether that can have moved {@link #slowestUs}. */
  boolean advance(int partition, long receiveTimeUs) {
    long before = newestUs[partition];
    newestUs[partition] = Math.max(before, receiveTimeUs);
    return receiveTimeUs > before;
  }

  /** Every partition has brought what was received before; {@link Long#MIN_VALUE} for nothing. */
  long slowestUs() {
    return Arrays.stream(newestUs).min().orElseThrow();
  }
}
