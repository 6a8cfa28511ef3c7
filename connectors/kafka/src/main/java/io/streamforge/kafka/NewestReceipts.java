package io.streamforge.kafka;

import io.streamforge.time.TimePolicy;
import io.streamforge.topic.RawRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The newest receive time of each partition of a topic. A record whose clock was checked and that
 * is further behind it than disorder explains counts as that far behind: its partition's watermark
 * may have passed its own time. That is a function of the log alone, so after a restore it has to
 * go on from what the log before said.
 */
public final class NewestReceipts {
  private final TimePolicy time;

  /** Of partitions of which nothing was read since the restore, some of them other subtasks'. */
  private final Map<Place, Long> restored = new HashMap<>();

  private String topic;

  /** By partition; {@link RawRecord#NO_TIME} before the first record. */
  private long[] newestUs = {};

  private record Place(String topic, int partition) {}

  public NewestReceipts(TimePolicy time) {
    this.time = time;
  }

  /** Takes back a part of what {@link #all} of every subtask has said. */
  void restore(PartitionReceipt receipt) {
    Place place = new Place(receipt.topic(), receipt.partition());
    restored.merge(place, receipt.newestUs(), Math::max);
  }

  /** The next record of its partition, received when it counts. */
  public RawRecord next(RawRecord record) {
    int partition = record.partition();
    if (partition >= newestUs.length || newestUs[partition] == RawRecord.NO_TIME) {
      begin(record);
    }
    long newest = newestUs[partition];
    long received = record.receiveTimeUs();
    if (received > newest) { // also: has one
      newestUs[partition] = received;
      return record;
    }
    long earliest = newest - time.maxOutOfOrdernessUs();
    return record.clockChecked() && received < earliest ? record.receivedAt(earliest) : record;
  }

  private void begin(RawRecord record) {
    topic = record.topic();
    int known = newestUs.length;
    if (record.partition() >= known) {
      newestUs = Arrays.copyOf(newestUs, record.partition() + 1);
      Arrays.fill(newestUs, known, newestUs.length, RawRecord.NO_TIME);
    }
    Long before = restored.remove(new Place(topic, record.partition()));
    if (before != null) {
      newestUs[record.partition()] = before;
    }
  }

  /**
   * What the subtasks of an operator have to keep together: each its own partitions, and a share of
   * those of which none has read anything since the restore. Of two that name one partition the
   * later time counts.
   *
   * @param subtask this one of them
   * @param subtasks how many there are
   */
  List<PartitionReceipt> all(int subtask, int subtasks) {
    List<PartitionReceipt> all = new ArrayList<>();
    for (int partition = 0; partition < newestUs.length; partition++) {
      if (newestUs[partition] != RawRecord.NO_TIME) {
        all.add(new PartitionReceipt(topic, partition, newestUs[partition]));
      }
    }
    restored.forEach(
        (place, newest) -> {
          if (place.partition() % subtasks == subtask) {
            all.add(new PartitionReceipt(place.topic(), place.partition(), newest));
          }
        });
    return all;
  }
}
