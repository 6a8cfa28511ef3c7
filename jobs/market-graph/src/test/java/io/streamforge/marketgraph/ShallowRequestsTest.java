package io.streamforge.marketgraph;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.testkit.RecordingFile;
import org.junit.jupiter.api.Test;

/**
 * A fresh snapshot of a liquid perpetual shows ±21 bp of the book, and the price leaves that again
 * and again: asking for another each time would never end.
 */
class ShallowRequestsTest {

  @Test
  void eightMinutesOfAPerpetualTakeOneSnapshotAtMost() throws Exception {
    FaultRun run = FaultRun.of(RecordingFile.records(RecordingFile.path("binance-usdm-btc-eth")));
    assertThat(run.instruments()).contains("binance-usdm:BTCUSDT");
    assertThat(run.resyncs().stream().filter(r -> r.startsWith("binance-usdm:BTCUSDT shallow ")))
        .hasSizeLessThanOrEqualTo(1);
    assertThat(run.feature("binance-usdm:BTCUSDT", 470, "known_depth_bps")).isPositive();
  }
}
