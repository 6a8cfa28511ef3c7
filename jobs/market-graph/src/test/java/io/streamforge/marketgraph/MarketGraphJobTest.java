package io.streamforge.marketgraph;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.kafka.RawRecordSerializer;
import io.streamforge.state.SerializerTypeInformation;
import io.streamforge.topic.OutputRecord;
import io.streamforge.topic.RawRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.runtime.kryo.KryoSerializer;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.rocksdb.CompressionType;

/** The topology, between lists instead of topics. */
class MarketGraphJobTest {

  private static final class Lists implements MarketSources, MarketSinks {
    @Override
    public DataStream<RawRecord> orderbooks(StreamExecutionEnvironment env) {
      return source(env, "orderbooks");
    }

    @Override
    public DataStream<RawRecord> trades(StreamExecutionEnvironment env) {
      return source(env, "trades");
    }

    private static DataStream<RawRecord> source(StreamExecutionEnvironment env, String topic) {
      RawRecord record = new RawRecord(topic, 0, 0, null, null, null, 0);
      return env.fromData(
              List.of(record),
              new SerializerTypeInformation<>(RawRecord.class, new RawRecordSerializer()))
          .uid("source-of-" + topic);
    }

    @Override
    public Map<String, Integer> partitions() {
      return Map.of("orderbooks", 1, "trades", 1);
    }

    @Override
    public void symbolFeatures(DataStream<OutputRecord> records) {
      sink(records, "sink-of-symbols");
    }

    @Override
    public void graphFeatures(DataStream<OutputRecord> records) {
      sink(records, "sink-of-graphs");
    }

    @Override
    public void bookResyncs(DataStream<OutputRecord> records) {
      sink(records, "sink-of-resyncs");
    }

    @Override
    public void deadLetters(DataStream<OutputRecord> records) {
      sink(records, "sink-of-dead-letters");
    }

    @Override
    public void marketEvents(DataStream<OutputRecord> records) {
      sink(records, "sink-of-market-events");
    }

    private static void sink(DataStream<OutputRecord> records, String uid) {
      records.sinkTo(new DiscardingSink<>()).uid(uid);
    }
  }

  private static StreamGraph define(StreamExecutionEnvironment env) {
    return define(env, Map.of());
  }

  private static StreamGraph define(StreamExecutionEnvironment env, Map<String, String> settings) {
    Lists lists = new Lists();
    Map<String, String> all = new HashMap<>(settings);
    all.put("kafka.bootstrap-servers", "none:1");
    MarketGraphJob.define(env, new Settings(all), lists, lists);
    return env.getStreamGraph();
  }

  @Test
  void everyOperatorHasItsUidAndTheSameMaximumParallelism() {
    StreamGraph graph = define(new StreamExecutionEnvironment());
    assertThat(graph.getStreamNodes())
        .extracting(StreamNode::getTransformationUID)
        .containsExactlyInAnyOrder(
            "source-of-orderbooks",
            "source-of-trades",
            "decode-orderbooks",
            "decode-trades",
            "instruments",
            "symbol-features",
            "graph-include",
            "graph",
            "sink-of-symbols",
            "sink-of-graphs",
            "sink-of-resyncs",
            "sink-of-dead-letters");
    // An operator without one of its own has the job's.
    assertThat(graph.getStreamNodes())
        .extracting(StreamNode::getMaxParallelism)
        .isSubsetOf(-1, 256);
    graph
        .getJobGraph()
        .getVertices()
        .forEach(vertex -> assertThat(vertex.getMaxParallelism()).isEqualTo(256));
  }

  @Test
  void marketEventsHaveASinkWhereASettingNamesTheirTopic() {
    Map<String, String> settings = Map.of("sink.market-events.topic", "market-events");
    StreamGraph graph = define(new StreamExecutionEnvironment(), settings);
    assertThat(readersOf("instruments", graph)).contains("sink-of-market-events");
  }

  @Test
  void ratesFromInstrumentsAreAStageBetweenInstrumentsAndAllThatReadsTheirSamples() {
    Map<String, String> settings =
        Map.of("instruments.registry", "../../recordings/instruments.json");
    StreamGraph graph = define(new StreamExecutionEnvironment(), settings);
    assertThat(readersOf("instruments", graph))
        .containsExactlyInAnyOrder("rate-instruments", "reference-rates", "sink-of-resyncs");
    assertThat(readersOf("rate-instruments", graph)).containsExactly("reference-rates");
    assertThat(readersOf("reference-rates", graph))
        .containsExactlyInAnyOrder("symbol-features", "graph-include");
    graph
        .getJobGraph()
        .getVertices()
        .forEach(vertex -> assertThat(vertex.getMaxParallelism()).isEqualTo(256));
    hasNoGenericSerializer(graph);
  }

  @Test
  void aGraphHearsWhichRecordsItRestsOn() {
    StreamGraph graph = define(new StreamExecutionEnvironment());
    for (String decode : List.of("decode-orderbooks", "decode-trades")) {
      assertThat(readersOf(decode, graph))
          .containsExactlyInAnyOrder("instruments", "graph", "sink-of-dead-letters");
    }
    // Reading and decoding stay one task.
    assertThat(graph.getJobGraph().getVertices())
        .extracting(JobVertex::getName)
        .anyMatch(name -> name.startsWith("Source") && name.contains("decode trades"));
  }

  /** In the web UI, where Flink would say "Map" or "Process". */
  @Test
  void everyOperatorSaysWhatItDoesAndNoChainIsLong() {
    Map<String, String> settings =
        Map.of("instruments.registry", "../../recordings/instruments.json");
    StreamGraph graph = define(new StreamExecutionEnvironment(), settings);
    assertThat(graph.getStreamNodes())
        .filteredOn(node -> !node.getTransformationUID().matches("(source-of|sink-of)-.*"))
        .hasSize(8)
        .allSatisfy(
            node ->
                assertThat(node.getOperatorDescription())
                    .startsWith(node.getOperatorName() + ": "));
    graph
        .getJobGraph()
        .getVertices()
        .forEach(vertex -> assertThat(vertex.getName()).hasSizeLessThan(150));
  }

  private static List<String> readersOf(String uid, StreamGraph graph) {
    return graph.getStreamNodes().stream()
        .filter(node -> uid.equals(node.getTransformationUID()))
        .flatMap(node -> node.getOutEdges().stream())
        .map(edge -> graph.getStreamNode(edge.getTargetId()).getTransformationUID())
        .toList();
  }

  @Test
  void noValueIsLeftToAGenericSerializer() {
    StreamExecutionEnvironment env = new StreamExecutionEnvironment();
    StreamGraph graph = define(env);
    assertThat(graph.getJobConfiguration().toMap())
        .containsEntry("pipeline.generic-types", "false");
    assertThat(env.getConfig().getSerializerConfig().hasGenericTypesDisabled()).isTrue();
    hasNoGenericSerializer(graph);
  }

  private static void hasNoGenericSerializer(StreamGraph graph) {
    for (StreamNode node : graph.getStreamNodes()) {
      Stream<TypeSerializer<?>> serializers =
          Stream.concat(
              Stream.of(node.getTypeSerializersIn()),
              Stream.of(node.getTypeSerializerOut(), node.getStateKeySerializer())
                  .filter(Objects::nonNull));
      assertThat(serializers).noneMatch(KryoSerializer.class::isInstance);
    }
  }

  @Test
  void theClustersConfigurationWinsWhereItSpeaks() {
    StreamExecutionEnvironment silent = new StreamExecutionEnvironment();
    define(silent);
    assertThat(silent.getConfiguration().get(StateBackendOptions.STATE_BACKEND))
        .isEqualTo("rocksdb");
    assertThat(silent.getCheckpointConfig().getCheckpointInterval()).isEqualTo(10_000);
    assertThat(silent.getBufferTimeout()).isEqualTo(5);
    assertThat(silent.getConfiguration().get(RocksDBConfigurableOptions.COMPRESSION_PER_LEVEL))
        .containsExactly(CompressionType.NO_COMPRESSION);

    Configuration cluster = new Configuration();
    cluster.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    cluster.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(60));
    cluster.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(100));
    List<CompressionType> lz4 = List.of(CompressionType.LZ4_COMPRESSION);
    cluster.set(RocksDBConfigurableOptions.COMPRESSION_PER_LEVEL, lz4);
    StreamExecutionEnvironment env = new StreamExecutionEnvironment(cluster);
    define(env);
    assertThat(env.getConfiguration().get(StateBackendOptions.STATE_BACKEND)).isEqualTo("hashmap");
    assertThat(env.getCheckpointConfig().getCheckpointInterval()).isEqualTo(60_000);
    assertThat(env.getBufferTimeout()).isEqualTo(100);
    assertThat(env.getConfiguration().get(RocksDBConfigurableOptions.COMPRESSION_PER_LEVEL))
        .isEqualTo(lz4);
  }
}
