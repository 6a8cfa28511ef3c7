package io.streamforge.marketgraph;

import io.streamforge.kafka.PartitionSample;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;

/**
 * Which records of the topics in each sample rests on, and which partitions it was closed without:
 * headers of a graph's record. On the heap, and written to state before a checkpoint; every subtask
 * hears of all partitions.
 */
public final class AuditTrail {
  /**
   * Header: the first and the last offset of each partition, {@code topic/partition:first-last}.
   */
  public static final String INPUT_OFFSETS = "input_offsets";

  /** Header: partitions, {@code topic/partition}. */
  static final String IDLE_PARTITIONS = "idle_partitions";

  private static final MapStateDescriptor<Tuple3<Long, String, Integer>, Tuple2<Long, Long>>
      OFFSETS =
          new MapStateDescriptor<>(
              "input-offsets",
              Types.TUPLE(Types.LONG, Types.STRING, Types.INT),
              Types.TUPLE(Types.LONG, Types.LONG));
  private static final MapStateDescriptor<Tuple2<String, Integer>, Long> COMPLETE =
      new MapStateDescriptor<>("complete-until", Types.TUPLE(Types.STRING, Types.INT), Types.LONG);

  /** In the order of their topics and then of their numbers. */
  private record Partition(String topic, int number) implements Comparable<Partition> {
    @Override
    public int compareTo(Partition other) {
      int byTopic = topic.compareTo(other.topic);
      return byTopic == 0 ? Integer.compare(number, other.number) : byTopic;
    }

    @Override
    public String toString() {
      return topic + '/' + number;
    }
  }

  private record Offsets(long first, long last) {
    Offsets and(Offsets other) {
      return new Offsets(Math.min(first, other.first), Math.max(last, other.last));
    }

    @Override
    public String toString() {
      return first + "-" + last;
    }
  }

  private final BroadcastState<Tuple3<Long, String, Integer>, Tuple2<Long, Long>> offsetsState;
  private final BroadcastState<Tuple2<String, Integer>, Long> completeState;

  private final TreeMap<Long, NavigableMap<Partition, Offsets>> samples = new TreeMap<>();
  private final TreeMap<Partition, Long> completeUs = new TreeMap<>();

  /** No graph of an earlier time, or of this one, is still to come. */
  private long closedUs = Long.MIN_VALUE;

  /**
   * @param partitions how many each topic in has, as far as known: others are known once they have
   *     a record
   */
  AuditTrail(OperatorStateStore store, Map<String, Integer> partitions) throws Exception {
    offsetsState = store.getBroadcastState(OFFSETS);
    completeState = store.getBroadcastState(COMPLETE);
    partitions.forEach(
        (topic, count) -> {
          for (int number = 0; number < count; number++) {
            completeUs.put(new Partition(topic, number), Long.MIN_VALUE);
          }
        });
    for (Map.Entry<Tuple3<Long, String, Integer>, Tuple2<Long, Long>> saved :
        offsetsState.immutableEntries()) {
      Tuple3<Long, String, Integer> key = saved.getKey();
      Offsets offsets = new Offsets(saved.getValue().f0, saved.getValue().f1);
      sample(key.f0).put(new Partition(key.f1, key.f2), offsets);
    }
    for (Map.Entry<Tuple2<String, Integer>, Long> saved : completeState.immutableEntries()) {
      Partition partition = new Partition(saved.getKey().f0, saved.getKey().f1);
      if (partitions.containsKey(partition.topic())) { // else it is read no longer
        completeUs.put(partition, saved.getValue());
      }
    }
  }

  private NavigableMap<Partition, Offsets> sample(long timeUs) {
    return samples.computeIfAbsent(timeUs, time -> new TreeMap<>());
  }

  /**
   * What came too late for its sample counts, as everywhere, in the first that is not published.
   */
  void add(PartitionSample sample) {
    Partition partition = new Partition(sample.topic(), sample.partition());
    completeUs.merge(partition, sample.completeUs(), Math::max);
    if (sample.hasRecords()) {
      Offsets offsets = new Offsets(sample.firstOffset(), sample.lastOffset());
      sample(Math.max(sample.timeUs(), closedUs + 1)).merge(partition, offsets, Offsets::and);
    }
  }

  /** The headers of the graph at a time, if the one before was at {@code sinceUs}. */
  Map<String, String> headers(long sinceUs, long timeUs) {
    TreeMap<Partition, Offsets> offsets = new TreeMap<>();
    for (NavigableMap<Partition, Offsets> sample :
        samples.subMap(sinceUs, false, timeUs, true).values()) {
      sample.forEach((partition, own) -> offsets.merge(partition, own, Offsets::and));
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(
        INPUT_OFFSETS,
        offsets.entrySet().stream()
            .map(entry -> entry.getKey() + ":" + entry.getValue())
            .collect(Collectors.joining(",")));
    headers.put(
        IDLE_PARTITIONS,
        completeUs.entrySet().stream()
            .filter(entry -> entry.getValue() < timeUs)
            .map(entry -> entry.getKey().toString())
            .collect(Collectors.joining(",")));
    return headers;
  }

  /** All graphs up to a time are out. */
  void close(long timeUs) {
    closedUs = Math.max(closedUs, timeUs);
    samples.headMap(closedUs, true).clear();
  }

  /** Writes all of it to state. */
  void flush() throws Exception {
    offsetsState.clear();
    for (Map.Entry<Long, NavigableMap<Partition, Offsets>> sample : samples.entrySet()) {
      for (Map.Entry<Partition, Offsets> entry : sample.getValue().entrySet()) {
        Partition partition = entry.getKey();
        offsetsState.put(
            Tuple3.of(sample.getKey(), partition.topic(), partition.number()),
            Tuple2.of(entry.getValue().first(), entry.getValue().last()));
      }
    }
    for (Map.Entry<Partition, Long> entry : completeUs.entrySet()) {
      Partition partition = entry.getKey();
      completeState.put(Tuple2.of(partition.topic(), partition.number()), entry.getValue());
    }
  }
}
