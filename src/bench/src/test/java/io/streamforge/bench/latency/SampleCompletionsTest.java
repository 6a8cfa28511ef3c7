package io.streamforge.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.testkit.feed.Schedule;
import io.streamforge.time.TimePolicy;
import io.streamforge.topic.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Which record completes a sample. */
class SampleCompletionsTest {
  private static final long SECOND = 1_000_000;
  private static final TimePolicy TIME = new TimePolicy(500_000, 10_000_000, 10_000_000, 100_000);

  private static RawRecord message(String topic, long timeUs) {
    byte[] key = "BTCUSDT".getBytes(StandardCharsets.UTF_8);
    return new RawRecord(topic, 0, 0, key, key, "binance-usdm", timeUs);
  }

  private static SampleCompletions completions(boolean heartbeats, int partitions) {
    List<RawRecord> market = new ArrayList<>();
    for (long time = 10 * SECOND; time < 15 * SECOND; time += 70_000) {
      market.add(message("raw-orderbooks", time));
      market.add(message("raw-trades", time + 35_000));
    }
    return new SampleCompletions(
        new Schedule(market.iterator(), partitions, heartbeats), TIME, SECOND);
  }

  @Test
  void withHeartbeatsTheHeartbeatOfTheLastPartition() {
    SampleCompletions completions = completions(true, 4);
    assertThat(completions.completedUs(12 * SECOND)).hasValue(12_600_000);
    assertThat(completions.completedUs(14 * SECOND)).hasValue(14_600_000);
    assertThat(completions.completedUs(15 * SECOND)).isEqualTo(OptionalLong.empty());
  }

  @Test
  void withoutThemTheFirstMessageOfTheLaterTopic() {
    // Order books at 12.590 and 12.660, trades at 12.625.
    assertThat(completions(false, 1).completedUs(12 * SECOND)).hasValue(12_660_000);
  }

  @Test
  void aPartitionWithoutARecordCompletesNothing() {
    assertThat(completions(false, 4).completedUs(12 * SECOND)).isEqualTo(OptionalLong.empty());
  }
}
