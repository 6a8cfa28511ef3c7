package io.streamforge.graph.returns;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.book.BookStatus;
import io.streamforge.graph.RandomMarket;
import io.streamforge.graph.model.GraphSettings;
import io.streamforge.graph.model.Node;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The rolling sums of all pairs. */
class ReturnWindowTest {
  private static final GraphSettings SETTINGS =
      new GraphSettings("market", 1_000_000, 8, 30, 10, 0, 10_000_000, 0);

  @Property(tries = 60)
  void rollingSumsAreThoseOfTheWindows(@ForAll long seed) {
    RandomMarket market = new RandomMarket(seed);
    ReturnWindow window = new ReturnWindow(market.settings());
    long last = market.timeUs() / market.settings().intervalUs();
    for (int i = 0; i < 400; i++) {
      List<Node> nodes = market.next();
      long sample = market.timeUs() / market.settings().intervalUs();
      int[] slots = window.advance(last, sample, nodes, id -> true, ring -> {});
      last = sample;
      for (int a = 0; a < slots.length; a++) {
        for (int b = 0; b < a; b++) {
          long expected =
              SampleRing.products(
                  window.history(slots[a]).returns(), window.history(slots[b]).returns());
          assertThat(window.covariance().get(slots[a], slots[b])).isEqualTo(expected);
        }
      }
    }
  }

  private static Node node(String id, double logReturn) {
    return new Node(id, BookStatus.LIVE, 1, logReturn, new float[0], List.of());
  }

  /** Every return at the bound, entering and leaving, in both signs. */
  @Test
  void largestReturnsAreExact() {
    ReturnWindow window = new ReturnWindow(SETTINGS);
    List<Node> nodes = List.of(node("a", 9), node("b", -9), node("c", 9));
    int[] slots = {};
    for (long sample = 1; sample <= 700; sample++) {
      slots = window.advance(sample - 1, sample, nodes, id -> true, ring -> {});
      long full = BigInteger.TWO.pow(50).longValueExact() * Math.max(0, Math.min(300, sample - 4));
      assertThat(window.covariance().get(slots[0], slots[1])).isEqualTo(-full);
      assertThat(window.covariance().get(slots[2], slots[0])).isEqualTo(full);
      assertThat(window.history(slots[1]).returns().squares()).isEqualTo(full);
    }
    assertThat(window.clamps()).isEqualTo(3 * (700 + 696));
  }

  /** A market whose symbols come and go for ever needs no more slots than it has at one time. */
  @Test
  void slotsAreReusedAndClean() {
    ReturnWindow window = new ReturnWindow(SETTINGS);
    int highest = 0;
    for (long sample = 1; sample <= 6_000; sample++) {
      long generation = sample / 500;
      List<Node> nodes = new ArrayList<>();
      for (String id : List.of("a", "b", "c")) {
        nodes.add(node(id + generation, (sample * id.charAt(0)) % 5 * 1e-6));
      }
      int[] slots = window.advance(sample - 1, sample, nodes, id -> true, ring -> {});
      highest = Math.max(highest, IntStream.of(slots).max().orElseThrow());
      if (sample % 500 == 4 && generation > 0) {
        assertThat(window.covariance().get(slots[0], slots[1])).isNotZero();
      }
      if (sample % 500 == 3) {
        assertThat(window.covariance().get(slots[0], slots[1])).isZero();
        assertThat(window.covariance().get(slots[0], slots[2])).isZero();
      }
    }
    assertThat(highest).isEqualTo(5);
  }

  /** More than a run of them, some empty, some beyond what doubles hold. */
  @Test
  void sumsMadeAnewAreExact() {
    Random random = new Random(1);
    SampleRing[] windows = new SampleRing[ProductSums.WIDTH + 40];
    for (int slot = 0; slot < windows.length; slot++) {
      windows[slot] = slot % 9 == 4 ? null : new SampleRing(300);
      for (int sample = 0; sample < 300 && windows[slot] != null; sample++) {
        int bound = slot % 5 == 0 ? 2 * FixedPoint.LIMIT : 20_000;
        windows[slot].put(sample, random.nextInt(bound + 1) - bound / 2);
      }
    }
    RollingCovariance covariance = new RollingCovariance();
    covariance.grow(windows.length);
    covariance.rebuild(windows);
    for (int a = 0; a < windows.length; a++) {
      for (int b = 0; b < a; b++) {
        boolean both = windows[a] != null && windows[b] != null;
        assertThat(covariance.get(a, b))
            .isEqualTo(both ? SampleRing.products(windows[a], windows[b]) : 0);
      }
    }
  }
}
