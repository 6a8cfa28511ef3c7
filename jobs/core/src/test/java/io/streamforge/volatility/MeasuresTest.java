package io.streamforge.volatility;

import static io.streamforge.volatility.VolatilityFeature.BIPOWER_VARIATION_1H;
import static io.streamforge.volatility.VolatilityFeature.EWMA_VOLATILITY;
import static io.streamforge.volatility.VolatilityFeature.GARMAN_KLASS_5M;
import static io.streamforge.volatility.VolatilityFeature.JUMP_SHARE_1H;
import static io.streamforge.volatility.VolatilityFeature.MED_RV_1H;
import static io.streamforge.volatility.VolatilityFeature.PARKINSON_5M;
import static io.streamforge.volatility.VolatilityFeature.RETURN_1M_BPS;
import static io.streamforge.volatility.VolatilityFeature.RETURN_5M_BPS;
import static io.streamforge.volatility.VolatilityFeature.ROGERS_SATCHELL_5M;
import static io.streamforge.volatility.VolatilityFeature.TSRV_5M;
import static io.streamforge.volatility.VolatilityFeature.UP_SHARE_5M;
import static io.streamforge.volatility.VolatilityFeature.VARIANCE_RATIO_1H;
import static io.streamforge.volatility.VolatilityFeature.VOLATILITY_24H;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamforge.window.Windows;
import io.streamforge.window.WindowsInMemory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What the measures say of paths whose variance is known. */
class MeasuresTest {
  private static final long START = 1_723_161_600; // a whole hour
  private static final double YEAR = 31_536_000;

  private Volatility volatility = new Volatility();
  private long sample = START - 1;
  private double logMid = Math.log(100);

  private double of(VolatilityFeature feature) {
    return feature.of(volatility);
  }

  private void mid(double mid) {
    volatility.add(++sample, new double[] {mid}, mid);
  }

  /** So many seconds of ten steps each; the number is the deviation of a step. */
  private void diffuse(Random random, int seconds, double step, double noise) {
    for (int i = 0; i < seconds; i++) {
      double[] steps = new double[10];
      for (int s = 0; s < 10; s++) {
        logMid += step * random.nextGaussian();
        steps[s] = Math.exp(logMid + noise * random.nextGaussian());
      }
      volatility.add(++sample, steps, steps[9]);
    }
  }

  private static Volatility copy(Volatility volatility) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    volatility.writeTo(new DataOutputStream(bytes));
    Volatility read = new Volatility();
    WindowsInMemory windows = new WindowsInMemory();
    windows.write(windowsOf(volatility));
    windows.read(windowsOf(read));
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    read.readFrom(in);
    read.measure();
    assertThat(in.available()).isZero();
    return read;
  }

  private static Windows windowsOf(Volatility volatility) {
    Windows windows = new Windows(0);
    volatility.addTo(windows);
    return windows;
  }

  @Test
  void returnsOfMinutesNeedTheMidsAtTheirEndsAlone() {
    mid(100);
    for (int i = 0; i < 59; i++) {
      mid(Double.NaN);
      assertThat(of(RETURN_1M_BPS)).isNaN();
    }
    mid(101);
    assertThat(of(RETURN_1M_BPS)).isEqualTo(1e4 * StrictMath.log(101 / 100.0));
    sample += 239;
    mid(102);
    assertThat(of(RETURN_5M_BPS)).isEqualTo(1e4 * StrictMath.log(102 / 100.0));
    assertThat(of(RETURN_1M_BPS)).isNaN();
    mid(103);
    assertThat(of(RETURN_5M_BPS)).isNaN();
  }

  /** Up by a at once, down by it in two steps: a² of a² + 2(a/2)². */
  @Test
  void theUpShareIsOfTheRises() {
    for (int i = 0; i < 30; i++) {
      mid(Math.exp(new double[] {0, 1e-3, 0.5e-3}[i % 3]));
    }
    assertThat(of(UP_SHARE_5M)).isNaN();
    mid(1);
    assertThat(of(UP_SHARE_5M)).isCloseTo(2 / 3.0, within(1e-9));
    mid(Double.NaN);
    for (int i = 0; i < 301; i++) {
      mid(1);
    }
    assertThat(of(UP_SHARE_5M)).isNaN(); // no return is not 0
  }

  /** S begins with 4·10⁻⁸, and of 60 s later half is left and half is new. */
  @Test
  void theEwmaHalvesInAMinuteAndKeepsOverAHole() {
    mid(1);
    mid(Math.exp(2e-4));
    for (int i = 0; i < 28; i++) {
      mid(Math.exp(2e-4));
      assertThat(of(EWMA_VOLATILITY)).isNaN();
    }
    for (int i = 0; i < 32; i++) {
      mid(Math.exp(2e-4));
    }
    double half = Math.sqrt(2e-8 * YEAR);
    assertThat(of(EWMA_VOLATILITY)).isCloseTo(half, within(1e-9));
    mid(Double.NaN);
    sample += 1000;
    mid(7);
    assertThat(of(EWMA_VOLATILITY)).isCloseTo(half, within(1e-9));
  }

  /** Bins of r, r, …: every estimator of the variance says r² a bin. */
  @Test
  void jumpRobustVariancesOfAnEvenPathAreTheRealized() {
    for (int i = 0; i <= 3600; i++) {
      int bin = Math.floorDiv(i + 9, 10);
      mid(Math.exp(bin % 2 == 0 ? 0 : 1e-3));
    }
    double realized = 360 * 1e-6;
    assertThat(of(BIPOWER_VARIATION_1H)).isCloseTo(Math.PI / 2 * realized, within(1e-13));
    double factor = Math.PI / (6 - 4 * Math.sqrt(3) + Math.PI);
    assertThat(of(MED_RV_1H)).isCloseTo(factor * realized, within(1e-13));
    assertThat(of(JUMP_SHARE_1H)).isZero();
    assertThat(of(VARIANCE_RATIO_1H)).isCloseTo(1, within(1e-9)); // one move a bin
  }

  /** Every third bin lacks a mid: 240 returns, 120 products, which stand for all. */
  @Test
  void aHoleIsNoJump() {
    for (int i = 0; i <= 3600; i++) {
      int bin = Math.floorDiv(i + 9, 10);
      boolean missing = bin % 3 == 0 && i % 10 == 5;
      mid(missing ? Double.NaN : Math.exp(bin % 2 == 0 ? 0 : 1e-3));
    }
    assertThat(of(BIPOWER_VARIATION_1H)).isCloseTo(Math.PI / 2 * 240e-6, within(1e-13));
    assertThat(of(JUMP_SHARE_1H)).isZero();
    assertThat(of(MED_RV_1H)).isNaN(); // no three neighbours
  }

  @Test
  void aPlantedJumpIsAJumpAndADiffusionIsNone() {
    Random random = new Random(5);
    mid(100);
    diffuse(random, 3600, 1e-5, 0);
    double variance = 360 * 1e-8; // 100 steps of 10⁻¹⁰ a bin
    assertThat(of(BIPOWER_VARIATION_1H)).isCloseTo(variance, within(0.25 * variance));
    assertThat(of(MED_RV_1H)).isCloseTo(variance, within(0.25 * variance));
    assertThat(of(JUMP_SHARE_1H)).isLessThan(0.15);
    assertThat(of(VARIANCE_RATIO_1H)).isCloseTo(1, within(0.25));
    logMid += 5e-3; // seven times the variance of the hour
    diffuse(random, 10, 1e-5, 0);
    assertThat(of(JUMP_SHARE_1H)).isBetween(0.8, 0.9);
    assertThat(of(MED_RV_1H)).isCloseTo(variance, within(0.25 * variance));
  }

  /** With noise of three steps RV_1 is twenty times the variance; of two scales it is not. */
  @Test
  void noiseDoesNotReachTheTwoScaleVariance() {
    Random random = new Random(11);
    mid(100);
    diffuse(random, 300, 1e-5, 3e-5);
    assertThat(of(TSRV_5M)).isCloseTo(3000 * 1e-10, within(1.5e-7));
    assertThat(of(VARIANCE_RATIO_1H)).isNaN();
  }

  /** Σ of 1·a² over 1 change and of 25·a² over 5: a steady climb of n changes is n·(5a² − a²/5). */
  @Test
  void twoScaleVarianceByHand() {
    double a = 1e-4;
    for (int i = 0; i <= 50; i++) {
      assertThat(of(TSRV_5M)).isNaN();
      mid(Math.exp(a * i));
    }
    double share = 46 / 5.0 / 50;
    double coarse = 46 * 25 * a * a / 5;
    assertThat(of(TSRV_5M)).isCloseTo((coarse - share * 50 * a * a) / (1 - share), within(1e-17));
    for (int i = 0; i < 301; i++) {
      mid(Math.exp(a * 50)); // no changes
    }
    assertThat(of(TSRV_5M)).isNaN();
  }

  /** Of ten steps a second the range is seen as a discrete walk sees it: a little short. */
  @Test
  void rangesAreOfBarsThatOpenAtTheLastClose() {
    Random random = new Random(13);
    mid(100);
    diffuse(random, 149, 1e-5, 0);
    assertThat(of(PARKINSON_5M)).isNaN();
    diffuse(random, 151, 1e-5, 0);
    double sigma = Math.sqrt(1e-9 * YEAR);
    assertThat(of(PARKINSON_5M)).isCloseTo(sigma, within(0.2 * sigma));
    assertThat(of(GARMAN_KLASS_5M)).isCloseTo(sigma, within(0.2 * sigma));
    assertThat(of(ROGERS_SATCHELL_5M)).isCloseTo(sigma, within(0.2 * sigma));
    double before = of(PARKINSON_5M);
    diffuse(random, 5, 1e-5, 0);
    mid(Double.NaN); // breaks this bar, and the next, which opens at nothing
    diffuse(random, 3, 1e-2, 0);
    sample += 3;
    diffuse(random, 17, 1e-2, 0);
    assertThat(sample % 10).isEqualTo(9);
    assertThat(of(PARKINSON_5M)).isCloseTo(before, within(0.1 * before));
  }

  /** A walk of so many steps in ten seconds, each of one deviation, for five minutes. */
  private double meanOfWalks(VolatilityFeature feature, int stepsABar) {
    Random random = new Random(17);
    double sum = 0;
    int windows = 300;
    for (int window = 0; window < windows; window++) {
      for (int second = 1; second <= 300; second++) {
        boolean moves = (second * stepsABar) % 10 < stepsABar;
        double[] steps = new double[moves ? 1 + (stepsABar - 1) / 10 : 0];
        for (int i = 0; i < steps.length; i++) {
          logMid += 1e-5 * random.nextGaussian();
          steps[i] = Math.exp(logMid);
        }
        volatility.add(++sample, steps, Math.exp(logMid));
      }
      sum += of(feature) * of(feature);
    }
    return Math.sqrt(sum / windows);
  }

  /** Of five changes a bar, uncorrected they would say 76 %, 64 % and 61 % of it. */
  @Test
  void whatFewChangesDoNotShowOfARangeIsMadeUpFor() {
    for (VolatilityFeature feature :
        new VolatilityFeature[] {PARKINSON_5M, GARMAN_KLASS_5M, ROGERS_SATCHELL_5M}) {
      for (int stepsABar : new int[] {2, 5, 6, 20}) { // the first in bars of a minute
        volatility = new Volatility();
        sample = START;
        double sigma = Math.sqrt(stepsABar * 1e-10 / 10 * YEAR);
        assertThat(meanOfWalks(feature, stepsABar))
            .as(feature.key() + " " + stepsABar)
            .isCloseTo(sigma, within(0.02 * sigma));
      }
    }
  }

  /** Up by a, down by 2a, up by a: five changes a minute with the last two. */
  @Test
  void rangesOfMinutesByHand() {
    double a = 1e-4;
    double[] path = {a, -a, 0, a, 0};
    mid(1);
    for (int second = 1; second <= 180; second++) {
      assertThat(of(PARKINSON_5M)).isNaN();
      int step = second % 60 / 10;
      mid(second % 60 == 0 ? Math.exp(path[4]) : step == 0 ? 1 : Math.exp(path[step - 1]));
    }
    double root = Math.sqrt(5);
    double f = 1 - 1.34126 / root + 0.9757 / 5 - 0.2731 / (5 * root);
    double range = 4 * a * a;
    double minutes = YEAR / 60;
    assertThat(of(PARKINSON_5M))
        .isCloseTo(Math.sqrt(range / (4 * Math.log(2)) / f * minutes), within(1e-9));
    double factor = 1 - 2 * Math.log(2) * (1 - f);
    assertThat(of(GARMAN_KLASS_5M))
        .isCloseTo(Math.sqrt(range / 2 / factor * minutes), within(1e-9));
    double ofRogersSatchell = 1 - 1.8593811 / root + 1.1714 / 5 - 0.313 / (5 * root);
    assertThat(of(ROGERS_SATCHELL_5M))
        .isCloseTo(Math.sqrt(2 * a * a / ofRogersSatchell * minutes), within(1e-9));
    for (int i = 0; i < 300; i++) {
      int quarter = i % 60 / 15;
      mid(1 + quarter / 100.0); // four changes a minute
    }
    assertThat(of(PARKINSON_5M)).isNaN();
  }

  /** One bin in three moves: of ten seconds most returns are 0, of a minute each is 2r or r. */
  @Test
  void jumpsAreOfMinutesWhereTenSecondsStandStill() {
    double r = 1e-4;
    mid(1);
    for (int bin = 1; bin <= 180; bin++) {
      int third = bin / 3;
      assertThat(of(BIPOWER_VARIATION_1H)).isNaN();
      for (int i = 1; i <= 10; i++) {
        mid(Math.exp(r * third));
      }
    }
    double realized = 30 * 4 * r * r;
    assertThat(of(BIPOWER_VARIATION_1H)).isCloseTo(Math.PI / 2 * realized, within(1e-13));
    double factor = Math.PI / (6 - 4 * Math.sqrt(3) + Math.PI);
    assertThat(of(MED_RV_1H)).isCloseTo(factor * realized, within(1e-13));
    assertThat(of(JUMP_SHARE_1H)).isZero();
    while (sample < START + 3600) {
      mid(Math.exp(r * 60));
    }
    assertThat(of(JUMP_SHARE_1H)).isNaN();
  }

  /** One bin a minute of twice the return: the day is of the panes of ten minutes. */
  @Test
  void theDayIsTheNewest144TenMinutes() {
    sample = START / 600 * 600 - 1;
    for (int i = 0; i < 43_200; i++) {
      assertThat(of(VOLATILITY_24H)).isNaN();
      bins(i);
    }
    bins(0);
    double sigma = Math.sqrt(1e-6 * YEAR / 10);
    assertThat(of(VOLATILITY_24H)).isCloseTo(sigma, within(1e-9));
    sample += 72_000; // leaves 40 panes of the 72, too few
    bins(0);
    bins(0);
    assertThat(of(VOLATILITY_24H)).isNaN();
  }

  private void bins(int i) {
    mid(sample / 10 % 2 == 0 ? 1 : Math.exp(1e-3 * (i < 0 ? 2 : 1)));
  }

  /**
   * Any path, with holes and missing mids: another unit of price, and storing it, change nothing.
   */
  @Property(tries = 20)
  void aScaleOfPricesChangesNothingNorDoesStoring(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    volatility = new Volatility();
    sample = START;
    Volatility scaled = new Volatility();
    double mid = 100;
    for (int i = 0; i < 4000; i++) {
      sample += random.nextInt(300) == 0 ? 1 + random.nextInt(40) : 1;
      double[] steps = new double[random.nextInt(8)];
      for (int s = 0; s < steps.length; s++) {
        mid += (random.nextInt(5) - 2) / 64.0;
        steps[s] = random.nextInt(2000) == 0 ? Double.NaN : mid;
      }
      boolean none = steps.length > 0 && Double.isNaN(steps[steps.length - 1]);
      double last = none || random.nextInt(500) == 0 ? Double.NaN : mid;
      volatility.add(sample, steps, last);
      double[] doubled = steps.clone();
      for (int s = 0; s < doubled.length; s++) {
        doubled[s] *= 1024;
      }
      scaled.add(sample, doubled, 1024 * last);
      if (i % 50 == 0) {
        scaled = copy(scaled);
      }
      for (VolatilityFeature feature : VolatilityFeature.values()) {
        assertThat((Double) feature.of(scaled))
            .as(feature.key() + " " + i + " " + sample)
            .isEqualTo((Object) of(feature));
      }
    }
    assertThat(of(PARKINSON_5M)).isNotNaN();
    assertThat(of(TSRV_5M)).isNotNaN();
    assertThat(of(BIPOWER_VARIATION_1H)).isNotNaN();
  }
}
