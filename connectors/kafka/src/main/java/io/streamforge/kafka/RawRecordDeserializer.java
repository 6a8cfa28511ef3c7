package io.streamforge.kafka;

import io.streamforge.state.SerializerTypeInformation;
import io.streamforge.time.ReceiptBounds;
import io.streamforge.topic.RawHeaders;
import io.streamforge.topic.RawRecord;
import io.streamforge.topic.Traceparent;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;

/**
 * Wraps Kafka records and reads nothing of their values, so that even an unreadable one moves its
 * watermark. Where the broker wrote a record's timestamp, its receive time is held against that:
 * each record says itself who wrote it, since a topic's configuration may change.
 */
public final class RawRecordDeserializer implements KafkaRecordDeserializationSchema<RawRecord> {
  private static final long serialVersionUID = 1;

  private static final int RECEIVE_TIME_DIGITS = 16;

  /** No name has more bytes: of a longer header the beginning is enough to refuse it. */
  private static final int MAX_NAME_BYTES = 1_024;

  private final String defaultVenue;
  private final long maxFutureUs;
  private final ReceiptBounds bounds;

  /** Null where nobody looks. */
  private transient ReceiptMetrics metrics;

  /**
   * @param defaultVenue venue of records that name none; null if they must
   * @param maxFutureUs how far a receive time may be ahead of a timestamp that is a producer's, too
   * @param bounds how far it may be from one that is the broker's
   */
  public RawRecordDeserializer(String defaultVenue, long maxFutureUs, ReceiptBounds bounds) {
    this.defaultVenue = defaultVenue;
    this.maxFutureUs = maxFutureUs;
    this.bounds = bounds;
  }

  @Override
  public void open(InitializationContext context) {
    metrics = new ReceiptMetrics(context.getMetricGroup());
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawRecord> out) {
    Header venue = null;
    Header receiveTime = null;
    Header traceparent = null;
    Header connection = null;
    Header event = null;
    for (Header header : record.headers()) { // of several by one name the last counts
      String name = header.key();
      if (name.equals(RawHeaders.VENUE)) {
        venue = header;
      } else if (name.equals(RawHeaders.RECEIVE_TIME)) {
        receiveTime = header;
      } else if (name.equals(RawHeaders.TRACEPARENT)) {
        traceparent = header;
      } else if (name.equals(RawHeaders.CONNECTION)) {
        connection = header;
      } else if (name.equals(RawHeaders.EVENT)) {
        event = header;
      }
    }
    String from = isEmpty(venue) ? defaultVenue : text(venue);
    boolean appended =
        record.timestampType() == TimestampType.LOG_APPEND_TIME
            && RawRecord.isReceiveTime(microseconds(record.timestamp()));
    if (metrics != null && !appended) {
      metrics.unchecked();
    }
    out.collect(
        new RawRecord(
            record.topic(),
            record.partition(),
            record.offset(),
            record.key(),
            record.value(),
            from,
            appended
                ? checked(receiveTime, microseconds(record.timestamp()), from)
                : unchecked(receiveTime, microseconds(record.timestamp())),
            Traceparent.of(traceparent),
            isEmpty(connection) ? 0 : RawRecord.sessionOf(connection.value()),
            record.value() != null || isEmpty(event) ? null : text(event),
            appended));
  }

  private static boolean isEmpty(Header header) {
    return header == null || header.value() == null;
  }

  private static String text(Header header) {
    byte[] text = header.value();
    return new String(text, 0, Math.min(text.length, MAX_NAME_BYTES), StandardCharsets.UTF_8);
  }

  private long checked(Header header, long appendedUs, String venue) {
    long receivedUs = header == null ? appendedUs : parse(header.value());
    if (receivedUs == RawRecord.NO_TIME) { // refused, it would hold its partition back
      if (metrics != null) {
        metrics.unreadable();
      }
      return appendedUs;
    }
    long cutUs = bounds.cut(receivedUs, appendedUs);
    if (metrics != null) {
      metrics.checked(venue, receivedUs, appendedUs, cutUs);
    }
    return cutUs;
  }

  // One clock wrote both times, as a rule. Far ahead of the other, the receive time would carry the
  // market off.
  private long unchecked(Header header, long writtenUs) {
    if (header == null) {
      return RawRecord.isReceiveTime(writtenUs) ? writtenUs : RawRecord.NO_TIME;
    }
    long receivedUs = parse(header.value());
    boolean future = writtenUs != RawRecord.NO_TIME && receivedUs > writtenUs + maxFutureUs;
    return future ? RawRecord.NO_TIME : receivedUs;
  }

  private static long microseconds(long timestampMs) {
    boolean time = timestampMs > 0 && timestampMs < RawRecord.END_US / 1000;
    return time ? timestampMs * 1000 : RawRecord.NO_TIME;
  }

  private static long parse(byte[] text) {
    if (text == null || text.length != RECEIVE_TIME_DIGITS) {
      return RawRecord.NO_TIME;
    }
    long value = 0;
    for (byte b : text) {
      if (b < '0' || b > '9') {
        return RawRecord.NO_TIME;
      }
      value = value * 10 + (b - '0');
    }
    return RawRecord.isReceiveTime(value) ? value : RawRecord.NO_TIME;
  }

  @Override
  public TypeInformation<RawRecord> getProducedType() {
    return new SerializerTypeInformation<>(RawRecord.class, new RawRecordSerializer());
  }
}
