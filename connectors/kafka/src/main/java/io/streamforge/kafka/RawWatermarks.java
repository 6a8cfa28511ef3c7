package io.streamforge.kafka;

import io.streamforge.time.TimePolicy;
import io.streamforge.topic.RawRecord;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/** Watermarks of raw messages, from when they were received. */
public final class RawWatermarks {
  /** How often partitions say how far they are: seldom enough to cost nothing. */
  private static final Duration ALIGNMENT_INTERVAL = Duration.ofMillis(200);

  private RawWatermarks() {}

  /**
   * Makes the strategy.
   *
   * @param intervalUs between two samples
   * @param idleTimeout after which a partition without a record holds nothing back; 0 for never
   * @param maxDrift how far a partition is read ahead of the slowest
   */
  public static WatermarkStrategy<RawRecord> of(
      TimePolicy time, long intervalUs, Duration idleTimeout, Duration maxDrift) {
    WatermarkStrategy<RawRecord> strategy =
        WatermarkStrategy.<RawRecord>forGenerator(context -> new SampleWatermarks(time, intervalUs))
            .withTimestampAssigner(
                (record, timestamp) -> Math.floorDiv(record.receiveTimeUs(), 1000L))
            .withWatermarkAlignment("raw", maxDrift, ALIGNMENT_INTERVAL);
    return idleTimeout.isZero() ? strategy : strategy.withIdleness(idleTimeout);
  }
}
