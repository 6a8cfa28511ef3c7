package io.streamforge.kafka;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.TimePolicy;
import io.streamforge.state.SerializerTypeInformation;
import io.streamforge.wire.DecodeException;
import io.streamforge.wire.MessageDecoder;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.TimestampedCollector;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * Turns records of a topic into events. What cannot be read goes to {@link #DEAD_LETTERS} with its
 * coordinates and a reason; a record of which one part cannot be read yields no event. Which
 * records have an event in a tick goes to {@link #PARTITION_TICKS} before the watermark that
 * completes the tick.
 */
public final class DecodeOperator extends AbstractStreamOperator<MarketEvent>
    implements OneInputStreamOperator<RawRecord, MarketEvent> {
  private static final long serialVersionUID = 1;

  /** Records that could not be used: their own key and value, where they came from, and why. */
  public static final OutputTag<OutputRecord> DEAD_LETTERS =
      new OutputTag<>(
          "dead-letters",
          new SerializerTypeInformation<>(OutputRecord.class, new OutputRecordSerializer()));

  /** Offsets of the records that count in each tick. */
  public static final OutputTag<PartitionTick> PARTITION_TICKS =
      new OutputTag<>(
          "partition-ticks",
          new SerializerTypeInformation<>(PartitionTick.class, new PartitionTickSerializer()));

  private static final ListStateDescriptor<PartitionTick> OPEN_TICKS =
      new ListStateDescriptor<>("open-ticks", new PartitionTickSerializer());

  private final TimePolicy time;
  private final long intervalUs;
  private final int maxMessageBytes;
  private final boolean keyRequired;

  private transient MessageDecoder decoder;
  private transient TimestampedCollector<MarketEvent> events;
  private transient OpenTicks openTicks;
  private transient ListState<PartitionTick> openTicksState;

  /** Whether watermarks do not wait for this subtask. */
  private transient boolean idle;

  private transient Counter deadLetters;
  private transient Counter lateRecords;
  private transient Counter staleTrades;
  private transient Counter unusedMessages;

  /**
   * @param intervalUs time between two ticks
   * @param maxMessageBytes larger messages are dead letters
   * @param keyRequired whether a record without a key is one: its topic has several partitions, so
   *     that nothing keeps an instrument's messages in order
   */
  public DecodeOperator(
      TimePolicy time, long intervalUs, int maxMessageBytes, boolean keyRequired) {
    this.time = time;
    this.intervalUs = intervalUs;
    this.maxMessageBytes = maxMessageBytes;
    this.keyRequired = keyRequired;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    openTicks = new OpenTicks(time, intervalUs);
    openTicksState = context.getOperatorStateStore().getListState(OPEN_TICKS);
    openTicksState.get().forEach(openTicks::restore);
  }

  @Override
  public void open() throws Exception {
    super.open();
    decoder = new MessageDecoder(time, maxMessageBytes);
    events = new TimestampedCollector<>(output);
    MetricGroup metrics = getMetricGroup();
    deadLetters = metrics.counter("dead_letters");
    lateRecords = metrics.counter("late_records");
    staleTrades = metrics.counter("stale_trades");
    unusedMessages = metrics.counter("unused_messages");
  }

  @Override
  public void processElement(StreamRecord<RawRecord> element) {
    RawRecord record = element.getValue();
    events.setTimestamp(element);
    openTicks.receive(record);
    boolean heartbeat = record.value() == null && record.hasReceiveTime();
    if (!heartbeat) { // which has done its work on the watermark
      process(record, element.getTimestamp());
    }
    if (idle) {
      tellUntil(Long.MAX_VALUE);
    }
  }

  private void process(RawRecord record, long timestamp) {
    try {
      for (MarketEvent event : decode(record)) {
        openTicks.count(record, event.effectiveTimeUs());
        if (event.effectiveTimeUs() != event.eventTimeUs()) {
          lateRecords.inc();
        }
        if (record.traceparent() != null && event instanceof BookUpdate update) {
          update.trace(record.traceparent()); // of what a trade causes there is nothing to trace
        }
        events.collect(event);
      }
      staleTrades.inc(decoder.staleTrades());
      if (decoder.unused()) {
        unusedMessages.inc();
      }
    } catch (DecodeException e) {
      deadLetters.inc();
      output.collect(
          DEAD_LETTERS, new StreamRecord<>(DeadLetter.of(record, e.reason()), timestamp));
    }
  }

  private List<MarketEvent> decode(RawRecord record) throws DecodeException {
    if (!record.hasReceiveTime()) {
      throw new DecodeException("bad-receive-time");
    }
    if (record.key() == null && keyRequired) {
      throw new DecodeException("no-key");
    }
    return decoder.decode(record.venue(), record.keyText(), record.value(), record.receiveTimeUs());
  }

  private void tellUntil(long untilUs) {
    openTicks.takeUntil(
        untilUs,
        tick ->
            output.collect(
                PARTITION_TICKS,
                new StreamRecord<>(tick, Math.floorDiv(tick.timeUs(), 1000L) - 1)));
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.getTimestamp() != Watermark.MAX_WATERMARK.getTimestamp()) {
      tellUntil((mark.getTimestamp() + 1) * 1000);
    }
    super.processWatermark(mark);
  }

  /** Ticks are completed without an idle subtask: what it has of them must be known before. */
  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    idle = status.isIdle();
    if (idle) {
      tellUntil(Long.MAX_VALUE);
    }
    super.processWatermarkStatus(status);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    openTicksState.update(openTicks.all());
  }
}
