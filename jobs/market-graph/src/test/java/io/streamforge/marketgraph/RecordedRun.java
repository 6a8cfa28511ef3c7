package io.streamforge.marketgraph;

import io.streamforge.book.BookLimits;
import io.streamforge.graph.MarketGraph;
import io.streamforge.graph.model.GraphSettings;
import io.streamforge.graph.model.Node;
import io.streamforge.graph.record.GraphSnapshot;
import io.streamforge.instrument.InstrumentSettings;
import io.streamforge.instrument.NodeFeatures;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.market.InstrumentRegistry;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.Utf8Order;
import io.streamforge.testkit.RawMessage;
import io.streamforge.time.TimePolicy;
import io.streamforge.wire.DecodeException;
import io.streamforge.wire.MessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/**
 * Records through decoder, instruments and graph, with the watermarks that one partition would
 * give.
 */
final class RecordedRun {
  static final TimePolicy TIME = new TimePolicy(500_000, 10_000_000, 40_000_000, 100_000);
  static final InstrumentSettings INSTRUMENTS = instruments(256 << 20);

  /** The same with room for two books. */
  static final InstrumentSettings SMALL_CACHE = instruments(5000);

  static final GraphSettings GRAPH =
      new GraphSettings("market", 1_000_000, 8, 30, 10, 0, 10_000_000, 600_000);

  private final TreeMap<Long, List<SymbolSample>> samples = new TreeMap<>();
  private int deadLetters;

  private static InstrumentSettings instruments(long cacheBytes) {
    return new InstrumentSettings(
        1_000_000,
        300_000_000,
        604_800_000_000L,
        60_000_000,
        Map.of(),
        new BookLimits(100_000, 1000, 60_000_000),
        30_000_000,
        5_000_000,
        cacheBytes,
        InstrumentRegistry.EMPTY);
  }

  /** Runs to the sample that holds the newest effective time. */
  static RecordedRun of(List<RawMessage> records) throws Exception {
    RecordedRun run = new RecordedRun();
    try (KeyedOneInputStreamOperatorTestHarness<String, MarketEvent, SymbolSample> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new InstrumentsOperator(INSTRUMENTS), e -> e.instrument().id(), Types.STRING)) {
      harness.open();
      run.play(records, harness);
    }
    return run;
  }

  private void play(
      List<RawMessage> records,
      KeyedOneInputStreamOperatorTestHarness<String, MarketEvent, SymbolSample> harness)
      throws Exception {
    MessageDecoder decoder = new MessageDecoder(TIME, 1 << 23);
    long newestUs = Long.MIN_VALUE;
    for (RawMessage record : records) {
      try {
        for (MarketEvent event :
            decoder.decode(
                record.venue(),
                record.key(),
                record.value().getBytes(StandardCharsets.UTF_8),
                record.receiveTimeUs())) {
          newestUs = Math.max(newestUs, event.effectiveTimeUs());
          harness.processElement(new StreamRecord<>(event));
        }
      } catch (DecodeException e) {
        deadLetters++;
      }
      long completeUs = TIME.completeUntilUs(record.receiveTimeUs());
      harness.processWatermark(new Watermark(Math.floorDiv(completeUs, 1000L) - 1));
      drain(harness);
    }
    long lastSampleUs = Math.floorDiv(newestUs, 1_000_000L) * 1_000_000 + 1_000_000;
    harness.processWatermark(new Watermark(lastSampleUs / 1000 - 1));
    drain(harness);
  }

  private void drain(
      KeyedOneInputStreamOperatorTestHarness<String, MarketEvent, SymbolSample> harness) {
    for (StreamRecord<? extends SymbolSample> record : harness.extractOutputStreamRecords()) {
      SymbolSample sample = record.getValue();
      samples.computeIfAbsent(sample.timeUs(), time -> new ArrayList<>()).add(sample);
    }
    harness.getOutput().clear();
  }

  /** What was published, by sample. */
  Map<Long, List<SymbolSample>> samples() {
    return samples;
  }

  int deadLetters() {
    return deadLetters;
  }

  /** The graphs of these samples. */
  List<GraphSnapshot> graphs() {
    MarketGraph graph = new MarketGraph(GRAPH);
    List<GraphSnapshot> graphs = new ArrayList<>();
    samples.forEach(
        (time, nodes) ->
            graphs.add(
                graph.sample(
                    time,
                    nodes.stream()
                        .map(
                            t ->
                                new Node(
                                    t.instrument().id(),
                                    t.status(),
                                    t.mid(),
                                    t.logReturn(),
                                    NodeFeatures.x(t.features()),
                                    t.changes()))
                        .sorted(Comparator.comparing(Node::id, Utf8Order.INSTANCE))
                        .toList())));
    return graphs;
  }
}
