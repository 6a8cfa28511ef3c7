package io.streamforge.graph.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A ring against a map of all that was put in. */
class SampleRingTest {

  private static final class Both {
    final int span;
    final SampleRing ring;
    final NavigableMap<Long, Integer> all = new TreeMap<>();

    Both(int span) {
      this.span = span;
      this.ring = new SampleRing(span);
    }

    void step(long sample, Integer value) {
      Integer old = all.get(sample - span);
      assertThat(ring.drop(sample)).isEqualTo(old == null ? 0 : old);
      if (value != null) {
        ring.put(sample, value);
        all.put(sample, value);
      }
    }

    NavigableMap<Long, Integer> window(long sample) {
      return new TreeMap<>(all.subMap(sample - span, false, sample, true));
    }
  }

  @Property(tries = 200)
  void sumsAndCountsAreThoseOfTheWindow(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 140) int span,
      @ForAll @IntRange(min = -300, max = 0) int start) {
    Random random = new Random(seed);
    Both a = new Both(span);
    Both b = new Both(span);
    int presence = random.nextInt(5);
    for (long sample = start; sample < start + 3L * span; sample++) {
      a.step(sample, value(random, presence));
      b.step(sample, value(random, presence));
      check(a, b, sample);
    }
  }

  private static Integer value(Random random, int presence) {
    boolean exists = random.nextInt(5) <= presence;
    boolean moves = random.nextBoolean();
    int value = random.nextInt(2 * FixedPoint.LIMIT + 1) - FixedPoint.LIMIT;
    return exists ? moves ? value : 0 : null;
  }

  private static void check(Both a, Both b, long sample) {
    NavigableMap<Long, Integer> left = a.window(sample);
    NavigableMap<Long, Integer> right = b.window(sample);
    left.keySet().retainAll(right.keySet());
    BigInteger products = BigInteger.ZERO;
    BigInteger squares = BigInteger.ZERO;
    int moves = 0;
    for (long common : left.keySet()) {
      BigInteger x = BigInteger.valueOf(left.get(common));
      BigInteger y = BigInteger.valueOf(right.get(common));
      products = products.add(x.multiply(y));
      squares = squares.add(x.multiply(x));
      moves += x.multiply(y).signum() != 0 ? 1 : 0;
    }
    assertThat(SampleRing.observations(a.ring, b.ring)).isEqualTo(left.size());
    assertThat(SampleRing.moves(a.ring, b.ring)).isEqualTo(moves);
    assertThat(SampleRing.products(a.ring, b.ring)).isEqualTo(products.longValueExact());
    assertThat(a.ring.squaresAlongside(b.ring)).isEqualTo(squares.longValueExact());
    CommonSquares common = new CommonSquares(new SampleRing[] {a.ring, null, b.ring});
    assertThat(common.alongside(0, 2)).isEqualTo(squares.longValueExact());
    long[] below = new long[2];
    common.alongside(2, below);
    assertThat(below).containsExactly(squares.longValueExact(), 0);
    double squaredProducts = 0;
    double[] inOrder = new double[3 + a.span];
    SampleRing.copyProducts(a.ring, b.ring, sample, inOrder, 3);
    for (int i = 0; i < a.span; i++) {
      long at = sample - a.span + 1 + i;
      double product = left.containsKey(at) ? (double) left.get(at) * right.get(at) : 0;
      assertThat(inOrder[3 + i] + 0.0).isEqualTo(product + 0.0);
      squaredProducts += product * product;
    }
    SquaredProducts all = new SquaredProducts(new SampleRing[] {b.ring, a.ring, b.ring});
    assertThat(all.get(0, 1)).isCloseTo(squaredProducts, within(1e-12 * squaredProducts));
    assertThat(all.get(2, 1)).isCloseTo(squaredProducts, within(1e-12 * squaredProducts));
    assertThat(a.ring.isWithin(b.ring)).isEqualTo(left.size() == a.window(sample).size());
  }

  /** The longest window that settings allow, at the bound of its returns. */
  @Test
  void longestWindowOfTheLargestReturnsDoesNotOverflow() {
    int span = 7_200; // products of 2^50: what a long can sum
    SampleRing up = new SampleRing(span);
    SampleRing down = new SampleRing(span);
    for (int sample = 0; sample < span; sample++) {
      up.put(sample, FixedPoint.LIMIT);
      down.put(sample, -FixedPoint.LIMIT);
    }
    BigInteger sum = BigInteger.TWO.pow(50).multiply(BigInteger.valueOf(span));
    assertThat(BigInteger.valueOf(up.squares())).isEqualTo(sum);
    assertThat(BigInteger.valueOf(SampleRing.products(up, down))).isEqualTo(sum.negate());
  }
}
