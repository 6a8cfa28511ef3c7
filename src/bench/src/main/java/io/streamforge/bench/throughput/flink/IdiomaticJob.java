package io.streamforge.bench.throughput.flink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.bench.load.SampleTime;
import io.streamforge.bench.throughput.core.BinanceMessage;
import io.streamforge.bench.throughput.core.CoreSample;
import io.streamforge.testkit.feed.RunTopics;
import io.streamforge.topic.RawHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * F0: the core's job as a good team writes it from Flink's documentation. POJOs by Jackson, a
 * watermark of bounded disorder, a level an entry of {@code MapState} in RocksDB, incremental
 * checkpoints each 10 s, at least once.
 */
final class IdiomaticJob {
  private static final ObjectMapper JSON = new ObjectMapper();

  private IdiomaticJob() {}

  /** Reads messages by Jackson; a heartbeat is one without a symbol. */
  private static final class Messages implements KafkaRecordDeserializationSchema<BinanceMessage> {
    private static final long serialVersionUID = 1;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<BinanceMessage> out)
        throws IOException {
      if (record.value() == null) {
        out.collect(new BinanceMessage());
        return;
      }
      byte[] received = record.headers().lastHeader(RawHeaders.RECEIVE_TIME).value();
      out.collect(
          BinanceMessage.read(text(record.key()), record.value(), Long.parseLong(text(received))));
    }

    private static String text(byte[] ascii) {
      return new String(ascii, StandardCharsets.US_ASCII);
    }

    @Override
    public TypeInformation<BinanceMessage> getProducedType() {
      return Types.POJO(BinanceMessage.class);
    }
  }

  static void define(StreamExecutionEnvironment env, RunTopics topics) {
    Configuration job = new Configuration();
    job.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    job.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    job.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10));
    job.set(PipelineOptions.GENERIC_TYPES, false);
    job.set(PipelineOptions.OBJECT_REUSE, true);
    env.configure(job);

    KafkaSource<BinanceMessage> source =
        KafkaSource.<BinanceMessage>builder()
            .setBootstrapServers(topics.bootstrapServers())
            .setProperty("isolation.level", "read_committed")
            .setGroupId(topics.run())
            .setTopics(topics.orderbooks(), topics.trades())
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setDeserializer(new Messages())
            .build();
    WatermarkStrategy<BinanceMessage> watermarks =
        WatermarkStrategy.forBoundedOutOfOrderness(
            Duration.ofMillis(SampleTime.AVAILABLE_AFTER_US / 1000));
    String topic = topics.symbols();
    env.fromSource(source, watermarks, "market") // with the time at which Kafka's records were made
        .filter(message -> message.symbol != null) // heartbeats have moved the watermark
        .keyBy(message -> message.symbol, Types.STRING)
        .process(new CoreFunction())
        .returns(Types.POJO(CoreSample.class))
        .sinkTo(
            KafkaSink.<CoreSample>builder()
                .setBootstrapServers(topics.bootstrapServers())
                .setProperty("compression.type", "zstd")
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer((sample, context, timestamp) -> record(topic, sample))
                .build());
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, CoreSample sample) {
    try {
      return new ProducerRecord<>(
          topic,
          null,
          sample.timeUs() / 1000,
          sample.instrument().getBytes(StandardCharsets.UTF_8),
          JSON.writeValueAsBytes(sample));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
