package io.streamforge.graph.leadlag;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.graph.returns.FixedPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The sums that follow the window, against all pairs of all increments at every sample. */
class HayashiYoshidaPropertyTest {
  private static final long SECOND = 1_000_000;
  private static final long WINDOW = 300 * SECOND;

  /** (startUs, endUs] */
  private record Increment(long startUs, long endUs, int size) {}

  private static final class Path {
    final MidIncrements increments = new MidIncrements();
    final List<Increment> all = new ArrayList<>();
    private final Random random;
    private final double rate;
    private long lastUs;

    Path(Random random, long fromUs) {
      this.random = random;
      this.rate = Math.pow(10, -2 * random.nextDouble());
      this.lastUs = fromUs - 20 * SECOND;
    }

    void advance(long fromUs, long toUs) {
      increments.leave(toUs - WINDOW);
      for (long us = fromUs; us < toUs; us += 100_000) {
        if (random.nextDouble() < rate) {
          long endUs = us + (random.nextBoolean() ? 0 : random.nextInt(100_000));
          boolean begins = random.nextInt(10) == 0;
          long startUs = begins ? endUs - 1 - random.nextInt((int) (endUs - lastUs)) : lastUs;
          int size = random.nextInt(2 * FixedPoint.LIMIT + 1) - FixedPoint.LIMIT;
          increments.enter(endUs, (int) (endUs - startUs), size);
          all.add(new Increment(startUs, endUs, size));
          lastUs = endUs;
        }
      }
      all.removeIf(increment -> increment.endUs() < toUs - WINDOW);
    }
  }

  private static long[] naive(Path source, Path target) {
    long[] sums = new long[HayashiYoshida.shifts()];
    for (int shift = 0; shift < sums.length; shift++) {
      long back = HayashiYoshida.shiftMs(shift) * 1000L;
      for (Increment s : source.all) {
        for (Increment t : target.all) {
          long from = Math.max(s.startUs(), t.startUs() - back);
          long to = Math.min(s.endUs(), t.endUs() - back);
          sums[shift] += from < to ? (long) s.size() * t.size() : 0;
        }
      }
    }
    return sums;
  }

  @Property(tries = 60)
  void sumsAreThoseOverAllPairsThatOverlap(@ForAll long seed) {
    Random random = new Random(seed);
    long now = (random.nextInt(4_000) - 2_000) * SECOND;
    Path source = new Path(random, now);
    Path target = new Path(random, now);
    HayashiYoshida sums = HayashiYoshida.of(source.increments, target.increments);
    for (int sample = 0; sample < 500; sample++) {
      int jump = random.nextInt(100) == 0 ? random.nextInt(400) : 0; // the market was closed
      long from = now + jump * SECOND;
      now = from + SECOND;
      source.advance(from, now);
      target.advance(from, now);
      sums.update(source.increments, target.increments);
      if (sample % 20 == 0 || jump > 0) {
        long[] expected = naive(source, target);
        assertThat(sums.sums()).isEqualTo(expected);
        assertThat(HayashiYoshida.of(source.increments, target.increments).sums())
            .isEqualTo(expected);
        long[] mirrored = HayashiYoshida.of(target.increments, source.increments).sums();
        for (int i = 0; i < mirrored.length; i++) {
          assertThat(mirrored[i]).isEqualTo(expected[mirrored.length - 1 - i]);
        }
      }
    }
    assertThat(source.increments.count()).isEqualTo(source.all.size());
    long squares = source.all.stream().mapToLong(s -> (long) s.size() * s.size()).sum();
    assertThat(source.increments.squares()).isEqualTo(squares);
  }

  /** 6 000 overlaps of the largest increments. */
  @Property(tries = 1)
  void theLargestSumFits() {
    MidIncrements path = new MidIncrements();
    for (int step = 0; step < 3_000; step++) {
      path.enter(step * 100_000L, 100_000, FixedPoint.LIMIT);
    }
    MidIncrements between = new MidIncrements();
    for (int step = 0; step < 3_000; step++) {
      between.enter(step * 100_000L + 50_000, 100_000, -FixedPoint.LIMIT);
    }
    long[] sums = HayashiYoshida.of(path, between).sums();
    assertThat(sums[HayashiYoshida.shifts() / 2]).isEqualTo(-(5_999L << 50));
  }
}
