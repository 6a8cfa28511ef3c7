package io.streamforge.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SampleWindowTest {

  /** Against a map of all values: steps above 1 leave holes, some values do not exist. */
  @Property(tries = 300)
  void isThePlainListOfTheLastValues(
      @ForAll @Size(max = 80) List<@IntRange(min = -12, max = 40) Integer> steps,
      @ForAll @IntRange(min = 1, max = 20) int capacity,
      @ForAll @IntRange(min = -1000, max = 1000) int start)
      throws IOException {
    SampleWindow window = new SampleWindow(capacity);
    Map<Long, Double> all = new TreeMap<>();
    long index = start;
    for (int step : steps) {
      index += Math.max(1, step - 10); // mostly the next, sometimes beyond the whole window
      double value = step % 5 == 0 ? Double.NaN : step % 3 == 0 ? 0 : step * 0.1;
      window.put(index, value);
      all.put(index, value);
      window = copy(window, capacity);
      for (int length = 1; length <= capacity; length++) {
        compare(window, all, index, length);
      }
    }
  }

  /** Values that seldom change are held otherwise than those that often do, and say the same. */
  @Property(tries = 300)
  void isThePlainListWhateverRepeats(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int capacity) {
    Random random = new Random(seed);
    double[] values = {Double.NaN, 0, 1, 0.1, -0.0};
    SampleWindow window = new SampleWindow(capacity);
    Map<Long, Double> all = new TreeMap<>();
    long index = random.nextInt(100);
    double value = Double.NaN;
    double often = 0;
    for (int step = 0; step < 200; step++) {
      often = random.nextInt(20) == 0 ? random.nextDouble() : often;
      value = random.nextDouble() < often ? values[random.nextInt(values.length)] : value;
      index += random.nextInt(20) == 0 ? random.nextInt(2 * capacity) : 1;
      window.put(index, value);
      all.put(index, value);
      for (int length = 1; length <= capacity; length++) {
        compare(window, all, index, length);
      }
    }
  }

  private static void compare(SampleWindow window, Map<Long, Double> all, long newest, int length) {
    int count = 0;
    int zeros = 0;
    double sum = 0;
    double squares = 0;
    for (long i = newest - length + 1; i <= newest; i++) {
      double value = all.getOrDefault(i, Double.NaN);
      assertThat((Double) window.get((int) (newest - i))).isEqualTo((Object) value);
      if (!Double.isNaN(value)) {
        count++;
        zeros += value == 0 ? 1 : 0;
        sum += value;
        squares += value * value;
      }
    }
    assertThat(window.newest()).isEqualTo(newest);
    assertThat(window.count(length)).isEqualTo(count);
    assertThat(window.countZeros(length)).isEqualTo(zeros);
    assertThat(window.sum(length)).isEqualTo(sum); // to the bit: oldest first
    assertThat(window.sumOfSquares(length)).isEqualTo(squares);
  }

  private static SampleWindow copy(SampleWindow original, int capacity) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    original.write(
        original.newest() - capacity, original.newest() + 1, new DataOutputStream(bytes));
    SampleWindow copy = new SampleWindow(capacity);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    copy.read(original.newest() - capacity, original.newest() + 1, in);
    assertThat(in.available()).isZero();
    return copy;
  }
}
