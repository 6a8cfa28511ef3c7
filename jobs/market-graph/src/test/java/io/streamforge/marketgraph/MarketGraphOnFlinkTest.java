package io.streamforge.marketgraph;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.kafka.RawRecordSerializer;
import io.streamforge.kafka.SampleWatermarks;
import io.streamforge.state.SerializerTypeInformation;
import io.streamforge.testkit.generated.GeneratedMarket;
import io.streamforge.testkit.generated.MarketShape;
import io.streamforge.topic.OutputRecord;
import io.streamforge.topic.RawRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The job on a Flink, between lists instead of topics, says what it says without Flink. */
@Timeout(120)
class MarketGraphOnFlinkTest {
  @RegisterExtension
  private static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final Settings SETTINGS =
      new Settings(
          Map.of(
              "kafka.bootstrap-servers",
              "none:1",
              "graph.min-observations",
              "3",
              "sink.market-events.topic",
              "market-events"));

  /** By topic out: Flink's tasks are in this JVM. */
  private static final Map<String, Queue<String>> OUT =
      Map.of(
          "symbols", new ConcurrentLinkedQueue<>(),
          "graphs", new ConcurrentLinkedQueue<>(),
          "resyncs", new ConcurrentLinkedQueue<>(),
          "dead-letters", new ConcurrentLinkedQueue<>(),
          "events", new ConcurrentLinkedQueue<>());

  private record Lists(List<RawRecord> records) implements MarketSources, MarketSinks {
    @Override
    public DataStream<RawRecord> orderbooks(StreamExecutionEnvironment env) {
      return source(env, "raw-orderbooks");
    }

    @Override
    public DataStream<RawRecord> trades(StreamExecutionEnvironment env) {
      return source(env, "raw-trades");
    }

    private DataStream<RawRecord> source(StreamExecutionEnvironment env, String topic) {
      WatermarkStrategy<RawRecord> watermarks =
          WatermarkStrategy.<RawRecord>forGenerator(
                  context -> new SampleWatermarks(SETTINGS.time(), SETTINGS.intervalUs()))
              .withTimestampAssigner((record, timestamp) -> record.receiveTimeUs() / 1000);
      return env.fromData(
              records.stream().filter(record -> record.topic().equals(topic)).toList(),
              new SerializerTypeInformation<>(RawRecord.class, new RawRecordSerializer()))
          .uid("source-of-" + topic)
          .assignTimestampsAndWatermarks(watermarks)
          .uid("watermarks-of-" + topic);
    }

    @Override
    public Map<String, Integer> partitions() {
      return Map.of("raw-orderbooks", 1, "raw-trades", 1);
    }

    @Override
    public void symbolFeatures(DataStream<OutputRecord> records) {
      keep(records, "symbols");
    }

    @Override
    public void graphFeatures(DataStream<OutputRecord> records) {
      keep(records, "graphs");
    }

    @Override
    public void bookResyncs(DataStream<OutputRecord> records) {
      keep(records, "resyncs");
    }

    @Override
    public void deadLetters(DataStream<OutputRecord> records) {
      keep(records, "dead-letters");
    }

    @Override
    public void marketEvents(DataStream<OutputRecord> records) {
      keep(records, "events");
    }
  }

  private static void keep(DataStream<OutputRecord> records, String topic) {
    records
        .map(
            record -> {
              OUT.get(topic).add(topic.equals("events") ? event(record) : text(record));
              return record;
            })
        .returns(records.getType())
        .uid("keep-" + topic)
        .sinkTo(new DiscardingSink<>())
        .uid("sink-of-" + topic);
  }

  private static String text(OutputRecord record) {
    return "%d %s %s".formatted(record.timestampMs(), text(record.key()), text(record.value()));
  }

  /** Its headers are the same in every run. */
  private static String event(OutputRecord record) {
    return text(record) + ' ' + record.headers();
  }

  private static List<String> ofTopic(Collection<String> events, String topic) {
    return events.stream().filter(event -> event.contains("topic=" + topic)).toList();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Six seconds of three instruments, and a heartbeat of each topic at the end. */
  private static List<RawRecord> market() {
    List<RawRecord> records = new ArrayList<>();
    new GeneratedMarket(new MarketShape(3, 20, 600, Duration.ofSeconds(6), 1))
        .forEachRemaining(records::add);
    long endUs = records.get(records.size() - 1).receiveTimeUs();
    for (String topic : List.of("raw-orderbooks", "raw-trades")) {
      records.add(new RawRecord(topic, 0, records.size(), null, null, null, endUs));
    }
    return records;
  }

  @Test
  void saysWhatTheLoopSays() throws Exception {
    List<RawRecord> market = market();
    List<String> symbols = new ArrayList<>();
    List<String> graphs = new ArrayList<>();
    List<String> resyncs = new ArrayList<>();
    List<String> deadLetters = new ArrayList<>();
    List<String> events = new ArrayList<>();
    DirectMarketGraph direct =
        new DirectMarketGraph(
            SETTINGS,
            new DirectMarketGraph.Outputs(
                record -> symbols.add(text(record)),
                record -> graphs.add(text(record)),
                record -> resyncs.add(text(record)),
                record -> deadLetters.add(text(record)),
                record -> events.add(event(record))));
    for (RawRecord record : market) {
      direct.completeUntil(SETTINGS.time().completeUntilUs(record.receiveTimeUs()));
      direct.accept(record);
    }
    direct.completeUntil(
        SETTINGS.time().completeUntilUs(market.get(market.size() - 1).receiveTimeUs()));

    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.setParallelism(1);
    Lists lists = new Lists(market);
    MarketGraphJob.define(env, SETTINGS, lists, lists);
    env.execute("market graph");

    assertThat(graphs).hasSizeGreaterThanOrEqualTo(5);
    assertThat(OUT.get("graphs")).containsExactlyElementsOf(graphs);
    assertThat(OUT.get("symbols")).containsExactlyInAnyOrderElementsOf(symbols);
    // Twenty levels a side are soon too few.
    assertThat(resyncs).isNotEmpty().allMatch(request -> request.contains("shallow"));
    assertThat(OUT.get("resyncs")).containsExactlyInAnyOrderElementsOf(resyncs);
    // Of two topics nothing orders the events; in each they stand as in the log.
    assertThat(events).hasSizeGreaterThan(500);
    for (String topic : List.of("raw-orderbooks", "raw-trades")) {
      assertThat(ofTopic(OUT.get("events"), topic))
          .containsExactlyElementsOf(ofTopic(events, topic));
    }
    assertThat(deadLetters).isEmpty();
    assertThat(OUT.get("dead-letters")).isEmpty();
  }
}
