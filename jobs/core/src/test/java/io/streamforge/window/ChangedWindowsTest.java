package io.streamforge.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.section.Section;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What one version stored and another reads: series come and go, become longer and shorter. */
class ChangedWindowsTest {
  private static final long START = 1_723_161_600;
  private static final int IDS = 5;
  private static final int LONGEST = 120;

  /** A version of the program: how long the window of each series is that it has. */
  private record Version(Map<Integer, Integer> lengths) {
    static Version random(Random random) {
      Map<Integer, Integer> lengths = new TreeMap<>();
      for (int id = 1; id <= IDS; id++) {
        if (random.nextInt(3) > 0) {
          lengths.put(id, 1 + random.nextInt(random.nextBoolean() ? 20 : LONGEST));
        }
      }
      return new Version(lengths);
    }

    int ring() {
      int longest = lengths.values().stream().mapToInt(length -> length).max().orElse(1);
      return (longest - 1 + Panes.LENGTH - 1) / Panes.LENGTH;
    }
  }

  /** The windows of a version. */
  private static final class Series {
    final Map<Integer, SampleWindow> windows = new TreeMap<>();
    final Windows all;

    Series(Version version, int spread) {
      all = new Windows(spread);
      version.lengths.forEach(
          (id, length) -> {
            SampleWindow window = new SampleWindow(length);
            windows.put(id, window);
            all.add(Grid.SAMPLE, Section.of(id, "series " + id), window);
          });
    }
  }

  /** The value of a series at an index, the same whoever asks; some do not exist. */
  private static double value(int id, long index) {
    long hash = ((index * IDS + id) * 0x9E3779B97F4A7C15L) >>> 40;
    return hash % 5 == 0 ? Double.NaN : (double) (hash % 1000) / 100;
  }

  /**
   * Against what was put: a value that the version before still had is there; one that it had not
   * is there or does not exist, and so for a series that is new; and what no window reaches leaves
   * the store.
   */
  @Property(tries = 100)
  void whatWasThereGoesOnUnchanged(@ForAll long seed, @ForAll int spread) throws IOException {
    Random random = new Random(seed);
    WindowsInMemory store = new WindowsInMemory();
    long index = START + random.nextInt(1000);
    Map<Integer, Long> knownFrom = new TreeMap<>();
    Set<Long> passed = new HashSet<>();
    Series series = null;
    for (int restarts = 0; restarts < 4; restarts++) {
      Version version = Version.random(random);
      Series restored = new Series(version, spread);
      if (series != null) {
        store.write(series.all);
        store.readChanged(restored.all);
        forget(knownFrom, series, version, index);
      }
      series = restored;
      compare(series, knownFrom, passed, index);
      int steps = random.nextInt(2 * LONGEST);
      for (int step = 0; step < steps; step++) {
        index += random.nextInt(20) != 0 ? 1 : 1 + random.nextInt(50);
        passed.add(index);
        for (Map.Entry<Integer, SampleWindow> each : series.windows.entrySet()) {
          each.getValue().put(index, value(each.getKey(), index));
          knownFrom.putIfAbsent(each.getKey(), index);
        }
        if (random.nextInt(3) != 0) {
          series.all.putEndedPanes(store);
          assertThat(series.all.haveEndedPanes()).isFalse();
        }
        compare(series, knownFrom, passed, index);
      }
      if (steps > Panes.LENGTH) { // a pane has ended since
        series.all.putEndedPanes(store);
        assertThat(store.panes).hasSizeLessThanOrEqualTo(version.ring());
      }
    }
  }

  /** Of a series that is gone nothing is known any more, of another what its window held. */
  private static void forget(
      Map<Integer, Long> knownFrom, Series before, Version after, long newest) {
    knownFrom.keySet().retainAll(after.lengths.keySet());
    before.windows.forEach(
        (id, window) ->
            knownFrom.computeIfPresent(
                id, (same, from) -> Math.max(from, newest - window.capacity() + 1)));
    knownFrom.keySet().retainAll(before.windows.keySet());
  }

  private static void compare(
      Series series, Map<Integer, Long> knownFrom, Set<Long> passed, long newest) {
    series.windows.forEach(
        (id, window) -> {
          for (long at = newest; at > newest - window.capacity(); at--) {
            double put = passed.contains(at) ? value(id, at) : Double.NaN;
            double found = window.newest() == newest ? window.at(at) : Double.NaN;
            if (at >= knownFrom.getOrDefault(id, Long.MAX_VALUE) || !Double.isNaN(found)) {
              assertThat((Double) found).as("series %d at %d", id, at).isEqualTo((Object) put);
            }
          }
        });
  }

  private static Series of(int id, int length) {
    return new Series(new Version(Map.of(id, length)), 0);
  }

  private static void put(Series series, int id, long from, long to) {
    for (long index = from; index < to; index++) {
      series.windows.get(id).put(index, (double) index);
    }
  }

  /** A longer window finds what panes still hold, and does not exist before. */
  @Test
  void aLongerWindowBeginsWithWhatTheShorterHeld() throws IOException {
    WindowsInMemory store = new WindowsInMemory();
    Series before = of(1, 20);
    put(before, 1, START, START + 100);
    store.write(before.all);
    Series after = of(1, 60);
    store.readChanged(after.all);
    SampleWindow window = after.windows.get(1);
    assertThat(window.newest()).isEqualTo(START + 99);
    assertThat(window.count(20)).isEqualTo(20);
    assertThat(window.get(19)).isEqualTo(START + 80);
    assertThat(window.count(60)).isLessThan(60);
    put(after, 1, START + 100, START + 160);
    assertThat(window.count(60)).isEqualTo(60);
  }

  @Test
  void ofAShorterWindowTheOldPanesLeaveTheStore() throws IOException {
    WindowsInMemory store = new WindowsInMemory();
    Series before = of(1, 10 * Panes.LENGTH);
    put(before, 1, START, START + 100 * Panes.LENGTH);
    store.write(before.all);
    assertThat(store.panes).hasSize(10);
    Series after = of(1, 2 * Panes.LENGTH);
    store.readChanged(after.all);
    put(after, 1, START + 100 * Panes.LENGTH, START + 101 * Panes.LENGTH);
    store.write(after.all);
    assertThat(store.panes).hasSize(2);
  }

  @Test
  void theLastSeriesOfAGridLeavesNothingInTheStore() throws IOException {
    WindowsInMemory store = new WindowsInMemory();
    Series before = of(1, 10 * Panes.LENGTH);
    put(before, 1, START, START + 100 * Panes.LENGTH);
    store.write(before.all);
    Series after = of(2, 5);
    store.readChanged(after.all);
    assertThat(after.all.haveEndedPanes()).isTrue();
    after.all.putEndedPanes(store);
    assertThat(store.panes).isEmpty();
    assertThat(after.windows.get(2).newest()).isEqualTo(Long.MIN_VALUE);
    put(after, 2, START + 2000, START + 2003);
    store.write(after.all);
    Series read = of(2, 5);
    store.read(read.all);
    assertThat(read.windows.get(2).count(5)).isEqualTo(3);
  }

  /** After a long silence the grid's numbers may begin again with 0. */
  @Test
  void seriesThatBeginAnewLeaveNothingOfThoseBefore() throws IOException {
    WindowsInMemory store = new WindowsInMemory();
    Windows windows = new Windows(0);
    SampleWindow before = new SampleWindow(100);
    windows.add(Grid.VOLUME_BUCKET, Section.of(1, "buckets"), before);
    for (int bucket = 0; bucket < 1000; bucket++) {
      before.put(bucket, bucket);
    }
    store.write(windows);
    assertThat(store.panes).hasSize(7);
    windows.beginAnew();
    SampleWindow after = new SampleWindow(100);
    windows.add(Grid.VOLUME_BUCKET, Section.of(1, "buckets"), after);
    assertThat(windows.haveEndedPanes()).isTrue();
    store.write(windows);
    assertThat(store.panes).isEmpty();
    for (int bucket = 0; bucket < 40; bucket++) {
      after.put(bucket, -bucket);
    }
    store.write(windows);
    assertThat(store.panes).hasSize(2);
    Windows read = new Windows(0);
    SampleWindow same = new SampleWindow(100);
    read.add(Grid.VOLUME_BUCKET, Section.of(1, "buckets"), same);
    store.read(read);
    assertThat(same.newest()).isEqualTo(39);
    assertThat(same.sum(100)).isEqualTo(-780);
  }

  @Test
  void whatWasNotPutIsNotWrittenAsIfItWere() {
    Series series = of(1, 100);
    put(series, 1, START, START + 100);
    assertThatThrownBy(() -> series.all.writeTo(null))
        .hasMessage("panes of grid SAMPLE have ended and are not put");
  }

  @Test
  void twoSeriesOfOneIdAreRefused() {
    Windows windows = new Windows(0);
    windows.add(Grid.SAMPLE, Section.of(1, "one"), new SampleWindow(1));
    windows.add(Grid.MINUTE, Section.of(1, "another grid's"), new SampleWindow(1));
    assertThatThrownBy(() -> windows.add(Grid.SAMPLE, Section.of(1, "two"), new SampleWindow(1)))
        .hasMessage("one and two on grid SAMPLE have one id, 1: each series needs its own");
  }
}
