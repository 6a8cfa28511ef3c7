package io.streamforge.kafka.out;

import io.streamforge.kafka.KafkaConnection;
import io.streamforge.kafka.TopicOut;
import io.streamforge.kafka.WritersBefore;
import io.streamforge.topic.OutputRecord;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;

/** A job's topics out: each has a sink of its own. */
public final class KafkaSinks {
  private final KafkaConnection connection;
  private final WritersBefore before;

  /**
   * @param before who else writes to the topics
   */
  public KafkaSinks(KafkaConnection connection, WritersBefore before) {
    this.connection = connection;
    this.before = before;
  }

  /** Writes records to a topic. */
  public void write(DataStream<OutputRecord> records, TopicOut out) {
    write(records, out, Map.of());
  }

  /**
   * Writes records to a topic.
   *
   * @param suited properties of the producer that suit these records where the user says nothing
   */
  public void write(DataStream<OutputRecord> records, TopicOut out, Map<String, String> suited) {
    Properties producer = connection.producer();
    suited.forEach(producer::putIfAbsent);
    var builder =
        KafkaSink.<OutputRecord>builder()
            .setKafkaProducerConfig(producer)
            .setRecordSerializer(new TopicSerializer(out.topic()))
            .setDeliveryGuarantee(connection.guarantee());
    if (connection.isTransactional()) {
      // A few names in turn: the broker keeps each for a week after its last use, and one a
      // checkpoint would be 60 000 of them a sink and subtask.
      builder
          .setTransactionalIdPrefix(connection.transactionalIdPrefix(out.uid()))
          .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING);
    }
    TopicSink sink = new TopicSink(builder.build(), connection, out, before);
    records.sinkTo(sink).uid(out.uid()).name(out.topic());
  }
}
