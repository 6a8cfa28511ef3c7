package io.streamforge.kafka.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.topic.OutputRecord;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.testutils.MetricListener;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class TopicSerializerTest {
  private final MetricListener metrics = new MetricListener();

  private TopicSerializer to(String topic) {
    TopicSerializer serializer = new TopicSerializer(topic);
    serializer.open(
        new SerializationSchema.InitializationContext() {
          @Override
          public MetricGroup getMetricGroup() {
            return metrics.getMetricGroup();
          }

          @Override
          public UserCodeClassLoader getUserCodeClassLoader() {
            throw new UnsupportedOperationException();
          }
        },
        null);
    return serializer;
  }

  @Test
  void handsEverythingOver() {
    ProducerRecord<byte[], byte[]> produced =
        to("dead-letters")
            .serialize(
                new OutputRecord(new byte[] {1}, new byte[] {2}, 77, Map.of("reason", "é")),
                null,
                5L);
    assertThat(produced.topic()).isEqualTo("dead-letters");
    assertThat(produced.partition()).isNull();
    assertThat(produced.key()).containsExactly(1);
    assertThat(produced.value()).containsExactly(2);
    assertThat(produced.timestamp()).isEqualTo(77);
    assertThat(produced.headers().lastHeader("reason").value()).containsExactly(0xc3, 0xa9);
    assertThat(newest()).isEqualTo(77);
    assertThat(within("60000")).isZero();
    assertThat(within("Inf")).isOne();
  }

  @Test
  void leavesTheTimestampToTheProducerWhereThereIsNone() {
    OutputRecord record = new OutputRecord(null, null, -1, Map.of());
    ProducerRecord<byte[], byte[]> produced = to("t").serialize(record, null, 5L);
    assertThat(produced.timestamp()).isNull();
    assertThat(produced.key()).isNull();
    assertThat(produced.value()).isNull();
    assertThat(metrics.getGauge("newest_record_ms")).isEmpty();
  }

  /** Without it a sink with pooled transactions does not start. */
  @Test
  void namesItsTopic() {
    assertThat(new TopicSerializer("t").getKafkaDatasetFacet())
        .hasValueSatisfying(
            facet -> assertThat(facet.getTopicIdentifier().getTopics()).containsExactly("t"));
  }

  /** Buckets hold those below them, as Prometheus has it, and a bound belongs to its bucket. */
  @Test
  void countsByHowLateARecordIs() {
    Clock clock = Clock.fixed(Instant.ofEpochMilli(1_000_000), ZoneOffset.UTC);
    EmissionMetrics emission = new EmissionMetrics(metrics.getMetricGroup(), clock);
    for (long latencyMs : List.of(650, 700, 701, 60_000, 60_001, -5)) {
      emission.emitted(1_000_000 - latencyMs);
    }
    assertThat(Arrays.asList("700", "800", "30000", "60000", "Inf").stream().map(this::within))
        .containsExactly(3L, 4L, 4L, 5L, 6L);
    assertThat(newest()).isEqualTo(1_000_005);
  }

  private long newest() {
    Gauge<Long> newest = metrics.<Long>getGauge("newest_record_ms").orElseThrow();
    return newest.getValue();
  }

  private long within(String bound) {
    return metrics
        .getCounter("emission_latency_ms", "le", bound, "bucket")
        .map(Counter::getCount)
        .orElseThrow();
  }
}
