package io.streamforge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.kafka.log.ReadPartition;
import io.streamforge.kafka.log.ReadPartitionSerializer;
import io.streamforge.kafka.log.ReadPartitions;
import io.streamforge.time.ReceiptBounds;
import io.streamforge.time.SampleSweep;
import io.streamforge.time.TimePolicy;
import io.streamforge.topic.RawRecord;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.runtime.state.DefaultOperatorStateBackendBuilder;
import org.apache.flink.runtime.state.OperatorStateBackend;
import org.junit.jupiter.api.Test;

/** What {@code decode} remembers of partitions, in Flink's own operator state. */
class ReadPartitionsTest {
  private static final long T = 1_723_161_256_000_000L;
  private static final long SECOND = 1_000_000;
  private static final TimePolicy TIME = new TimePolicy(500_000, 10_000_000, 40_000_000, 100_000);
  private static final ReceiptBounds BOUNDS = new ReceiptBounds(30 * SECOND, SECOND);

  private static final ListStateDescriptor<ReadPartition> STATE =
      new ListStateDescriptor<>("read-partitions", new ReadPartitionSerializer());

  private OperatorStateBackend backend;
  private ReadPartitions partitions;

  ReadPartitionsTest() throws Exception {
    restore(List.of(), 0);
  }

  /** A subtask of those that go on from a checkpoint. */
  private void restore(List<ReadPartition> saved, int subtask) throws Exception {
    backend =
        new DefaultOperatorStateBackendBuilder(
                getClass().getClassLoader(),
                new ExecutionConfig(),
                false,
                List.of(),
                new CloseableRegistry())
            .build();
    backend.getUnionListState(STATE).update(saved);
    partitions = new ReadPartitions(backend, TIME.maxOutOfOrdernessUs(), subtask);
  }

  private List<ReadPartition> save() throws Exception {
    partitions.flush();
    List<ReadPartition> saved = new ArrayList<>();
    backend.getUnionListState(STATE).get().forEach(saved::add);
    return saved;
  }

  private static ReadPartition read(String topic, int partition, long newestUs) {
    return new ReadPartition(topic, partition, newestUs, List.of());
  }

  private static RawRecord received(int partition, long us, boolean checked) {
    return new RawRecord(
        "raw-trades", partition, 0, null, new byte[0], "v", us, null, 0, null, checked);
  }

  private long next(int partition, long us) {
    return partitions.receive(received(partition, us, true)).receiveTimeUs();
  }

  @Test
  void aRecordIsNoFurtherBehindItsPartitionThanDisorderExplains() {
    assertThat(next(0, T)).isEqualTo(T);
    assertThat(next(0, T - 100_000)).isEqualTo(T - 100_000);
    assertThat(next(0, T - 100_001)).isEqualTo(T - 100_000);
    assertThat(next(0, T - 20 * SECOND)).isEqualTo(T - 100_000);
    assertThat(next(1, T - 20 * SECOND)).isEqualTo(T - 20 * SECOND); // a partition of its own
    assertThat(next(0, T + 1)).isEqualTo(T + 1);
    assertThat(next(0, T - 100_000)).isEqualTo(T - 99_999);
  }

  @Test
  void aClockThatIsHeldAgainstNothingIsTakenAtItsWord() {
    partitions.receive(received(0, T, false));
    RawRecord unchecked = received(0, T - SECOND, false);
    assertThat(partitions.receive(unchecked)).isSameAs(unchecked);
    RawRecord without = received(0, RawRecord.NO_TIME, false);
    assertThat(partitions.receive(without)).isSameAs(without);
    // But the watermark has gone by its word, and so has what is checked from then on.
    assertThat(next(0, T - SECOND)).isEqualTo(T - 100_000);
  }

  @Test
  void aRestoreGoesOnFromTheLogBefore() throws Exception {
    next(0, T);
    next(5, T + SECOND);
    List<ReadPartition> saved = save();
    saved.add(read("raw-trades", 0, T - SECOND)); // of a share that is older
    restore(saved, 0);
    partitions.receive(received(5, RawRecord.NO_TIME, false)); // says nothing of its partition
    assertThat(next(0, T - SECOND)).isEqualTo(T - 100_000);
    assertThat(next(5, T - SECOND)).isEqualTo(T + 900_000);
    assertThat(next(7, T - SECOND)).isEqualTo(T - SECOND);
  }

  @Test
  void anotherTopicBeginsAnew() throws Exception {
    restore(List.of(read("raw-trades-old", 0, T)), 0);
    assertThat(next(0, T - SECOND)).isEqualTo(T - SECOND);
  }

  @Test
  void partitionsThatAreSilentAfterARestoreAreForgottenByNobody() throws Exception {
    for (int partition = 0; partition < 8; partition++) {
      next(partition, T + partition);
    }
    List<ReadPartition> saved = save();
    for (int round = 0; round < 3; round++) {
      List<ReadPartition> again = new ArrayList<>();
      for (int subtask = 0; subtask < 3; subtask++) {
        restore(saved, subtask);
        next(subtask, T); // the others of its partitions are silent
        again.addAll(save());
      }
      assertThat(again).containsAll(saved).hasSizeLessThanOrEqualTo(2 * saved.size());
      saved = again;
    }
  }

  /** What a producer writes, and when the broker appends it. */
  private record Written(long receivedUs, long appendedUs) {}

  @Provide
  Arbitrary<Written> written() {
    return Combinators.combine(
            Arbitraries.longs().between(-100 * SECOND, 100 * SECOND),
            Arbitraries.longs().between(0, 20 * SECOND))
        .as((received, appended) -> new Written(T + received, T + appended));
  }

  /** Whatever clocks say, and wherever the job fails and goes on with another source. */
  @Property
  void noRecordIsEverBehindTheWatermarkOfItsPartition(
      @ForAll @Size(max = 60) List<@net.jqwik.api.From("written") Written> log,
      @ForAll @IntRange(max = 60) int failsAfter)
      throws Exception {
    restore(List.of(), 0);
    long[] watermark = {Long.MIN_VALUE};
    Watermarks output = new Watermarks(watermark);
    SampleWatermarks source = new SampleWatermarks(TIME, SECOND);
    long newestUs = Long.MIN_VALUE;
    int offset = 0;
    for (Written record : log) {
      if (offset++ == failsAfter) {
        restore(save(), 0);
        source = new SampleWatermarks(TIME, SECOND);
      }
      long cutUs = BOUNDS.cut(record.receivedUs(), record.appendedUs());
      RawRecord read = received(0, cutUs, true);
      RawRecord decoded = partitions.receive(read);
      long effectiveUs = TIME.effectiveTimeUs(0, decoded.receiveTimeUs());
      SampleSweep.at(watermark[0], until -> assertThat(effectiveUs).isGreaterThanOrEqualTo(until));
      source.onEvent(read, 0, output);
      // The contract's rule, from the log alone.
      assertThat(decoded.receiveTimeUs())
          .isEqualTo(newestUs == Long.MIN_VALUE ? cutUs : Math.max(cutUs, newestUs - 100_000));
      newestUs = Math.max(newestUs, cutUs);
    }
  }

  /** The largest that was emitted, as who reads it keeps it. */
  private record Watermarks(long[] newest) implements WatermarkOutput {
    @Override
    public void emitWatermark(Watermark watermark) {
      newest[0] = Math.max(newest[0], watermark.getTimestamp());
    }

    @Override
    public void markIdle() {
      throw new AssertionError();
    }

    @Override
    public void markActive() {
      throw new AssertionError();
    }
  }
}
