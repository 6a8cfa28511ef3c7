package io.streamforge.kafka.out;

import io.streamforge.topic.OutputRecord;
import java.io.IOException;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.connector.kafka.sink.TwoPhaseCommittingStatefulSink.PrecommittingStatefulSinkWriter;
import org.apache.flink.util.IOUtils;
import org.apache.kafka.clients.admin.Admin;

/**
 * The connector's writer, whose failures name the topic, and which is closed without one.
 *
 * <p>A producer that fails has more than one record on its way as a rule. The connector throws the
 * failure of the first, and that of a second when it is closed. A task that fails while it is
 * closed ends its TaskManager, and then the job lacks slots, which is all that its user is told.
 * What is closed has been flushed before, or has failed already: nothing is lost with the second.
 */
final class TopicSinkWriter
    implements StatefulSinkWriter<OutputRecord, KafkaWriterState>,
        CommittingSinkWriter<OutputRecord, KafkaCommittable> {
  private final PrecommittingStatefulSinkWriter<OutputRecord, KafkaWriterState, KafkaCommittable>
      kafka;
  private final SendFailures failures;
  private final ForeignWriters foreign;

  TopicSinkWriter(
      PrecommittingStatefulSinkWriter<OutputRecord, KafkaWriterState, KafkaCommittable> kafka,
      SendFailures failures,
      ForeignWriters foreign) {
    this.kafka = kafka;
    this.failures = failures;
    this.foreign = foreign;
  }

  @Override
  public void write(OutputRecord record, Context context) throws IOException, InterruptedException {
    failures.sending(record);
    try {
      kafka.write(record, context);
    } catch (IOException | RuntimeException e) {
      failures.explain(e);
      throw e;
    }
  }

  @Override
  public void writeWatermark(Watermark watermark) throws IOException, InterruptedException {
    kafka.writeWatermark(watermark);
  }

  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    try {
      kafka.flush(endOfInput);
    } catch (IOException | RuntimeException e) {
      failures.explain(e);
      throw e;
    }
    failures.flushed();
  }

  @Override
  public Collection<KafkaCommittable> prepareCommit() throws IOException, InterruptedException {
    return kafka.prepareCommit();
  }

  @Override
  public List<KafkaWriterState> snapshotState(long checkpointId) throws IOException {
    return kafka.snapshotState(checkpointId);
  }

  @Override
  public void close() {
    foreign.close();
    try {
      IOUtils.closeAll(kafka, adminClient());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      // What failed before is the reason, and has been thrown.
    }
  }

  /**
   * The client by which the connector's exactly-once writer looks for open transactions. It does
   * not close it (5.0), so that each start of a task left a thread and its connections behind.
   */
  private AutoCloseable adminClient() throws IllegalAccessException {
    for (Field field : kafka.getClass().getDeclaredFields()) {
      if (Admin.class.isAssignableFrom(field.getType())) {
        field.setAccessible(true);
        Admin admin = (Admin) field.get(kafka);
        return admin == null ? () -> {} : () -> admin.close(Duration.ZERO);
      }
    }
    return () -> {};
  }
}
