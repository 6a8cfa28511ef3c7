package io.streamforge.kafka.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;

/**
 * Kafka's reader, which is given no position that the log does not have. What is lost is said
 * before any record of its partition. Until then checkpoints have the partition as it was, so that
 * a job which fails in between says it again.
 */
final class LogReader<T> implements SourceReader<T, KafkaPartitionSplit> {
  private final SourceReader<T, KafkaPartitionSplit> reader;
  private final String topic;
  private final boolean skips;
  private final LogPositions positions;
  private final LastTimestamps<T> timestamps;
  private final Function<LostRecords, T> notice;

  /** Not said yet. */
  private final Queue<LostRecords> unsaid = new ArrayDeque<>();

  /** As they were given, by id: of each the loss has not been said, or is not to be skipped. */
  private final Map<String, KafkaPartitionSplit> withheld = new LinkedHashMap<>();

  LogReader(
      SourceReader<T, KafkaPartitionSplit> reader,
      String topic,
      boolean skips,
      LogPositions positions,
      LastTimestamps<T> timestamps,
      Function<LostRecords, T> notice) {
    this.reader = reader;
    this.topic = topic;
    this.skips = skips;
    this.positions = positions;
    this.timestamps = timestamps;
    this.notice = notice;
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    LogPositions.Found found = positions.find(splits);
    if (!found.lost().isEmpty()) {
      found.lost().forEach(split -> withheld.put(split.splitId(), split));
      unsaid.add(new LostRecords(topic, skips, found.partitions()));
    }
    found.readable().forEach(timestamps::begin);
    reader.addSplits(found.readable());
  }

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
    LostRecords lost = unsaid.poll();
    if (lost == null) {
      return reader.pollNext(output);
    }
    // Through the partition's own output: the main one would be a partition without records.
    output.createOutputForSplit(withheld.keySet().iterator().next()).collect(notice.apply(lost));
    if (skips && unsaid.isEmpty()) {
      withheld.values().stream()
          .filter(split -> !split.getTopic().equals(topic))
          .forEach(split -> output.releaseOutputForSplit(split.splitId()));
      withheld.clear();
    }
    return InputStatus.MORE_AVAILABLE;
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
    List<KafkaPartitionSplit> splits = new ArrayList<>(withheld.values());
    for (KafkaPartitionSplit split : reader.snapshotState(checkpointId)) {
      if (!withheld.containsKey(split.splitId())) {
        splits.add(timestamps.note(split));
      }
    }
    return splits;
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return unsaid.isEmpty() ? reader.isAvailable() : CompletableFuture.completedFuture(null);
  }

  @Override
  public void start() {
    reader.start();
  }

  @Override
  public void notifyNoMoreSplits() {
    reader.notifyNoMoreSplits();
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    reader.handleSourceEvents(event);
  }

  @Override
  public void pauseOrResumeSplits(Collection<String> toPause, Collection<String> toResume) {
    reader.pauseOrResumeSplits(toPause, toResume);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    reader.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    reader.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void close() throws Exception {
    reader.close();
  }
}
