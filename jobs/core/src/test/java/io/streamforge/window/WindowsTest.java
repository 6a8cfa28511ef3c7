package io.streamforge.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.section.Section;
import io.streamforge.volatility.MidSeries;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WindowsTest {
  private static final int SAMPLES = Panes.LENGTH;
  private static final long START = 1_723_161_600;
  private static final Section SUMS = Section.of(2, "sums");

  /** Series of several lengths and grids, as an instrument has them. */
  private static final class Series {
    final SampleWindow sums;
    final MidSeries mids;
    final SampleWindow minutes;
    final Windows windows;

    Series(int shorter, int longer, int spread) {
      sums = new SampleWindow(shorter);
      mids = new MidSeries(longer);
      minutes = new SampleWindow(shorter);
      windows = new Windows(spread);
      windows.add(Grid.SAMPLE, Section.of(1, "mids"), mids);
      windows.add(Grid.SAMPLE, SUMS, sums);
      windows.add(Grid.MINUTE, Section.of(1, "minutes"), minutes);
    }

    void put(long index, Random random) {
      double mid = random.nextInt(4) == 0 ? Double.NaN : 100 + random.nextInt(100) / 100.0;
      mids.put(index, mid, random.nextInt(5) != 0);
      sums.put(index, random.nextInt(4) == 0 ? 0 : random.nextGaussian());
      minutes.add(Math.floorDiv(index, 6), random.nextInt(100));
    }

    void isSameAs(Series other) {
      isSame(sums, other.sums);
      isSame(mids.returns(), other.mids.returns());
      isSame(minutes, other.minutes);
      for (int steps = 0; steps < mids.capacity(); steps++) {
        assertThat((Double) mids.logReturn(steps)).isEqualTo((Object) other.mids.logReturn(steps));
      }
    }

    private static void isSame(SampleWindow one, SampleWindow other) {
      assertThat(one.newest()).isEqualTo(other.newest());
      for (int age = 0; age < one.capacity(); age++) {
        assertThat((Double) one.get(age)).isEqualTo((Object) other.get(age));
      }
    }
  }

  /** Against series that are never stored: holes short and long, panes put early and late. */
  @Property(tries = 300)
  void areReadAsTheyWereWritten(
      @ForAll @IntRange(min = 1, max = 40) int shorter,
      @ForAll @IntRange(min = 1, max = 120) int more,
      @ForAll int spread,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    int longer = shorter + more;
    Series kept = new Series(shorter, longer, spread);
    Series stored = new Series(shorter, longer, spread);
    WindowsInMemory store = new WindowsInMemory();
    long index = START + random.nextInt(1000);
    for (int i = 0; i < 200; i++) {
      index += random.nextInt(20) != 0 ? 1 : 1 + random.nextInt(2 * longer);
      long draws = random.nextLong();
      kept.put(index, new Random(draws));
      stored.put(index, new Random(draws));
      if (random.nextInt(3) != 0) {
        stored.windows.putEndedPanes(store);
      }
      if (random.nextInt(10) == 0) {
        store.write(stored.windows);
        stored = new Series(shorter, longer, spread);
        store.read(stored.windows);
      }
      stored.isSameAs(kept);
    }
  }

  @Test
  void aPaneIsPutOnceAndRemovedWhenNoWindowReachesIt() throws IOException {
    WindowsInMemory store = new WindowsInMemory();
    SampleWindow window = new SampleWindow(4 * SAMPLES);
    Windows windows = new Windows(0);
    windows.add(Grid.SAMPLE, SUMS, window);
    for (int i = 0; i < 100 * SAMPLES; i++) {
      window.put(START / SAMPLES * SAMPLES + i, i);
      store.write(windows);
      assertThat(store.puts).isEqualTo(i / SAMPLES);
    }
    assertThat(store.panes).hasSize(4);
  }

  @Test
  void ofALongHoleNoMorePanesArePutThanAWindowReaches() throws IOException {
    WindowsInMemory store = new WindowsInMemory();
    SampleWindow window = new SampleWindow(4 * SAMPLES);
    Windows windows = new Windows(0);
    windows.add(Grid.SAMPLE, SUMS, window);
    window.put(START, 1);
    window.put(START + 1_000_000, 1);
    store.write(windows);
    assertThat(store.puts).isEqualTo(4);
  }

  @Test
  void instrumentsPutTheirPanesAtDifferentSamples() {
    int[] ended = new int[SAMPLES];
    for (int spread = -SAMPLES; spread < SAMPLES; spread++) {
      SampleWindow window = new SampleWindow(SAMPLES);
      Windows windows = new Windows(spread);
      windows.add(Grid.SAMPLE, SUMS, window);
      int samples = 0;
      for (; !windows.haveEndedPanes(); samples++) {
        window.put(START + samples, 1);
      }
      ended[samples % SAMPLES]++;
    }
    assertThat(ended).containsOnly(2);
  }

  /** Those of before a long silence are in the store, and count for nothing. */
  @Test
  void windowsThatBeginAnewDoNotReadWhatWasPutBefore() throws IOException {
    WindowsInMemory store = new WindowsInMemory();
    Series before = new Series(60, 300, 0);
    for (int i = 0; i < 300; i++) {
      before.put(START + i, new Random(i));
      store.write(before.windows);
    }
    Series anew = new Series(60, 300, 0);
    Series read = new Series(60, 300, 0);
    store.write(anew.windows);
    store.read(read.windows);
    read.isSameAs(anew);
    for (int i = 0; i < 40; i++) {
      anew.put(START + 400 + i, new Random(i));
    }
    store.write(anew.windows);
    store.read(read.windows);
    read.isSameAs(anew);
  }

  @Test
  void aPaneOfAnotherVersionIsRefused() throws IOException {
    WindowsInMemory store = new WindowsInMemory();
    Series series = new Series(60, 300, 0);
    for (int i = 0; i < 40; i++) {
      series.put(START + i, new Random(i));
    }
    store.write(series.windows);
    for (byte[] pane : List.copyOf(store.panes.values())) {
      pane[0] = 2;
    }
    assertThatThrownBy(() -> store.read(new Series(60, 300, 0).windows))
        .isInstanceOf(IOException.class)
        .hasMessage("a pane of windows has version 2, this StreamForge reads 1");
  }
}
