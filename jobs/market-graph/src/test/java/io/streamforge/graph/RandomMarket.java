package io.streamforge.graph;

import io.streamforge.book.BookStatus;
import io.streamforge.graph.filter.EdgeFilter;
import io.streamforge.graph.model.GraphSettings;
import io.streamforge.graph.model.Node;
import io.streamforge.market.InstrumentRegistry;
import io.streamforge.market.InstrumentSpec;
import io.streamforge.market.Utf8Order;
import io.streamforge.mid.MidChange;
import io.streamforge.mid.MidPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/**
 * Samples of a market in which much goes wrong: instruments join, leave and come back, returns are
 * missing, stale, tied or absurd, and nothing at all samples for a while, sometimes for longer than
 * the window. Some graphs have fewer seats than there are instruments.
 */
public final class RandomMarket {
  private static final List<String> IDS =
      List.of("binance:BTCUSDT", "kraken:XBT/USD", "okx:ETH", "okx:\uffee", "okx:😀", "z:A", "z:B");

  private final List<String> ids;
  private final Random random;
  private final GraphSettings settings;
  private final Map<String, Long> changedUs = new HashMap<>();
  private final TreeSet<String> sampling = new TreeSet<>(Utf8Order.INSTANCE);
  private final double missing;
  private final double stale;
  private final double changes;
  private final int style;
  private final double busy;
  private long timeUs;

  public RandomMarket(long seed) {
    this(seed, IDS);
  }

  /** {@code ids} sorted in {@link Utf8Order}. */
  public RandomMarket(long seed, List<String> ids) {
    this.ids = ids;
    random = new Random(seed);
    long intervalUs = List.of(5_000_000L, 2_500_000L, 1_000_000L).get(random.nextInt(3));
    settings =
        new GraphSettings(
            "market",
            intervalUs,
            1 + random.nextInt(3),
            random.nextInt(30),
            random.nextInt(10),
            random.nextBoolean() ? 0 : random.nextDouble() * 3,
            intervalUs * (1 + random.nextInt(12)),
            600_000,
            List.of(EdgeFilter.values()).get(random.nextInt(EdgeFilter.values().length)),
            random.nextDouble() * 0.3,
            random.nextInt(3) > 0 ? GraphSettings.MAX_NODES : 1 + random.nextInt(ids.size()),
            intervalUs,
            listing(ids, random));
    missing = random.nextBoolean() ? 0 : random.nextDouble() * 0.3;
    stale = random.nextDouble() * 0.8;
    changes = random.nextBoolean() ? 0.002 : 0.05;
    style = random.nextInt(3);
    busy = random.nextDouble() * 0.01;
    timeUs = (random.nextInt(2_000) - 1_000) * intervalUs;
    sampling.addAll(ids.subList(0, random.nextInt(ids.size() + 1)));
  }

  /** Those of a graph of so many seats, without a registry. */
  static GraphSettings settings(long intervalUs, int maxNodes) {
    return new GraphSettings(
        "market",
        intervalUs,
        3,
        30,
        10,
        0,
        10 * intervalUs,
        600_000,
        EdgeFilter.MST_KNN,
        0.3,
        maxNodes,
        intervalUs,
        InstrumentRegistry.EMPTY);
  }

  /** One that samples, and no more. */
  static Node node(String id, double logReturn) {
    return new Node(id, BookStatus.LIVE, 100, logReturn, new float[] {0}, List.of());
  }

  /** Some of them, or none. */
  private static InstrumentRegistry listing(List<String> ids, Random random) {
    double listed = random.nextInt(3) * 0.2;
    Map<String, InstrumentSpec> specs = new HashMap<>();
    for (String id : ids) {
      if (random.nextDouble() < listed) {
        specs.put(id, InstrumentSpec.spot(1));
      }
    }
    return new InstrumentRegistry(specs);
  }

  public GraphSettings settings() {
    return settings;
  }

  public long timeUs() {
    return timeUs;
  }

  public Random random() {
    return random;
  }

  /** Moves on, mostly by one interval, and returns the nodes. */
  public List<Node> next() {
    int skipped = random.nextInt(200) == 0 ? random.nextInt(settings.windowSamples() * 3 / 2) : 0;
    timeUs += (1 + skipped) * settings.intervalUs();
    for (String id : ids) {
      if (random.nextDouble() < changes && !sampling.remove(id)) {
        sampling.add(id);
      }
    }
    double common = random.nextGaussian();
    List<Node> nodes = new ArrayList<>();
    for (String id : sampling) {
      double logReturn = logReturn(common);
      boolean live = random.nextInt(10) > 0;
      nodes.add(
          new Node(
              id,
              live ? BookStatus.LIVE : BookStatus.GAP,
              live ? 100 + random.nextGaussian() : Double.NaN,
              logReturn,
              new float[] {(float) logReturn},
              changes(id)));
    }
    return nodes;
  }

  /** One in a step of 100 ms at most, at any rate; some follow nothing at hand. */
  private List<MidChange> changes(String id) {
    double rate = busy * (1 + IDS.indexOf(id));
    List<MidChange> changes = new ArrayList<>();
    for (long us = timeUs - settings.intervalUs(); us < timeUs; us += MidPath.STEP_US) {
      if (random.nextDouble() < rate) {
        long now = us + random.nextInt((int) MidPath.STEP_US);
        long since = changedUs.getOrDefault(id, now - 10_000_000);
        since =
            random.nextInt(20) == 0
                ? now - 1 - random.nextInt((int) Math.min(now - since, 10_000_000))
                : since;
        int heldUs = (int) Math.min(now - since, MidChange.LONGEST_HELD_US);
        changes.add(new MidChange(now, heldUs, change(now - 300_000L * IDS.indexOf(id))));
        changedUs.put(id, now);
      }
    }
    return changes;
  }

  /** Ties, a wave that reaches one instrument after the other, or absurd. */
  private double change(long us) {
    double gaussian = random.nextGaussian();
    return switch (style) {
      case 0 -> (random.nextInt(5) - 2) * 1e-8;
      case 1 -> (2 * Math.sin(us / 7e5) + gaussian) * 1e-4;
      default -> gaussian * 0.3;
    };
  }

  private double logReturn(double common) {
    if (random.nextDouble() < missing) {
      return Double.NaN;
    }
    if (random.nextDouble() < stale) {
      return 0;
    }
    return switch (style) {
      case 0 -> (random.nextInt(3) - 1) * 1e-8;
      case 1 -> (common + random.nextGaussian()) * 1e-4;
      default -> random.nextGaussian() * 0.3;
    };
  }
}
