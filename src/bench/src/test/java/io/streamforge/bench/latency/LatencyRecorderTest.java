package io.streamforge.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.testkit.feed.Schedule;
import io.streamforge.time.TimePolicy;
import io.streamforge.topic.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What counts as a latency. */
class LatencyRecorderTest {
  private static final long SECOND = 1_000_000;
  private static final TimePolicy TIME = new TimePolicy(500_000, 10_000_000, 10_000_000, 100_000);

  @Test
  void ofTheSamplesThatCountAndNeverNegative() {
    byte[] key = "BTCUSDT".getBytes(StandardCharsets.UTF_8);
    RawRecord message =
        new RawRecord("raw-orderbooks", 0, 0, key, key, "binance-usdm", 11 * SECOND + 100_000);
    Schedule schedule = new Schedule(List.of(message).iterator(), 1, false);
    LatencyRecorder recorder =
        new LatencyRecorder(schedule, TIME, SECOND, 11 * SECOND, 13 * SECOND);

    recorder.graph(11 * SECOND, 20 * SECOND);
    recorder.graph(12 * SECOND, 12 * SECOND + 650_000);
    recorder.graph(13 * SECOND, 12 * SECOND); // a closed loop is ahead of the clock
    recorder.symbol("binance-usdm:BTCUSDT", 12 * SECOND, 11 * SECOND);

    assertThat(Percentiles.of(recorder.graphAge).count()).isEqualTo(2);
    assertThat(Percentiles.of(recorder.graphAge).max()).isBetween(650.0, 651.0);
    assertThat(Percentiles.of(recorder.graphAge).p50()).isZero();
    assertThat(Percentiles.of(recorder.bookMessage).max()).isZero();
  }
}
