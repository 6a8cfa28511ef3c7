package io.streamforge.kafka.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LogSplitSerializerTest {
  private static final KafkaPartitionSplit PLAIN =
      new KafkaPartitionSplit(new TopicPartition("raw-trades", 3), 99);

  private final LogSplitSerializer serializer = new LogSplitSerializer();

  private KafkaPartitionSplit again(KafkaPartitionSplit split) throws IOException {
    return serializer.deserialize(serializer.getVersion(), serializer.serialize(split));
  }

  @Test
  void aPartitionKeepsWhatTellsItFromAnother() throws IOException {
    KafkaPartitionSplit read = again(new LogSplit(PLAIN, -7));
    assertThat(read).isEqualTo(PLAIN);
    assertThat(read)
        .isInstanceOfSatisfying(LogSplit.class, split -> assertThat(split.lastMs()).isEqualTo(-7));
    assertThat(again(PLAIN)).isEqualTo(PLAIN).isNotInstanceOf(LogSplit.class);
  }

  @Test
  void whatTheConnectorItselfHasWrittenIsRead() throws IOException {
    KafkaPartitionSplitSerializer connector = new KafkaPartitionSplitSerializer();
    assertThat(serializer.deserialize(connector.getVersion(), connector.serialize(PLAIN)))
        .isEqualTo(PLAIN)
        .isNotInstanceOf(LogSplit.class);
  }
}
