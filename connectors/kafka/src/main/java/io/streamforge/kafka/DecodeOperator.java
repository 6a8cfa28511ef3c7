package io.streamforge.kafka;

import io.streamforge.admission.Admission;
import io.streamforge.admission.AdmissionRule;
import io.streamforge.kafka.log.LostRecords;
import io.streamforge.kafka.log.ReadPartitions;
import io.streamforge.market.MarketEvent;
import io.streamforge.record.DeadLetterRecord;
import io.streamforge.state.SerializerTypeInformation;
import io.streamforge.time.SampleSweep;
import io.streamforge.time.TimePolicy;
import io.streamforge.topic.OutputRecord;
import io.streamforge.topic.RawRecord;
import io.streamforge.wire.MessageDecoder;
import io.streamforge.wire.RecordDecoder;
import org.apache.flink.api.common.TaskInfo;
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
 * coordinates and a reason, while what else the record holds counts. Which records have an event in
 * a sample goes to {@link #PARTITION_SAMPLES} before the watermark that completes the sample.
 */
public final class DecodeOperator extends AbstractStreamOperator<MarketEvent>
    implements OneInputStreamOperator<RawRecord, MarketEvent> {
  private static final long serialVersionUID = 1;

  /** Records that could not be used: their own key and value, where they came from, and why. */
  public static final OutputTag<OutputRecord> DEAD_LETTERS =
      new OutputTag<>(
          "dead-letters",
          new SerializerTypeInformation<>(OutputRecord.class, new OutputRecordSerializer()));

  /** Offsets of the records that count in each sample. */
  public static final OutputTag<PartitionSample> PARTITION_SAMPLES =
      new OutputTag<>(
          "partition-samples",
          new SerializerTypeInformation<>(PartitionSample.class, new PartitionSampleSerializer()));

  private static final ListStateDescriptor<PartitionSample> OPEN_SAMPLES =
      new ListStateDescriptor<>("open-samples", new PartitionSampleSerializer());

  private final TimePolicy time;
  private final long intervalUs;
  private final int maxMessageBytes;
  private final boolean keyRequired;
  private final String booksTopic;
  private final AdmissionRule rule;
  private final boolean tellsOrigins;

  private transient RecordDecoder decoder;
  private transient Admission admission;
  private transient AdmissionState admissionState;
  private transient TimestampedCollector<MarketEvent> events;
  private transient OpenSamples openSamples;
  private transient ListState<PartitionSample> openSamplesState;
  private transient ReadPartitions readPartitions;

  /** Whether watermarks do not wait for this subtask. */
  private transient boolean idle;

  private transient Counter deadLetters;
  private transient Counter decoderFailures;
  private transient Counter recordsLost;
  private transient Counter lateRecords;
  private transient Counter staleTrades;
  private transient Counter unusedMessages;
  private transient Counter refusedMessages;
  private transient Counter unlistedMessages;

  /**
   * @param intervalUs time between two samples
   * @param maxMessageBytes larger messages are dead letters
   * @param keyRequired whether a record without a key is one: its topic has several partitions, so
   *     that nothing keeps an instrument's messages in order
   * @param booksTopic the topic of order books, where a record that cannot be read is a book's loss
   * @param rule which instruments are taken
   * @param tellsOrigins whether events say where they came from
   */
  public DecodeOperator(
      TimePolicy time,
      long intervalUs,
      int maxMessageBytes,
      boolean keyRequired,
      String booksTopic,
      AdmissionRule rule,
      boolean tellsOrigins) {
    this.time = time;
    this.intervalUs = intervalUs;
    this.maxMessageBytes = maxMessageBytes;
    this.keyRequired = keyRequired;
    this.booksTopic = booksTopic;
    this.rule = rule;
    this.tellsOrigins = tellsOrigins;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    openSamples = new OpenSamples(time, intervalUs);
    openSamplesState = context.getOperatorStateStore().getListState(OPEN_SAMPLES);
    openSamplesState.get().forEach(openSamples::restore);
    admission = new Admission(rule);
    TaskInfo task = getRuntimeContext().getTaskInfo();
    admissionState =
        new AdmissionState(
            admission, context, task.getIndexOfThisSubtask(), task.getNumberOfParallelSubtasks());
    readPartitions =
        new ReadPartitions(
            context.getOperatorStateStore(),
            time.maxOutOfOrdernessUs(),
            task.getIndexOfThisSubtask());
  }

  @Override
  public void open() throws Exception {
    super.open();
    MessageDecoder messages = new MessageDecoder(time, maxMessageBytes, tellsOrigins);
    decoder = new RecordDecoder(messages, keyRequired, booksTopic);
    events = new TimestampedCollector<>(output);
    MetricGroup metrics = getMetricGroup();
    deadLetters = metrics.counter("dead_letters");
    decoderFailures = metrics.counter("decoder_failures");
    recordsLost = metrics.counter("records_lost");
    lateRecords = metrics.counter("late_records");
    staleTrades = metrics.counter("stale_trades");
    unusedMessages = metrics.counter("unused_messages");
    refusedMessages = metrics.counter("refused_messages");
    unlistedMessages = metrics.counter("unlisted_messages");
  }

  @Override
  public void processElement(StreamRecord<RawRecord> element) {
    events.setTimestamp(element);
    if (LostRecords.isNotice(element.getValue())) {
      LostRecords lost = LostRecords.of(element.getValue());
      readPartitions.lose(lost, events::collect);
      recordsLost.inc(lost.count());
      return;
    }
    RawRecord record = readPartitions.receive(element.getValue());
    openSamples.receive(record);
    if (!RecordDecoder.isHeartbeat(record)) { // which has done its work on the watermark
      process(record, element.getTimestamp());
    }
    if (idle) {
      tellUntil(Long.MAX_VALUE);
    }
  }

  private void process(RawRecord record, long timestamp) {
    for (MarketEvent event : admission.take(record, decoder.decode(record))) {
      openSamples.count(record, event.effectiveTimeUs());
      readPartitions.count(record, event);
      events.collect(event);
    }
    lateRecords.inc(decoder.lateEvents());
    staleTrades.inc(decoder.staleTrades());
    if (decoder.unused()) {
      unusedMessages.inc();
    }
    if (admission.refused()) {
      refusedMessages.inc();
    }
    if (admission.unlisted()) {
      unlistedMessages.inc();
    }
    String flaw = decoder.flaw() != null ? decoder.flaw() : admission.flaw();
    if (flaw != null) {
      deadLetters.inc();
      if (decoder.failed()) {
        decoderFailures.inc();
      }
      output.collect(
          DEAD_LETTERS, new StreamRecord<>(DeadLetterRecord.of(record, flaw), timestamp));
    }
  }

  private void tellUntil(long untilUs) {
    openSamples.takeUntil(
        untilUs,
        sample ->
            output.collect(
                PARTITION_SAMPLES,
                new StreamRecord<>(sample, SampleSweep.timestampMs(sample.timeUs()))));
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    SampleSweep.at(mark.getTimestamp(), this::tellUntil);
    super.processWatermark(mark);
  }

  /** Samples are completed without an idle subtask: what it has of them must be known before. */
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
    openSamplesState.update(openSamples.all());
    admissionState.write();
    readPartitions.flush();
  }
}
