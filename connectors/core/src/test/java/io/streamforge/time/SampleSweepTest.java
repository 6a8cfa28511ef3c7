package io.streamforge.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleSweepTest {
  private static final long SAMPLE_US = 1_723_161_256_000_000L;

  private final List<Long> swept = new ArrayList<>();

  @Test
  void theWatermarkOfASampleCompletesIt() {
    SampleSweep.at(SampleSweep.watermarkMs(SAMPLE_US), swept::add);
    assertThat(swept).containsExactly(SAMPLE_US);
  }

  @Test
  void aWatermarkCompletesNoMicrosecondThatIsNotOver() {
    SampleSweep.at(SampleSweep.watermarkMs(SAMPLE_US - 1), swept::add);
    assertThat(swept).containsExactly(SAMPLE_US - 1_000);
  }

  @Test
  void theWatermarkOfASampleIsNotBehindItsRecords() {
    assertThat(SampleSweep.timestampMs(SAMPLE_US)).isEqualTo(SampleSweep.watermarkMs(SAMPLE_US));
    assertThat(SampleSweep.timestampMs(SAMPLE_US)).isEqualTo(1_723_161_255_999L);
  }

  @Test
  void theEndOfAStreamCompletesNothing() {
    SampleSweep.at(Long.MAX_VALUE, swept::add);
    assertThat(swept).isEmpty();
  }
}
