package io.streamforge.kafka.log;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.BookUpdateBuilder;
import io.streamforge.market.Instrument;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.Origin;
import io.streamforge.topic.RawRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the partitions of a topic have been read, which is what the next receive time is held
 * against, and which books each feeds: whom a loss of records is to be told. Both follow from the
 * log alone. On the heap, and written to state before a checkpoint.
 *
 * <p>Partitions change hands when a job is restored, so every subtask is given all of them. Each
 * writes those of which it has had a record since. The first also writes the others of the topic,
 * as they were given. Of two of one partition the newer counts.
 */
public final class ReadPartitions {
  private static final ListStateDescriptor<ReadPartition> STATE =
      new ListStateDescriptor<>("read-partitions", new ReadPartitionSerializer());

  private final ListState<ReadPartition> state;
  private final long outOfOrdernessUs;
  private final boolean isFirst;
  private final Map<TopicPartition, ReadPartition> restored = new HashMap<>();
  private final BookUpdateBuilder notice = new BookUpdateBuilder();

  /** By their numbers; null for those of which nothing has come. */
  private PartitionProgress[] own = {};

  private String topic;

  /**
   * Goes on with what is in state.
   *
   * @param outOfOrdernessUs how far receive times of a partition may be out of order
   * @param subtask of the operator
   */
  public ReadPartitions(OperatorStateStore store, long outOfOrdernessUs, int subtask)
      throws Exception {
    this.outOfOrdernessUs = outOfOrdernessUs;
    state = store.getUnionListState(STATE);
    isFirst = subtask == 0;
    for (ReadPartition read : state.get()) {
      restored.merge(
          new TopicPartition(read.topic(), read.partition()),
          read,
          (one, other) -> one.newestUs() >= other.newestUs() ? one : other);
    }
  }

  /** The next record of its partition as it counts; it may be a heartbeat or unreadable. */
  public RawRecord receive(RawRecord record) {
    topic = record.topic();
    return own(record.partition()).receive(record, outOfOrdernessUs);
  }

  /** An event of the record that was received last. */
  public void count(RawRecord record, MarketEvent event) {
    if (event instanceof BookUpdate update && !update.isNotice()) {
      own(record.partition()).change(update.instrument());
    }
  }

  private PartitionProgress own(int partition) {
    if (partition >= own.length) {
      own = Arrays.copyOf(own, partition + 1);
    }
    if (own[partition] == null) {
      own[partition] = new PartitionProgress(restored.get(new TopicPartition(topic, partition)));
    }
    return own[partition];
  }

  /**
   * Tells the books of the partitions that have lost records. They are broken from the newest
   * record on that was read, and a snapshot has to be newer than what is lost.
   *
   * @throws LostRecordsException if the job is not to go on
   */
  public void lose(LostRecords lost, Consumer<BookUpdate> books) {
    if (!lost.skipped()) {
      throw new LostRecordsException(LossReport.of(lost, this::newestUs));
    }
    for (LostPartition partition : lost.partitions()) {
      ReadPartition read = read(partition);
      if (read != null) {
        long firstUs = Math.max(read.newestUs(), partition.firstMs() * 1000);
        Origin origin =
            new Origin(firstUs, partition.partition(), partition.offset(), Origin.AHEAD);
        for (Instrument book : read.books()) {
          books.accept(
              notice
                  .begin()
                  .untimed()
                  .notice(BookUpdate.Kind.LOST)
                  .build(book, firstUs, read.newestUs())
                  .from(origin));
        }
      }
    }
  }

  private long newestUs(LostPartition partition) {
    ReadPartition read = read(partition);
    return read == null ? RawRecord.NO_TIME : read.newestUs();
  }

  /** Null if nothing has been read of it. */
  private ReadPartition read(LostPartition lost) {
    int number = lost.partition();
    return lost.topic().equals(topic) && isOwn(number)
        ? own[number].toState(topic, number)
        : restored.get(new TopicPartition(lost.topic(), number));
  }

  /** Writes all of it to state. */
  public void flush() throws Exception {
    List<ReadPartition> all = new ArrayList<>();
    for (int number = 0; number < own.length; number++) {
      if (own[number] != null) {
        all.add(own[number].toState(topic, number));
      }
    }
    if (isFirst) {
      restored.values().stream().filter(this::isStillOfUse).forEach(all::add);
    }
    state.update(all);
  }

  /** Not what is newer here, nor what is of a topic that is no longer read. */
  private boolean isStillOfUse(ReadPartition read) {
    return topic == null || (read.topic().equals(topic) && !isOwn(read.partition()));
  }

  private boolean isOwn(int number) {
    return number < own.length && own[number] != null;
  }
}
