package io.streamforge.volatility;

import static io.streamforge.volatility.VolatilityFeature.EWMA_VOLATILITY;
import static io.streamforge.volatility.VolatilityFeature.RETURN_BPS;
import static io.streamforge.volatility.VolatilityFeature.VOLATILITY_1H;
import static io.streamforge.volatility.VolatilityFeature.VOLATILITY_1M;
import static io.streamforge.volatility.VolatilityFeature.VOLATILITY_5M;
import static io.streamforge.volatility.VolatilityFeature.ZERO_RETURN_SHARE_5M;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class VolatilityTest {
  private static final long START = 1_723_161_200; // a whole ten seconds
  private static final double YEAR_SECONDS = 365 * 24 * 60 * 60;

  private final Volatility volatility = new Volatility();
  private long sample = START - 1;
  private double base = 100;

  /** Mids of the next samples. */
  private void mids(double... mids) {
    for (double mid : mids) {
      volatility.add(++sample, new double[] {mid}, mid);
    }
  }

  /** So many samples in which the mid goes up and down by one log return. */
  private void swing(int samples, double logReturn) {
    for (int i = 0; i < samples; i++) {
      mids(sample % 2 != 0 ? 100 : 100 * Math.exp(logReturn));
    }
  }

  @Test
  void theFirstReturnDoesNotExist() {
    mids(100);
    assertThat(RETURN_BPS.of(volatility)).isNaN();
    mids(101);
    assertThat(RETURN_BPS.of(volatility)).isEqualTo(1e4 * StrictMath.log(1.01));
  }

  @Test
  void noReturnReachesAcrossAHoleOrAMissingMid() {
    mids(100, 101, Double.NaN);
    assertThat(RETURN_BPS.of(volatility)).isNaN();
    mids(102);
    assertThat(RETURN_BPS.of(volatility)).isNaN();
    mids(103);
    assertThat(RETURN_BPS.of(volatility)).isNotNaN();
    sample++; // a sample that was not published
    mids(104);
    assertThat(RETURN_BPS.of(volatility)).isNaN();
  }

  @Test
  void aWindowNeedsThirtyReturnsAndCountsThoseThatExist() {
    swing(30, 1e-4);
    assertThat(VOLATILITY_1M.of(volatility)).isNaN();
    assertThat(ZERO_RETURN_SHARE_5M.of(volatility)).isNaN();
    swing(1, 1e-4);
    double annualised = 1e-4 * Math.sqrt(YEAR_SECONDS);
    assertThat(VOLATILITY_1M.of(volatility)).isCloseTo(annualised, within(1e-9));
    assertThat(VOLATILITY_5M.of(volatility)).isCloseTo(annualised, within(1e-9));
    assertThat(ZERO_RETURN_SHARE_5M.of(volatility)).isZero();
    sample += 31; // leaves 29 of them, and the return of this sample does not exist
    swing(1, 1e-4);
    assertThat(VOLATILITY_1M.of(volatility)).isNaN();
    assertThat(VOLATILITY_5M.of(volatility)).isCloseTo(annualised, within(1e-9));
  }

  @Test
  void windowsLookBackTheirOwnLength() {
    swing(61, 2e-4);
    swing(60, 1e-4);
    double year = Math.sqrt(YEAR_SECONDS);
    assertThat(VOLATILITY_1M.of(volatility)).isCloseTo(1e-4 * year, within(1e-6));
    assertThat(VOLATILITY_5M.of(volatility)).isCloseTo(Math.sqrt(2.5) * 1e-4 * year, within(1e-6));
  }

  /** One absurd quote: two returns of a second count as ±33.5 %, as do two of ten seconds. */
  @Test
  void aReturnBeyondTheBoundIsClampedAndCountedButPublishedAsItIs() {
    mids(100); // as of a whole ten seconds
    for (int i = 1; i <= 60; i++) {
      mids(i == 30 ? 1e-9 : 100);
      double published = i == 30 ? 1e4 * StrictMath.log(1e-11) : 0;
      assertThat(Math.min(0, RETURN_BPS.of(volatility))).isEqualTo(published);
    }
    double limit = 0.33554432;
    double expected = Math.sqrt(2 * limit * limit / 60 * YEAR_SECONDS);
    assertThat(VOLATILITY_1M.of(volatility)).isCloseTo(expected, within(1e-9));
    assertThat(VOLATILITY_5M.of(volatility)).isCloseTo(expected, within(1e-9));
    double kept = Math.pow(2, -1 / 60.0);
    double recent = (1 - kept) * limit * limit * (Math.pow(kept, 30) + Math.pow(kept, 29));
    assertThat(EWMA_VOLATILITY.of(volatility))
        .isCloseTo(Math.sqrt(recent * YEAR_SECONDS), within(1e-9));
    assertThat(volatility.takeClamps()).isEqualTo(4);
    assertThat(volatility.takeClamps()).isZero();
    while (sample < START + 1800) {
      mids(100);
    }
    double ofTenSeconds = Math.sqrt(2 * limit * limit / 180 * YEAR_SECONDS / 10);
    assertThat(VOLATILITY_1H.of(volatility)).isCloseTo(ofTenSeconds, within(1e-9));
    mids(100 * Math.exp(0.3355), 100);
    assertThat(volatility.takeClamps()).isZero();
  }

  @Test
  void aReturnOfZeroIsAReturn() {
    double[] mids = new double[41];
    for (int i = 0; i < mids.length; i++) {
      mids[i] = i < 31 ? 100 : 100 + i;
    }
    mids(mids);
    assertThat(ZERO_RETURN_SHARE_5M.of(volatility)).isEqualTo(30 / 40.0);
  }

  /** Mids that rise by a fixed return from one whole ten seconds to the next, and jump between. */
  private void risingBins(int bins, double logReturn) {
    for (int bin = 0; bin < bins; bin++) {
      for (int i = 1; i < 10; i++) {
        mids(base * (1 + 1e-3 * (i % 3)));
      }
      base *= Math.exp(logReturn);
      mids(base);
    }
  }

  @Test
  void volatility1hIsOfCompleteTenSecondReturnsAlignedToTheEpoch() {
    mids(100); // as of a whole ten seconds
    risingBins(179, 1e-3);
    assertThat(VOLATILITY_1H.of(volatility)).isNaN();
    risingBins(1, 1e-3);
    double annualised = 1e-3 * Math.sqrt(YEAR_SECONDS / 10);
    assertThat(VOLATILITY_1H.of(volatility)).isCloseTo(annualised, within(1e-9));
    mids(1, 2, 3); // within a bin nothing changes
    assertThat(VOLATILITY_1H.of(volatility)).isCloseTo(annualised, within(1e-9));
  }

  @Test
  void anIncompleteBinDoesNotExist() {
    mids(100);
    risingBins(90, 1e-3);
    mids(1, 2, 3, Double.NaN, 5, 6, 7, 8, 9, 100); // would be one large return
    sample += 25; // two bins passed over, a third begun
    while (sample % 10 != 9) {
      mids(1000);
    }
    mids(base);
    risingBins(89, 1e-3);
    assertThat(VOLATILITY_1H.of(volatility)).isNaN();
    risingBins(1, 1e-3);
    assertThat(VOLATILITY_1H.of(volatility))
        .isCloseTo(1e-3 * Math.sqrt(YEAR_SECONDS / 10), within(1e-9));
  }

  @Test
  void volatility1hForgetsWhatIsOlderThanAnHour() {
    mids(100);
    risingBins(360, 1e-3);
    risingBins(360, 2e-3);
    assertThat(VOLATILITY_1H.of(volatility))
        .isCloseTo(2e-3 * Math.sqrt(YEAR_SECONDS / 10), within(1e-9));
  }
}
