package io.streamforge.bench.latency;

import io.streamforge.testkit.feed.Schedule;
import io.streamforge.time.TimePolicy;
import io.streamforge.topic.RawRecord;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * When each sample is complete: every partition has had a record, be it a heartbeat, that nothing
 * of the sample can follow, and the last of these is the one that completes it. The same rule as
 * the watermarks' of the job, on the times at which records are to be sent.
 */
final class SampleCompletions {
  private final TimePolicy time;
  private final long intervalUs;
  private final long[] samples;
  private final Map<Long, Long> completedUs = new HashMap<>();
  private long sample = Long.MIN_VALUE;

  SampleCompletions(Schedule schedule, TimePolicy time, long intervalUs) {
    this.time = time;
    this.intervalUs = intervalUs;
    this.samples = new long[Schedule.TOPICS.size() * schedule.partitions()];
    Arrays.fill(samples, Long.MIN_VALUE);
    for (RawRecord record : schedule) {
      int topic = Schedule.TOPICS.indexOf(record.topic());
      send(topic * schedule.partitions() + record.partition(), record.receiveTimeUs());
    }
  }

  private void send(int partition, long timeUs) {
    long complete = Math.floorDiv(time.completeUntilUs(timeUs), intervalUs);
    if (complete == samples[partition]) {
      return;
    }
    samples[partition] = complete;
    long all = Arrays.stream(samples).min().orElseThrow();
    if (all > sample && sample > Long.MIN_VALUE) {
      for (long each = sample + 1; each <= all; each++) {
        completedUs.put(each * intervalUs, timeUs);
      }
    }
    sample = all;
  }

  /**
   * The intended send time of the record that completes a sample; none does before the feed's end,
   * or while a partition has none at all.
   */
  OptionalLong completedUs(long sampleUs) {
    Long timeUs = completedUs.get(sampleUs);
    return timeUs == null ? OptionalLong.empty() : OptionalLong.of(timeUs);
  }
}
