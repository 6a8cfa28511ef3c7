package io.streamforge.bench.latency;

import io.streamforge.kafka.RawRecord;
import io.streamforge.market.TimePolicy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * When each tick is complete: every partition has had a record, be it a heartbeat, that nothing of
 * the tick can follow, and the last of these is the one that completes it. The same rule as the
 * watermarks' of the job, on the times at which records are to be sent.
 */
final class TickCompletions {
  private final TimePolicy time;
  private final long intervalUs;
  private final long[] ticks;
  private final Map<Long, Long> completedUs = new HashMap<>();
  private long tick = Long.MIN_VALUE;

  TickCompletions(Schedule schedule, TimePolicy time, long intervalUs) {
    this.time = time;
    this.intervalUs = intervalUs;
    this.ticks = new long[Schedule.TOPICS.size() * schedule.partitions()];
    Arrays.fill(ticks, Long.MIN_VALUE);
    for (RawRecord record : schedule) {
      int topic = Schedule.TOPICS.indexOf(record.topic());
      send(topic * schedule.partitions() + record.partition(), record.receiveTimeUs());
    }
  }

  private void send(int partition, long timeUs) {
    long complete = Math.floorDiv(time.completeUntilUs(timeUs), intervalUs);
    if (complete == ticks[partition]) {
      return;
    }
    ticks[partition] = complete;
    long all = Arrays.stream(ticks).min().orElseThrow();
    if (all > tick && tick > Long.MIN_VALUE) {
      for (long each = tick + 1; each <= all; each++) {
        completedUs.put(each * intervalUs, timeUs);
      }
    }
    tick = all;
  }

  /**
   * The intended send time of the record that completes a tick; none does before the feed's end, or
   * while a partition has none at all.
   */
  OptionalLong completedUs(long tickUs) {
    Long timeUs = completedUs.get(tickUs);
    return timeUs == null ? OptionalLong.empty() : OptionalLong.of(timeUs);
  }
}
