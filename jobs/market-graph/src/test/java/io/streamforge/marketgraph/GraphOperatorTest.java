package io.streamforge.marketgraph;

import static io.streamforge.testkit.Updates.START_US;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.book.BookStatus;
import io.streamforge.graph.filter.EdgeFilter;
import io.streamforge.graph.model.GraphSettings;
import io.streamforge.instrument.NodeFeatures;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.kafka.PartitionSample;
import io.streamforge.market.Instrument;
import io.streamforge.market.InstrumentRegistry;
import io.streamforge.marketgraph.SubtaskHarness.Saved;
import io.streamforge.mid.MidChange;
import io.streamforge.topic.OutputRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.junit.jupiter.api.Test;

class GraphOperatorTest {
  private static final GraphSettings SETTINGS =
      new GraphSettings("market", 1_000_000, 2, 3, 1, 0, 5_000_000, 600_000);

  private static SymbolSample sample(int second, String symbol, double logReturn) {
    return sample("acme", second, symbol, logReturn);
  }

  private static SymbolSample sample(String venue, int second, String symbol, double logReturn) {
    return sample(venue, second, symbol, logReturn, BookStatus.LIVE);
  }

  private static SymbolSample sample(
      String venue, int second, String symbol, double logReturn, BookStatus status) {
    double[] features = new double[NodeFeatures.NAMES.size()];
    Arrays.setAll(features, i -> second + i * 0.5);
    return new SymbolSample(
        new Instrument(venue, symbol),
        START_US + second * 1_000_000L,
        status,
        7,
        100,
        logReturn,
        features,
        Double.isNaN(logReturn)
            ? List.of()
            : List.of(
                new MidChange(
                    START_US + second * 1_000_000L - 1 - symbol.charAt(0), 900_000, logReturn)));
  }

  private static void completeUntil(int second, SubtaskHarness<SymbolSample, OutputRecord> operator)
      throws Exception {
    operator.completeUntil(START_US + second * 1_000_000L);
  }

  private static List<String> times(List<OutputRecord> records) {
    return records.stream().map(GraphOperatorTest::text).map(t -> part(t, "time_us")).toList();
  }

  private static String text(OutputRecord record) {
    return new String(record.value(), StandardCharsets.UTF_8);
  }

  /** The value of a field, as far as the next field. */
  private static String part(String json, String name) {
    int from = json.indexOf("\"" + name + "\":") + name.length() + 3;
    return json.substring(from, json.indexOf(",\"", from));
  }

  @Test
  void severalSamplesMayWaitForOneWatermark() throws Exception {
    try (var operator = SubtaskHarness.graph(SETTINGS, Saved.NOTHING)) {
      operator.process(sample(2, "B", 0));
      operator.process(sample(1, "B", 0));
      operator.process(sample(3, "A", 0));
      operator.process(sample(1, "A", 0));
      completeUntil(2, operator);
      List<Object> all = operator.takeAll();
      assertThat(all).hasSize(3);
      for (int i = 0; i < 2; i++) {
        StreamRecord<?> record = (StreamRecord<?>) all.get(i);
        OutputRecord graph = (OutputRecord) record.getValue();
        long timeUs = START_US + (i + 1) * 1_000_000L;
        assertThat(record.getTimestamp()).isEqualTo(timeUs / 1000 - 1);
        assertThat(graph.timestampMs()).isEqualTo(timeUs / 1000);
        assertThat(new String(graph.key(), StandardCharsets.UTF_8)).isEqualTo("market");
        assertThat(graph.headers())
            .containsOnly(
                Map.entry("input_offsets", ""),
                Map.entry("idle_partitions", "raw-orderbooks/0,raw-orderbooks/1,raw-trades/0"));
        assertThat(part(text(graph), "time_us")).isEqualTo(Long.toString(timeUs));
        assertThat(text(graph))
            .contains(
                i == 0 ? "\"node_ids\":[\"acme:A\",\"acme:B\"]" : "\"node_ids\":[\"acme:B\"]");
      }
      assertThat(all.get(2)).isInstanceOf(Watermark.class);
    }
  }

  @Test
  void theFinalWatermarkPublishesNothing() throws Exception {
    try (var operator = SubtaskHarness.graph(SETTINGS, Saved.NOTHING)) {
      operator.process(sample(1, "A", 0));
      operator.watermark(Long.MAX_VALUE);
      assertThat(operator.takeAll()).containsExactly(Watermark.MAX_WATERMARK);
    }
  }

  /** Where a partition was idle the rule of the watermark may break; the job must not. */
  @Test
  void aSampleOfAGraphThatIsOutIsCountedAndLeftOut() throws Exception {
    try (var operator = SubtaskHarness.graph(SETTINGS, Saved.NOTHING)) {
      operator.process(sample(2, "A", 0));
      completeUntil(2, operator);
      operator.take();
      operator.process(sample(2, "B", 0));
      operator.process(sample(1, "B", 0));
      operator.process(sample(3, "B", 0));
      completeUntil(3, operator);
      assertThat(times(operator.take())).containsExactly(Long.toString(START_US + 3 * 1_000_000L));
      assertThat(operator.counter("samples_behind_watermark")).isEqualTo(2);
    }
  }

  @Test
  void keepsAHeaderTwoPagesASymbolAndWhatWaits() throws Exception {
    try (var operator = SubtaskHarness.graph(SETTINGS, Saved.NOTHING)) {
      operator.flush();
      assertThat(operator.stateEntries()).isZero();
      for (String symbol : List.of("A", "B", "C")) {
        operator.process(sample(1, symbol, 0));
        operator.process(sample(2, symbol, 0));
      }
      operator.flush();
      assertThat(operator.stateEntries()).isEqualTo(2); // header, waiting
      completeUntil(1, operator);
      operator.flush();
      assertThat(operator.stateEntries()).isEqualTo(8);
      completeUntil(2, operator);
      operator.flush();
      assertThat(operator.stateEntries()).isEqualTo(7); // nothing waits
      assertThat(operator.timers()).isZero();
    }
  }

  /** Samples in any order before their watermark, crashes anywhere: the same bytes. */
  @Property(tries = 8, shrinking = ShrinkingMode.OFF)
  void crashesDoNotChangeABit(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    List<List<SymbolSample>> seconds = new ArrayList<>();
    for (int second = 0; second < 60; second++) {
      List<SymbolSample> samples = new ArrayList<>();
      for (String symbol : List.of("A", "B", "C", "D", "E")) {
        double r = random.nextInt(10) == 0 ? Double.NaN : random.nextGaussian() * 1e-4;
        if (random.nextInt(40) > 0) {
          samples.add(sample(second, symbol, r));
        }
      }
      seconds.add(samples);
    }
    GraphSettings settings = random.nextBoolean() ? SETTINGS : withSeats(3);
    Map<String, String> expected = run(settings, seconds, new Random(0), 0);
    assertThat(expected).hasSize(60);
    assertThat(expected.values()).anyMatch(graph -> !part(graph, "num_edges").equals("0"));
    assertThat(run(settings, seconds, random, 3)).isEqualTo(expected);
  }

  private static Map<String, String> run(
      GraphSettings settings, List<List<SymbolSample>> seconds, Random random, int crashes)
      throws Exception {
    Map<String, String> published = new TreeMap<>();
    Saved saved = Saved.NOTHING;
    int savedSecond = 0;
    int left = crashes;
    SubtaskHarness<SymbolSample, OutputRecord> operator = SubtaskHarness.graph(settings, saved);
    try {
      for (int second = 0; second < seconds.size(); ) {
        int ahead = Math.min(seconds.size(), second + 1 + random.nextInt(3));
        List<SymbolSample> samples = new ArrayList<>();
        seconds.subList(second, ahead).forEach(samples::addAll);
        Collections.shuffle(samples, random);
        for (SymbolSample sample : samples) {
          operator.process(sample);
        }
        second = ahead;
        if (left > 0 && random.nextInt(8) == 0) { // before the watermark: all of them wait
          saved = Saved.of(List.of(operator));
          savedSecond = second;
        }
        completeUntil(second - 1, operator);
        for (OutputRecord record : operator.take()) {
          String before = published.put(part(text(record), "time_us"), text(record));
          assertThat(before).isIn(null, text(record));
        }
        if (left > 0 && random.nextInt(15) == 0) {
          left--;
          operator.close();
          operator = SubtaskHarness.graph(settings, saved);
          second = savedSecond;
          completeUntil(second - 1, operator); // as the sources do before they go on
          for (OutputRecord record : operator.take()) {
            assertThat(published).containsValue(text(record));
          }
        }
      }
      return published;
    } finally {
      operator.close();
    }
  }

  private static PartitionSample offsets(
      String topic, int partition, int second, long first, long last, int completeSecond) {
    return new PartitionSample(topic, partition, us(second), first, last, us(completeSecond));
  }

  private static PartitionSample complete(String topic, int partition, int second) {
    return offsets(topic, partition, second, PartitionSample.NONE, PartitionSample.NONE, second);
  }

  private static long us(int second) {
    return START_US + second * 1_000_000L;
  }

  private static List<String> trail(List<OutputRecord> graphs) {
    return graphs.stream()
        .map(
            graph ->
                graph.headers().get("input_offsets") + " " + graph.headers().get("idle_partitions"))
        .toList();
  }

  @Test
  void aGraphNamesItsRecordsAndThePartitionsItDidNotWaitFor() throws Exception {
    try (var operator = SubtaskHarness.graph(SETTINGS, Saved.NOTHING)) {
      for (int second = 1; second <= 4; second++) {
        operator.process(sample(second, "A", 0));
      }
      operator.hear(offsets("raw-trades", 0, 1, 7, 9, 0));
      operator.hear(offsets("raw-orderbooks", 10, 1, 120, 180, 3)); // one that was added
      operator.hear(offsets("raw-orderbooks", 0, 1, 6, 6, 1));
      operator.hear(offsets("raw-trades", 0, 1, 5, 7, 0)); // of a subtask that had it before
      operator.hear(offsets("raw-trades", 0, 2, 8, 11, 2)); // they may overlap
      operator.hear(complete("raw-orderbooks", 0, 3));
      operator.hear(complete("raw-trades", 0, 0)); // is old
      completeUntil(1, operator);
      completeUntil(3, operator);
      operator.hear(offsets("raw-orderbooks", 0, 2, 12, 13, 3)); // after its graph
      operator.hear(offsets("raw-orderbooks", 0, 4, 14, 14, 3));
      completeUntil(4, operator);
      assertThat(trail(operator.take()))
          .containsExactly(
              "raw-orderbooks/0:6-6,raw-orderbooks/10:120-180,raw-trades/0:5-9 raw-orderbooks/1",
              "raw-trades/0:8-11 raw-orderbooks/1",
              " raw-orderbooks/1,raw-trades/0",
              "raw-orderbooks/0:12-14 raw-orderbooks/0,raw-orderbooks/1,raw-orderbooks/10,raw-trades/0");
    }
  }

  @Test
  void aGraphOfSeveralSamplesNamesTheRecordsOfAll() throws Exception {
    try (var operator = SubtaskHarness.graph(everyFiveSeconds(), Saved.NOTHING)) {
      int first = (int) (5 - START_US / 1_000_000 % 5);
      for (int second = first; second <= first + 10; second++) {
        operator.process(sample(second, "A", 0));
        operator.hear(offsets("raw-trades", 0, second, second, second, second));
        completeUntil(second, operator);
      }
      assertThat(trail(operator.take()).stream().map(t -> t.substring(0, t.indexOf(' '))))
          .containsExactly(
              "raw-trades/0:%d-%d".formatted(first, first),
              "raw-trades/0:%d-%d".formatted(first + 1, first + 5),
              "raw-trades/0:%d-%d".formatted(first + 6, first + 10));
    }
  }

  /** While no partition has anything no sample is complete, whatever the first input says. */
  @Test
  void aPauseOfAllPartitionsLetsNoGraphOut() throws Exception {
    try (var operator = SubtaskHarness.graph(SETTINGS, Saved.NOTHING)) {
      operator.process(sample(1, "A", 0));
      operator.statusOfPartitions(WatermarkStatus.IDLE);
      operator.completeUntil(us(1), 1);
      assertThat(operator.takeAll()).isEmpty();
      operator.hear(offsets("raw-trades", 0, 1, 7, 9, 1));
      operator.completeUntil(us(1), 2);
      assertThat(trail(operator.take()))
          .containsExactly("raw-trades/0:7-9 raw-orderbooks/0,raw-orderbooks/1");
    }
  }

  /** Also of a sample that comes too late after the crash. */
  @Test
  void theTrailIsTheSameAfterACrashInEverySubtask() throws Exception {
    Saved saved;
    try (var operator = SubtaskHarness.graphs(SETTINGS, Saved.NOTHING, 1, 0)) {
      for (String venue : List.of("gemini", "coinbase")) {
        operator.process(sample(venue, 1, "A", 0));
        operator.process(sample(venue, 2, "A", 0));
      }
      for (String venue : List.of("okx", "bitget")) { // have no graph yet
        operator.process(sample(venue, 2, "A", 0));
      }
      operator.hear(offsets("raw-trades", 0, 1, 1, 6, 1));
      operator.hear(offsets("raw-trades", 0, 2, 7, 9, 2));
      operator.hear(complete("raw-orderbooks", 1, 2));
      operator.hear(complete("no-longer-read", 0, 1));
      completeUntil(1, operator);
      saved = Saved.of(List.of(operator));
    }
    List<String> trails = new ArrayList<>();
    for (int index = 0; index < 2; index++) {
      try (var operator = SubtaskHarness.graphs(SETTINGS, saved, 2, index)) {
        operator.hear(offsets("raw-orderbooks", 1, 1, 5, 5, 2));
        completeUntil(2, operator);
        List<String> own = trail(operator.take());
        assertThat(own).isNotEmpty();
        trails.addAll(own);
      }
    }
    assertThat(trails)
        .hasSize(4)
        .containsOnly("raw-orderbooks/1:5-5,raw-trades/0:7-9 raw-orderbooks/0");
  }

  private static List<String> keysAndTimes(List<OutputRecord> records) {
    return records.stream()
        .map(r -> new String(r.key(), StandardCharsets.UTF_8) + " " + part(text(r), "time_us"))
        .toList();
  }

  private static String at(int second) {
    return " " + (START_US + second * 1_000_000L);
  }

  /** Those of all its graphs, of the newest time. */
  @Test
  void showsHowLargeItsNewestGraphsAre() throws Exception {
    try (var operator = SubtaskHarness.graphs(SETTINGS, Saved.NOTHING, 1, 0)) {
      assertThat(sizes(operator)).containsExactly(0L, 0L, 0L);
      for (int second = 1; second <= 60; second++) {
        operator.process(sample("acme", second, "A", second * 1e-5));
        operator.process(sample("acme", second, "B", second * second * 1e-6));
        operator.process(sample("acme", second, "C", Double.NaN, BookStatus.GAP));
        operator.process(sample("other", second, "A", 0));
      }
      completeUntil(60, operator);
      assertThat(sizes(operator)).containsExactly(4L, 3L, 1L);
      operator.process(sample("other", 61, "A", 0));
      completeUntil(61, operator);
      assertThat(sizes(operator)).containsExactly(1L, 1L, 0L);
    }
  }

  private static List<Object> sizes(SubtaskHarness<SymbolSample, OutputRecord> operator) {
    return Stream.of("graph_nodes", "graph_live_nodes", "graph_edges")
        .map(operator::gauge)
        .toList();
  }

  @Test
  void severalGraphsGoByTimeAndThenByName() throws Exception {
    try (var operator = SubtaskHarness.graphs(SETTINGS, Saved.NOTHING, 1, 0)) {
      operator.process(sample("okx", 1, "A", 0));
      operator.process(sample("okx", 2, "A", 0));
      operator.process(sample("gemini", 2, "A", 0));
      operator.process(sample("gemini", 1, "A", 0));
      operator.process(sample("kraken", 2, "A", 0));
      completeUntil(3, operator);
      assertThat(keysAndTimes(operator.take()))
          .containsExactly(
              "gemini" + at(1), "okx" + at(1), "gemini" + at(2), "kraken" + at(2), "okx" + at(2));
    }
  }

  private static GraphSettings everyFiveSeconds() {
    return settings(3, 5_000_000);
  }

  private static GraphSettings withSeats(int maxNodes) {
    return settings(maxNodes, 1_000_000);
  }

  private static GraphSettings settings(int maxNodes, long publishIntervalUs) {
    return new GraphSettings(
        "market",
        1_000_000,
        2,
        3,
        1,
        0,
        5_000_000,
        600_000,
        EdgeFilter.MST_KNN,
        0.5,
        maxNodes,
        publishIntervalUs,
        InstrumentRegistry.EMPTY);
  }

  @Test
  void whoHasNoSeatIsShownAndNamed() throws Exception {
    try (var operator = SubtaskHarness.graphs(withSeats(2), Saved.NOTHING, 1, 0)) {
      for (String symbol : List.of("A", "B", "C", "D")) {
        operator.process(sample("okx", 1, symbol, 0));
      }
      for (String symbol : List.of("A", "B", "C")) {
        operator.process(sample("gemini", 1, symbol, 0));
      }
      completeUntil(1, operator);
      assertThat(operator.gauge("graph_nodes_refused")).isEqualTo(3L);
      assertThat(operator.take())
          .extracting(GraphOperatorTest::text)
          .satisfiesExactly(
              gemini ->
                  assertThat(gemini)
                      .contains("\"num_nodes_left_out\":1,\"nodes_left_out\":[\"gemini:C\"]"),
              okx ->
                  assertThat(okx)
                      .contains("\"num_nodes\":2,\"node_ids\":[\"okx:A\",\"okx:B\"],")
                      .contains("\"nodes_left_out\":[\"okx:C\",\"okx:D\"]"));
    }
  }

  /** Venues that somebody made up do not stay. */
  @Test
  void aGraphIsForgottenADayAfterItsLastSample() throws Exception {
    try (var operator = SubtaskHarness.graphs(SETTINGS, Saved.NOTHING, 1, 0);
        var alone = SubtaskHarness.graphs(SETTINGS, Saved.NOTHING, 1, 0)) {
      operator.process(sample("made-up", 1, "A", 0));
      for (int second : new int[] {1, 90_001, 90_002}) {
        for (var each : List.of(operator, alone)) {
          each.process(sample("okx", second, "A", 0));
          completeUntil(second, each);
          each.flush();
        }
        boolean forgotten = operator.stateEntries() == alone.stateEntries();
        assertThat(forgotten).as("at %d", second).isEqualTo(second == 90_002);
      }
      operator.take();
      operator.process(sample("made-up", 90_003, "B", 0));
      completeUntil(90_003, operator);
      assertThat(operator.take())
          .extracting(GraphOperatorTest::text)
          .singleElement()
          .satisfies(graph -> assertThat(graph).contains("\"node_ids\":[\"made-up:B\"]"));
    }
  }

  @Test
  void onlyMultiplesOfThePublishIntervalArePublished() throws Exception {
    Map<String, String> expected = new TreeMap<>();
    Map<String, String> published = new TreeMap<>();
    try (var all = SubtaskHarness.graph(SETTINGS, Saved.NOTHING);
        var some = SubtaskHarness.graph(everyFiveSeconds(), Saved.NOTHING)) {
      Random random = new Random(1);
      for (int second = 0; second < 40; second++) {
        for (String symbol : List.of("A", "B", "C")) {
          SymbolSample sample = sample(second, symbol, random.nextGaussian() * 1e-4);
          all.process(sample);
          some.process(sample);
        }
        completeUntil(second, all);
        completeUntil(second, some);
        some.take().forEach(r -> published.put(part(text(r), "time_us"), text(r)));
        long timeUs = START_US + second * 1_000_000L;
        for (OutputRecord record : all.take()) {
          if (timeUs % 5_000_000 == 0) {
            String everyFifth =
                text(record)
                    .replace("\"publish_interval_us\":1000000", "\"publish_interval_us\":5000000");
            expected.put(part(everyFifth, "time_us"), everyFifth);
          }
        }
      }
    }
    assertThat(published).hasSize(8).isEqualTo(expected);
    assertThat(published.values()).anyMatch(graph -> !part(graph, "num_edges").equals("0"));
  }

  /** One subtask with all graphs, then two which share them: each graph says what it says alone. */
  @Test
  void graphsMayMoveToAnotherSubtask() throws Exception {
    List<String> venues = List.of("gemini", "kraken", "okx", "coinbase");
    Map<String, String> expected = new TreeMap<>();
    Map<String, String> published = new TreeMap<>();
    Random random = new Random(7);
    List<List<SymbolSample>> seconds = new ArrayList<>();
    for (int second = 0; second < 60; second++) {
      List<SymbolSample> samples = new ArrayList<>();
      for (String venue : venues) {
        for (String symbol : List.of("A", "B", "C")) {
          if (random.nextInt(20) > 0) { // nodes come and go, of one graph at a time
            samples.add(sample(venue, second, symbol, random.nextGaussian() * 1e-4));
          }
        }
      }
      seconds.add(samples);
    }
    for (String venue : venues) {
      List<List<SymbolSample>> own =
          seconds.stream()
              .map(all -> all.stream().filter(t -> t.instrument().venue().equals(venue)).toList())
              .toList();
      try (var alone = SubtaskHarness.graphs(SETTINGS, Saved.NOTHING, 1, 0)) {
        play(List.of(alone), own, 0, 60, expected);
      }
    }
    Saved saved;
    try (var all = SubtaskHarness.graphs(SETTINGS, Saved.NOTHING, 1, 0)) {
      play(List.of(all), seconds, 0, 33, published);
      saved = Saved.of(List.of(all));
    }
    try (var first = SubtaskHarness.graphs(SETTINGS, saved, 2, 0);
        var second = SubtaskHarness.graphs(SETTINGS, saved, 2, 1)) {
      play(List.of(first, second), seconds, 33, 47, published);
      saved = Saved.of(List.of(first, second));
    }
    try (var all = SubtaskHarness.graphs(SETTINGS, saved, 1, 0)) {
      play(List.of(all), seconds, 47, 60, published);
    }
    assertThat(published).isEqualTo(expected);
  }

  private static void play(
      List<SubtaskHarness<SymbolSample, OutputRecord>> subtasks,
      List<List<SymbolSample>> seconds,
      int from,
      int to,
      Map<String, String> published)
      throws Exception {
    for (int second = from; second < to; second++) {
      for (SymbolSample sample : seconds.get(second)) {
        int subtask =
            KeyGroupRangeAssignment.assignKeyToParallelOperator(
                sample.instrument().venue(), SubtaskHarness.KEY_GROUPS, subtasks.size());
        subtasks.get(subtask).process(sample);
      }
      for (SubtaskHarness<SymbolSample, OutputRecord> subtask : subtasks) {
        completeUntil(second, subtask);
        for (OutputRecord record : subtask.take()) {
          published.put(keysAndTimes(List.of(record)).get(0), text(record));
        }
      }
    }
  }
}
