package io.streamforge.bench.throughput.streams;

import io.streamforge.bench.throughput.core.CoreSample;
import io.streamforge.testkit.feed.RunTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
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
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, topics.run() + "-streams");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, topics.bootstrapServers());
    settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
    // A partition without records has not come to its end: it has heartbeats.
    settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, 60_000);
    settings.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_committed");
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "zstd");
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
            store(CoreProcessor.INSTRUMENTS, Serdes.String(), StateSerdes.INSTRUMENT), "core")
        .addStateStore(store(CoreProcessor.LEVELS, Serdes.Bytes(), Serdes.Long()), "core")
        .addStateStore(store(CoreProcessor.DEFERRED, Serdes.Bytes(), StateSerdes.MESSAGE), "core")
        .addStateStore(store(CoreProcessor.TRADES, Serdes.Bytes(), StateSerdes.TRADES), "core")
        .addStateStore(store(CoreProcessor.VIEWS, Serdes.Bytes(), StateSerdes.VIEW), "core")
        .addSink(
            "symbols",
            topics.symbols(),
            new StringSerializer(),
            StateSerdes.<CoreSample>json(CoreSample.class).serializer(),
            "core");
  }

  private static <K, V> StoreBuilder<KeyValueStore<K, V>> store(
      String name, Serde<K> keys, Serde<V> values) {
    return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), keys, values)
        .withCachingEnabled();
  }

  @Override
  public void close() throws IOException {
    streams.close();
    Utils.delete(folder.toFile());
  }
}
