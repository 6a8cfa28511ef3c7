package io.streamforge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.time.TimePolicy;
import io.streamforge.topic.RawRecord;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

class SampleWatermarksTest {
  private static final long T = 1_723_161_256_000_000L;
  private static final long DELAY = 600_000;

  private final TimePolicy time = new TimePolicy(500_000, 10_000_000, 10_000_000, 100_000);
  private SampleWatermarks watermarks = new SampleWatermarks(time, 1_000_000);
  private Emitted emitted = new Emitted();

  private static final class Emitted implements WatermarkOutput {
    private final List<Long> timestamps = new ArrayList<>();

    @Override
    public void emitWatermark(Watermark watermark) {
      timestamps.add(watermark.getTimestamp());
    }

    @Override
    public void markIdle() {
      throw new AssertionError();
    }

    @Override
    public void markActive() {
      throw new AssertionError();
    }
  }

  @Test
  void emitsWhenASampleIsCrossedAndOnlyThen() {
    receive(T + DELAY - 1);
    assertThat(emitted.timestamps).containsExactly(T / 1000 - 2);
    receive(T + DELAY);
    assertThat(emitted.timestamps).containsExactly(T / 1000 - 2, T / 1000 - 1);
    receive(T + DELAY + 999_999);
    assertThat(emitted.timestamps).hasSize(2);
    receive(T + DELAY + 1_234_567);
    assertThat(emitted.timestamps).last().isEqualTo(T / 1000 + 1_234 - 1);
    receive(T + DELAY + 10_000_000);
    assertThat(emitted.timestamps).hasSize(4).last().isEqualTo(T / 1000 + 10_000 - 1);
  }

  @Test
  void disorderAndRecordsWithoutTimeMoveNothing() {
    receive(RawRecord.NO_TIME);
    assertThat(emitted.timestamps).isEmpty();
    receive(T + DELAY);
    receive(T + DELAY - 5_000_000);
    receive(T + DELAY);
    receive(RawRecord.NO_TIME);
    watermarks.onPeriodicEmit(emitted);
    assertThat(emitted.timestamps).containsExactly(T / 1000 - 1);
  }

  @Property
  void completesEverySampleAtOnceAndNoneTooEarly(
      @ForAll @Size(max = 60) List<@LongRange(max = 5_000_000) Long> received) {
    watermarks = new SampleWatermarks(time, 1_000_000);
    emitted = new Emitted();
    long newest = Long.MIN_VALUE;
    long watermark = Long.MIN_VALUE;
    for (long offset : received) {
      int before = emitted.timestamps.size();
      receive(T + offset);
      newest = Math.max(newest, T + offset);
      long completeUs = newest - DELAY;
      long lastOfSampleMs = Math.floorDiv(completeUs, 1_000_000) * 1_000 - 1;
      boolean crossed = watermark < lastOfSampleMs;
      assertThat(emitted.timestamps).hasSize(before + (crossed ? 1 : 0));
      if (crossed) {
        watermark = emitted.timestamps.get(before);
        // A sample's records carry T − 1 ms: what is still to come must be later than the
        // watermark.
        assertThat(watermark).isBetween(lastOfSampleMs, Math.floorDiv(completeUs, 1_000) - 1);
      }
    }
  }

  private void receive(long receiveTimeUs) {
    RawRecord record =
        new RawRecord("raw-trades", 0, 0, null, new byte[] {'x'}, "v", receiveTimeUs);
    watermarks.onEvent(record, 0, emitted);
  }
}
