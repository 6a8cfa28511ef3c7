package io.streamforge.kafka.out;

import io.streamforge.kafka.KafkaConnection;
import io.streamforge.kafka.TopicOut;
import io.streamforge.kafka.WritersBefore;
import io.streamforge.topic.OutputRecord;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPostCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;

/** The connector's sink of one topic, with a {@link TopicSinkWriter} around its writer. */
final class TopicSink
    implements Sink<OutputRecord>,
        SupportsWriterState<OutputRecord, KafkaWriterState>,
        SupportsCommitter<KafkaCommittable>,
        SupportsPostCommitTopology<KafkaCommittable>,
        LineageVertexProvider {
  private static final long serialVersionUID = 1;

  private final KafkaSink<OutputRecord> kafka;
  private final KafkaConnection connection;
  private final TopicOut out;
  private final WritersBefore before;

  TopicSink(
      KafkaSink<OutputRecord> kafka,
      KafkaConnection connection,
      TopicOut out,
      WritersBefore before) {
    this.kafka = kafka;
    this.connection = connection;
    this.out = out;
    this.before = before;
  }

  @Override
  public TopicSinkWriter createWriter(WriterInitContext context) throws IOException {
    return restoreWriter(context, List.of());
  }

  @Override
  public TopicSinkWriter restoreWriter(
      WriterInitContext context, Collection<KafkaWriterState> state) throws IOException {
    SendFailures failures = new SendFailures(out.topic());
    var writer = kafka.restoreWriter(failures.explainedIn(context), state);
    return new TopicSinkWriter(
        writer, failures, ForeignWriters.lookFor(connection, out, before, context));
  }

  @Override
  public SimpleVersionedSerializer<KafkaWriterState> getWriterStateSerializer() {
    return kafka.getWriterStateSerializer();
  }

  @Override
  public Committer<KafkaCommittable> createCommitter(CommitterInitContext context)
      throws IOException {
    return kafka.createCommitter(context);
  }

  @Override
  public SimpleVersionedSerializer<KafkaCommittable> getCommittableSerializer() {
    return kafka.getCommittableSerializer();
  }

  @Override
  public void addPostCommitTopology(DataStream<CommittableMessage<KafkaCommittable>> committed) {
    kafka.addPostCommitTopology(committed);
  }

  @Override
  public LineageVertex getLineageVertex() {
    return kafka.getLineageVertex();
  }
}
