package io.streamforge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

class NewestReceiptsTest {
  private static final long T = 1_723_161_256_000_000L;
  private static final long SECOND = 1_000_000;
  private static final TimePolicy TIME = new TimePolicy(500_000, 10_000_000, 40_000_000, 100_000);
  private static final ReceiptBounds BOUNDS = new ReceiptBounds(30 * SECOND, SECOND);

  private NewestReceipts receipts = new NewestReceipts(TIME);

  private static RawRecord received(int partition, long us, boolean checked) {
    return new RawRecord(
        "raw-trades", partition, 0, null, new byte[0], "v", us, null, 0, null, checked);
  }

  private long next(int partition, long us) {
    return receipts.next(received(partition, us, true)).receiveTimeUs();
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
    receipts.next(received(0, T, false));
    RawRecord unchecked = received(0, T - SECOND, false);
    assertThat(receipts.next(unchecked)).isSameAs(unchecked);
    RawRecord without = received(0, RawRecord.NO_TIME, false);
    assertThat(receipts.next(without)).isSameAs(without);
    // But the watermark has gone by its word, and so has what is checked from then on.
    assertThat(next(0, T - SECOND)).isEqualTo(T - 100_000);
  }

  @Test
  void aRestoreGoesOnFromTheLogBefore() {
    next(0, T);
    next(5, T + SECOND);
    List<PartitionReceipt> saved = receipts.all(0, 1);
    receipts = new NewestReceipts(TIME);
    receipts.next(received(5, RawRecord.NO_TIME, false)); // says nothing of its partition
    saved.forEach(receipts::restore);
    receipts.restore(new PartitionReceipt("raw-trades", 0, T - SECOND)); // of a share that is older
    assertThat(next(0, T - SECOND)).isEqualTo(T - 100_000);
    assertThat(next(5, T - SECOND)).isEqualTo(T + 900_000);
    assertThat(next(7, T - SECOND)).isEqualTo(T - SECOND);
  }

  @Test
  void anotherTopicBeginsAnew() {
    receipts.restore(new PartitionReceipt("raw-trades-old", 0, T));
    assertThat(next(0, T - SECOND)).isEqualTo(T - SECOND);
  }

  @Test
  void partitionsThatAreSilentAfterARestoreAreForgottenByNobody() {
    for (int partition = 0; partition < 8; partition++) {
      next(partition, T + partition);
    }
    List<PartitionReceipt> saved = receipts.all(0, 1);
    for (int round = 0; round < 3; round++) {
      List<PartitionReceipt> again = new ArrayList<>();
      for (int subtask = 0; subtask < 3; subtask++) {
        receipts = new NewestReceipts(TIME);
        saved.forEach(receipts::restore);
        next(subtask, T); // the others of its partitions are silent
        again.addAll(receipts.all(subtask, 3));
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
      @ForAll @IntRange(max = 60) int failsAfter) {
    receipts = new NewestReceipts(TIME);
    long[] watermark = {Long.MIN_VALUE};
    Watermarks output = new Watermarks(watermark);
    SampleWatermarks source = new SampleWatermarks(TIME, SECOND);
    long newestUs = Long.MIN_VALUE;
    int offset = 0;
    for (Written record : log) {
      if (offset++ == failsAfter) {
        List<PartitionReceipt> saved = receipts.all(0, 1);
        receipts = new NewestReceipts(TIME);
        saved.forEach(receipts::restore);
        source = new SampleWatermarks(TIME, SECOND);
      }
      long cutUs = BOUNDS.cut(record.receivedUs(), record.appendedUs());
      RawRecord read = received(0, cutUs, true);
      RawRecord decoded = receipts.next(read);
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
