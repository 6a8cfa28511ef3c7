package io.streamforge.bench.scale;

import io.streamforge.bench.throughput.InputTopics;
import io.streamforge.bench.throughput.MarketInput;
import io.streamforge.settings.SettingKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.CoreOptions;

/**
 * A market and a Flink that differ in one thing from the rest: a market of {@value #SYMBOLS}
 * symbols, books of 1 000 levels a side, parallelism 1, a checkpoint each 10 s.
 *
 * @param varied what differs
 * @param value of that
 * @param flink Flink's configuration, as far as it differs
 */
record ScalePoint(String varied, String value, MarketInput input, Map<String, String> flink) {
  private static final int SYMBOLS = 200;
  private static final String NONE = "1 d"; // the job takes checkpoints where nothing is said
  private static final int HOTTEST_RATE = 5_000;

  /**
   * All that are measured, by what differs.
   *
   * @param warmUp messages before those that count
   * @param messages that count
   */
  static List<ScalePoint> all(int warmUp, int messages) {
    List<ScalePoint> points = new ArrayList<>();
    for (int symbols : new int[] {10, 100, 1_000, 4_000}) {
      MarketInput market = new MarketInput("generated-" + symbols, warmUp, messages);
      points.add(new ScalePoint("symbols", String.valueOf(symbols), market, Map.of()));
    }
    for (int levels : new int[] {20, 200, 1_000, 5_000}) {
      MarketInput market =
          new MarketInput("generated-%dx%d".formatted(SYMBOLS, levels), warmUp, messages);
      points.add(new ScalePoint("levels a side", String.valueOf(levels), market, Map.of()));
    }
    MarketInput market = new MarketInput("generated-" + SYMBOLS, warmUp, messages);
    for (String parallelism : new String[] {"1", "2"}) {
      Map<String, String> flink = Map.of(CoreOptions.DEFAULT_PARALLELISM.key(), parallelism);
      points.add(new ScalePoint("parallelism", parallelism, market, flink));
    }
    for (String interval : new String[] {NONE, "10 s", "1 s"}) {
      Map<String, String> flink =
          Map.of(CheckpointingOptions.CHECKPOINTING_INTERVAL.key(), interval);
      String value = interval.equals(NONE) ? "none" : "each " + interval;
      points.add(new ScalePoint("checkpoints", value, market, flink));
    }
    MarketInput hottest = new MarketInput("generated-1@" + HOTTEST_RATE, warmUp, messages);
    String value = "%,d a second and symbol".formatted(HOTTEST_RATE);
    points.add(new ScalePoint("one symbol alone", value, hottest, Map.of()));
    return points;
  }

  /** Of the job and of Flink, that differ from the defaults. */
  Map<String, String> settings() {
    Map<String, String> all = new HashMap<>(flink);
    InputTopics.SETTINGS.forEach((key, setting) -> all.put(SettingKey.PREFIX + key, setting));
    return all;
  }
}
