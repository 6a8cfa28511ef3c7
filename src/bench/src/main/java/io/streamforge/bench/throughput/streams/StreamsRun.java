package io.streamforge.bench.throughput.streams;

import io.streamforge.bench.throughput.RunTopics;
import io.streamforge.bench.throughput.core.CoreSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * KS: the core on Kafka Streams as a good team writes it: the Processor API, persistent stores with
 * their caches and changelogs, a level an entry, punctuation by stream time; one thread.
 */
public final class StreamsRun implements AutoCloseable {
  // Ten megabytes by default, which is little for books.
  private static final long CACHE_BYTES = 256L << 20;

  private final Path folder;
  private final KafkaStreams streams;

  public StreamsRun(RunTopics topics) throws IOException {
    folder = Files.createTempDirectory("sf-streams-");
    streams = new KafkaStreams(topology(topics), settings(topics));
    streams.start();
  }

  private Properties settings(RunTopics topics) {
    Properties settings = new Properties();
    settings.putAll(
        Map.of(
            StreamsConfig.APPLICATION_ID_CONFIG,
            topics.run() + "-streams",
            StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
            topics.bootstrapServers(),
            StreamsConfig.STATE_DIR_CONFIG,
            folder.toString(),
            StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
            CACHE_BYTES,
            // A partition without records has not come to its end: it has heartbeats.
            StreamsConfig.MAX_TASK_IDLE_MS_CONFIG,
            60_000,
            StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG),
            "read_committed",
            StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG),
            "earliest",
            StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG),
            "zstd"));
    return settings;
  }

  private static Topology topology(RunTopics topics) {
    return new Topology()
        .addSource(
            "market",
            new StringDeserializer(),
            new ByteArrayDeserializer(),
            topics.orderbooks(),
            topics.trades())
        .addProcessor("core", CoreProcessor::new, "market")
        .addStateStore(
            Stores.keyValueStoreBuilder(
                    Stores.persistentKeyValueStore(CoreProcessor.INSTRUMENTS),
                    Serdes.String(),
                    StateSerdes.INSTRUMENT)
                .withCachingEnabled(),
            "core")
        .addStateStore(
            Stores.keyValueStoreBuilder(
                    Stores.persistentKeyValueStore(CoreProcessor.LEVELS),
                    Serdes.Bytes(),
                    Serdes.Long())
                .withCachingEnabled(),
            "core")
        .addStateStore(
            Stores.keyValueStoreBuilder(
                    Stores.persistentKeyValueStore(CoreProcessor.DEFERRED),
                    Serdes.Bytes(),
                    StateSerdes.MESSAGE)
                .withCachingEnabled(),
            "core")
        .addStateStore(
            Stores.keyValueStoreBuilder(
                    Stores.persistentKeyValueStore(CoreProcessor.TRADES),
                    Serdes.Bytes(),
                    StateSerdes.TRADES)
                .withCachingEnabled(),
            "core")
        .addStateStore(
            Stores.keyValueStoreBuilder(
                    Stores.persistentKeyValueStore(CoreProcessor.VIEWS),
                    Serdes.Bytes(),
                    StateSerdes.VIEW)
                .withCachingEnabled(),
            "core")
        .addSink(
            "symbols",
            topics.symbols(),
            new StringSerializer(),
            StateSerdes.<CoreSample>json(CoreSample.class).serializer(),
            "core");
  }

  @Override
  public void close() throws IOException {
    streams.close();
    Utils.delete(folder.toFile());
  }
}
