package io.streamforge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class TopicSerializerTest {

  @Test
  void handsEverythingOver() {
    ProducerRecord<byte[], byte[]> produced =
        new TopicSerializer("dead-letters")
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
  }

  @Test
  void leavesTheTimestampToTheProducerWhereThereIsNone() {
    OutputRecord record = new OutputRecord(null, null, -1, Map.of());
    ProducerRecord<byte[], byte[]> produced = new TopicSerializer("t").serialize(record, null, 5L);
    assertThat(produced.timestamp()).isNull();
    assertThat(produced.key()).isNull();
    assertThat(produced.value()).isNull();
  }
}
