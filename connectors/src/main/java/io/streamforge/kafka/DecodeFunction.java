package io.streamforge.kafka;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.TimePolicy;
import io.streamforge.state.SerializerTypeInformation;
import io.streamforge.wire.DecodeException;
import io.streamforge.wire.MessageDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Turns records into events. What cannot be read goes to {@link #DEAD_LETTERS} with its coordinates
 * and a reason; a record of which one part cannot be read yields no event.
 */
public final class DecodeFunction extends ProcessFunction<RawRecord, MarketEvent> {
  private static final long serialVersionUID = 1;

  /** Records that could not be used: their own key and value, where they came from, and why. */
  public static final OutputTag<OutputRecord> DEAD_LETTERS =
      new OutputTag<>(
          "dead-letters",
          new SerializerTypeInformation<>(OutputRecord.class, new OutputRecordSerializer()));

  private final TimePolicy time;
  private final int maxMessageBytes;
  private final boolean keyRequired;

  private transient MessageDecoder decoder;
  private transient Counter deadLetters;
  private transient Counter lateRecords;
  private transient Counter staleTrades;
  private transient Counter unusedMessages;

  /**
   * @param maxMessageBytes larger messages are dead letters
   * @param keyRequired whether a record without a key is one: its topic has several partitions, so
   *     that nothing keeps an instrument's messages in order
   */
  public DecodeFunction(TimePolicy time, int maxMessageBytes, boolean keyRequired) {
    this.time = time;
    this.maxMessageBytes = maxMessageBytes;
    this.keyRequired = keyRequired;
  }

  @Override
  public void open(OpenContext context) {
    decoder = new MessageDecoder(time, maxMessageBytes);
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    deadLetters = metrics.counter("dead_letters");
    lateRecords = metrics.counter("late_records");
    staleTrades = metrics.counter("stale_trades");
    unusedMessages = metrics.counter("unused_messages");
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<MarketEvent> out) {
    if (record.value() == null && record.hasReceiveTime()) {
      return; // a heartbeat has done its work on the watermark
    }
    try {
      for (MarketEvent event : decode(record)) {
        if (event.effectiveTimeUs() != event.eventTimeUs()) {
          lateRecords.inc();
        }
        if (record.traceparent() != null && event instanceof BookUpdate update) {
          update.trace(record.traceparent()); // of what a trade causes there is nothing to trace
        }
        out.collect(event);
      }
      staleTrades.inc(decoder.staleTrades());
      if (decoder.unused()) {
        unusedMessages.inc();
      }
    } catch (DecodeException e) {
      deadLetters.inc();
      context.output(DEAD_LETTERS, deadLetter(record, e.reason()));
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

  private static OutputRecord deadLetter(RawRecord record, String reason) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("topic", record.topic());
    headers.put("partition", Integer.toString(record.partition()));
    headers.put("offset", Long.toString(record.offset()));
    headers.put("reason", reason);
    if (record.venue() != null) {
      headers.put("venue", record.venue());
    }
    if (record.traceparent() != null) {
      headers.put(RawRecordDeserializer.TRACEPARENT, record.traceparent());
    }
    return new OutputRecord(record.key(), record.value(), -1, headers);
  }
}
