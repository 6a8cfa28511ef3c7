package io.streamforge.marketgraph;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.instrument.InstrumentSettings;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.kafka.SampleWatermarks;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.Utf8Order;
import io.streamforge.topic.OutputRecord;
import io.streamforge.topic.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.functions.DefaultOpenContext;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;

/**
 * The operator of instruments at any parallelism between partitions, whose records reach it in an
 * order that is chance but for each partition's own, and which it reads again from where a
 * checkpoint says. The last record of a partition is a heartbeat. What it publishes is gathered as
 * bytes; a repeat must be the same bytes.
 */
final class InstrumentsPlayback implements AutoCloseable {
  private static final long NONE = Long.MIN_VALUE;
  private static final Comparator<SymbolSample> ORDER =
      Comparator.comparingLong(SymbolSample::timeUs)
          .thenComparing(sample -> sample.instrument().id(), Utf8Order.INSTANCE);

  /** One record of a partition; a heartbeat has no events. */
  record Entry(long receiveUs, List<MarketEvent> events) {}

  private final List<List<Entry>> partitions;
  private final InstrumentSettings settings;
  private final StateBackend backend;
  private final SymbolFeaturesJson json;
  private final Map<String, String> published = new TreeMap<>();

  private final List<SubtaskHarness<MarketEvent, SymbolSample>> subtasks = new ArrayList<>();
  private final List<SymbolSample> newest = new ArrayList<>();
  private SampleWatermarks[] generators;
  private long[] watermarks;
  private long watermark;
  private int[] positions;

  private SubtaskHarness.Saved saved = SubtaskHarness.Saved.NOTHING;
  private int[] savedPositions;

  private InstrumentsPlayback(
      List<List<Entry>> partitions, InstrumentSettings settings, StateBackend backend) {
    this.partitions = partitions;
    this.settings = settings;
    this.backend = backend;
    this.savedPositions = new int[partitions.size()];
    this.json = new SymbolFeaturesJson(settings.intervalUs());
    json.open(DefaultOpenContext.INSTANCE);
  }

  /** One subtask, no checkpoint, records in the order in which they were received. */
  static Map<String, String> straight(
      List<List<Entry>> partitions, InstrumentSettings settings, StateBackend backend)
      throws Exception {
    try (InstrumentsPlayback playback = new InstrumentsPlayback(partitions, settings, backend)) {
      playback.start(1);
      while (playback.open().length > 0) {
        int first =
            IntStream.of(playback.open())
                .boxed()
                .min(Comparator.comparingLong(p -> playback.next(p).receiveUs()))
                .orElseThrow();
        playback.step(first);
      }
      return playback.finish();
    }
  }

  /** Any order, with so many crashes at the most, each at another parallelism. */
  static Map<String, String> random(
      List<List<Entry>> partitions,
      InstrumentSettings settings,
      StateBackend backend,
      Random random,
      int crashes)
      throws Exception {
    int left = crashes;
    int records = partitions.stream().mapToInt(List::size).sum();
    try (InstrumentsPlayback playback = new InstrumentsPlayback(partitions, settings, backend)) {
      playback.start(1 + random.nextInt(3));
      for (int[] open = playback.open(); open.length > 0; open = playback.open()) {
        int partition = open[random.nextInt(open.length)];
        int burst = 1 + random.nextInt(random.nextInt(20) == 0 ? 200 : 5);
        for (int i = 0; i < burst && playback.next(partition) != null; i++) {
          playback.step(partition);
        }
        double share = (double) burst * (crashes + 1) / records;
        if (left > 0 && random.nextDouble() < 2 * share) {
          playback.checkpoint();
        }
        if (left > 0 && random.nextDouble() < share) {
          left--;
          playback.start(1 + random.nextInt(3));
        }
      }
      return playback.finish();
    }
  }

  /** Opens as many subtasks as of the last checkpoint; what came after it is forgotten. */
  private void start(int parallelism) throws Exception {
    close();
    for (int index = 0; index < parallelism; index++) {
      subtasks.add(
          SubtaskHarness.instruments(settings, backend, parallelism, index)
              .open(saved, parallelism, index));
      newest.add(null);
    }
    generators = new SampleWatermarks[partitions.size()];
    Arrays.setAll(generators, p -> new SampleWatermarks(RecordedRun.TIME, settings.intervalUs()));
    watermarks = new long[partitions.size()];
    Arrays.fill(watermarks, NONE);
    watermark = NONE;
    positions = savedPositions.clone();
    for (int p = 0; p < positions.length; p++) { // heartbeats never end
      positions[p] = Math.min(positions[p], partitions.get(p).size() - 1);
    }
  }

  private void checkpoint() throws Exception {
    saved = SubtaskHarness.Saved.of(subtasks);
    savedPositions = positions.clone();
  }

  private Entry next(int partition) {
    int position = positions[partition];
    List<Entry> entries = partitions.get(partition);
    return position < entries.size() ? entries.get(position) : null;
  }

  /** Partitions that are not read to their end. */
  private int[] open() {
    return IntStream.range(0, partitions.size()).filter(p -> next(p) != null).toArray();
  }

  private void step(int partition) throws Exception {
    Entry entry = next(partition);
    positions[partition]++;
    for (MarketEvent event : entry.events()) {
      subtasks
          .get(
              KeyGroupRangeAssignment.assignKeyToParallelOperator(
                  event.instrument().id(), SubtaskHarness.KEY_GROUPS, subtasks.size()))
          .process(event);
    }
    generators[partition].onEvent(
        new RawRecord("", partition, positions[partition], null, null, null, entry.receiveUs()),
        NONE,
        new WatermarkOutput() {
          @Override
          public void emitWatermark(Watermark mark) {
            watermarks[partition] = mark.getTimestamp();
          }

          @Override
          public void markIdle() {}

          @Override
          public void markActive() {}
        });
    long smallest = Arrays.stream(watermarks).min().orElseThrow();
    if (smallest > watermark) {
      watermark = smallest;
      for (int i = 0; i < subtasks.size(); i++) {
        subtasks.get(i).watermark(watermark);
        gather(i);
      }
    }
  }

  private void gather(int index) {
    for (SymbolSample sample : subtasks.get(index).take()) {
      if (newest.get(index) != null) {
        assertThat(ORDER.compare(sample, newest.get(index))).as("order of samples").isPositive();
      }
      newest.set(index, sample);
      String changes = " " + sample.changes(); // what the graph gets besides
      publish(sample.timeUs() + " " + sample.instrument().id(), text(json.map(sample)) + changes);
    }
    for (OutputRecord request : subtasks.get(index).take(InstrumentsOperator.RESYNCS)) {
      String instrument = request.headers() + new String(request.key(), StandardCharsets.UTF_8);
      publish("resync " + request.timestampMs() + " " + instrument, text(request));
    }
  }

  private static String text(OutputRecord record) {
    return new String(record.value(), StandardCharsets.UTF_8);
  }

  private void publish(String name, String said) {
    String before = published.put(name, said);
    if (before != null) {
      assertThat(said).as("the repeat of %s", name).isEqualTo(before);
    }
  }

  private Map<String, String> finish() throws Exception {
    for (SubtaskHarness<MarketEvent, SymbolSample> subtask : subtasks) {
      assertThat(subtask.counter("records_behind_watermark")).isZero();
      assertThat(subtask.timers()).isZero();
      subtask.watermark(Long.MAX_VALUE);
      assertThat(subtask.take()).isEmpty();
    }
    return published;
  }

  @Override
  public void close() throws Exception {
    for (SubtaskHarness<MarketEvent, SymbolSample> subtask : subtasks) {
      subtask.close();
    }
    subtasks.clear();
    newest.clear();
  }
}
