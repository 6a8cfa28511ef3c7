package io.streamforge.volatility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The bars of a mid with holes, against bars made from the list of all its steps. */
class MidBarsTest {
  private static final int STEPS = 3;
  private static final int SAMPLES = 700;

  /** Of each sample that has come its steps and the mid as of it. */
  private static final class Market {
    private final NavigableMap<Long, double[]> points = new TreeMap<>();

    /** Of each sample: changes, their squares, changes over five and their squares. */
    private final NavigableMap<Long, double[]> sums = new TreeMap<>();

    private final List<Double> path = new ArrayList<>();

    void add(long sample, double[] steps, double mid) {
      double[] all = Arrays.copyOf(steps, STEPS + 1);
      all[STEPS] = mid;
      if (!points.containsKey(sample - 1)) {
        path.clear();
      }
      points.put(sample, all);
      double[] sum = new double[4];
      for (double point : all) {
        if (Double.isNaN(point)) {
          path.clear();
        } else if (path.isEmpty() || path.get(path.size() - 1) != point) {
          path.add(point);
          addTo(sum, 0, 1);
          addTo(sum, 2, ChangeSquares.LAG);
        }
      }
      sums.put(sample, sum);
    }

    private void addTo(double[] sum, int place, int lag) {
      int newest = path.size() - 1;
      if (newest >= lag) {
        double r = Math.log(path.get(newest) / path.get(newest - lag));
        sum[place]++;
        sum[place + 1] += r * r;
      }
    }

    /** Adds the bar of so many samples, if it exists. */
    void addTo(RangeVolatility.Sums bars, long end, int length) {
      List<Double> within = new ArrayList<>();
      for (long sample = end - length; sample <= end; sample++) {
        double[] all = points.getOrDefault(sample, new double[] {Double.NaN});
        boolean before = sample == end - length;
        for (int i = before ? all.length - 1 : 0; i < all.length; i++) {
          within.add(all[i]);
        }
      }
      if (within.contains(Double.NaN)) {
        return;
      }
      int changes = 0;
      for (int i = 1; i < within.size(); i++) {
        changes += within.get(i).equals(within.get(i - 1)) ? 0 : 1;
      }
      double high = within.stream().max(Double::compare).orElseThrow();
      double low = within.stream().min(Double::compare).orElseThrow();
      bars.add(new Bar(within.get(0), high, low, within.get(within.size() - 1)), changes);
    }

    RangeVolatility ranges(long end, int length) {
      RangeVolatility.Sums bars = new RangeVolatility.Sums();
      for (long last = end - 300 + length; last <= end; last += length) {
        addTo(bars, last, length);
      }
      return bars.of((300 / length + 1) / 2, length);
    }

    double twoScale(long end) {
      double[] all = new double[4];
      for (double[] sum : sums.subMap(end - 300, false, end, true).values()) {
        Arrays.setAll(all, i -> all[i] + sum[i]);
      }
      if (all[0] < 50 || 2 * all[2] < all[0]) {
        return Double.NaN;
      }
      double share = all[2] / 5 / all[0];
      double variance = (all[3] / 5 - share * all[1]) / (1 - share);
      return variance < 0 ? Double.NaN : variance;
    }
  }

  @Property(tries = 100)
  void barsAreOfTheSamplesThatHaveCome(@ForAll Random random) {
    long start = 1_723_161_200L + random.nextInt(10);
    double damage = random.nextInt(3) * 0.002;
    double rest = random.nextBoolean() ? 0.3 : 0.9;
    MidBars bars = new MidBars();
    Market market = new Market();
    double mid = 100;
    for (long sample = start; sample < start + SAMPLES; sample++) {
      if (random.nextDouble() < damage) {
        sample += random.nextInt(12); // up to a whole bar is passed over
      }
      double[] steps = new double[STEPS];
      for (int i = 0; i < STEPS; i++) {
        mid = random.nextDouble() < rest ? mid : mid + (random.nextInt(5) - 2) * 0.01;
        steps[i] = random.nextDouble() < damage ? Double.NaN : mid;
      }
      double last = random.nextDouble() < damage ? Double.NaN : mid;
      bars.add(sample, steps, last);
      market.add(sample, steps, last);
      if (sample % 10 == 0) {
        RangeVolatility ofTen = market.ranges(sample, 10);
        assertThat(bars.ranges()).isEqualTo(ofTen.exists() ? ofTen : market.ranges(sample, 60));
        assertThat(bars.twoScaleVariance()).isCloseTo(market.twoScale(sample), within(1e-12));
      }
    }
  }
}
