package io.streamforge.marketgraph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.engine.MarketCount;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.time.SampleGrid;
import io.streamforge.topic.OutputRecord;
import io.streamforge.topic.RawRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A recording of a fault, run through the whole market; times are seconds after its first record.
 */
final class FaultRun {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SECOND = 1_000_000;

  private final Map<String, TreeMap<Long, JsonNode>> samples = new TreeMap<>();
  private final List<JsonNode> graphs = new ArrayList<>();
  private final List<JsonNode> resyncs = new ArrayList<>();
  private final List<String> deadLetters = new ArrayList<>();
  private final DirectMarketGraph market;
  private long firstUs = Long.MIN_VALUE;

  private FaultRun(Map<String, String> settings) {
    market =
        new DirectMarketGraph(
            new Settings(settings),
            new DirectMarketGraph.Outputs(
                record -> {
                  JsonNode sample = read(record);
                  samples
                      .computeIfAbsent(sample.get("instrument").asText(), id -> new TreeMap<>())
                      .put(sample.get("time_us").asLong(), sample);
                },
                record -> graphs.add(read(record)),
                record -> resyncs.add(read(record)),
                record -> deadLetters.add(record.headers().get("reason")),
                event -> {}));
  }

  static FaultRun of(String name) throws IOException {
    return of(RecordingFile.records(Path.of("src/test/resources/faults/" + name + ".jsonl.gz")));
  }

  static FaultRun of(List<RawRecord> records) {
    return of(records, Map.of());
  }

  /** With settings of its own. */
  static FaultRun of(List<RawRecord> records, Map<String, String> settings) {
    Map<String, String> all = new TreeMap<>(settings);
    all.put("kafka.bootstrap-servers", "nowhere:9092");
    all.put("book.resync-spread", "0 s");
    FaultRun run = new FaultRun(all);
    run.play(records);
    return run;
  }

  private void play(List<RawRecord> records) {
    for (RawRecord record : records) {
      firstUs = firstUs == Long.MIN_VALUE ? record.receiveTimeUs() : firstUs;
      market.completeUntil(record.receiveTimeUs() - 600_000);
      market.accept(record);
    }
    market.completeUntil(market.expected().lastUs());
  }

  private static JsonNode read(OutputRecord record) {
    try {
      return JSON.readTree(record.value());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode at(String instrument, long second) {
    TreeMap<Long, JsonNode> of = samples.get(instrument);
    if (of == null) {
      throw new AssertionError("no sample of " + instrument + ", only of " + samples.keySet());
    }
    JsonNode sample = of.get(SampleGrid.until(firstUs, SECOND) + second * SECOND);
    if (sample == null) {
      throw new AssertionError("no sample of " + instrument + " at " + second);
    }
    return sample;
  }

  /** {@code book} and {@code mid} as of a second: {@code live 100.5}. */
  String book(String instrument, long second) {
    JsonNode sample = at(instrument, second);
    JsonNode mid = sample.get("features").get("mid");
    return sample.get("book").asText() + (mid.isNull() ? "" : " " + mid.asText());
  }

  /** A feature as of a second; null where it does not exist. */
  Double feature(String instrument, long second, String name) {
    JsonNode value = at(instrument, second).get("features").get(name);
    return value.isNull() ? null : (Double) value.asDouble();
  }

  /** Ids of the instruments that have samples. */
  List<String> instruments() {
    return List.copyOf(samples.keySet());
  }

  List<JsonNode> graphs() {
    return graphs;
  }

  /** The requests for snapshots, each {@code instrument reason expected received}. */
  List<String> resyncs() {
    return resyncs.stream()
        .map(
            r ->
                "%s %s %s %s"
                    .formatted(
                        r.get("instrument").asText(),
                        r.get("reason").asText(),
                        r.get("expected").asText(),
                        r.get("received").asText()))
        .toList();
  }

  /** The reasons of the dead letters, in order. */
  List<String> deadLetters() {
    return deadLetters;
  }

  /** Messages for which there was no room. */
  long refused() {
    return market.refusedMessages();
  }

  /** Messages of what is not listed. */
  long unlisted() {
    return market.unlistedMessages();
  }

  long unused() {
    return market.unusedMessages();
  }

  long count(MarketCount count) {
    return market.count(count);
  }
}
