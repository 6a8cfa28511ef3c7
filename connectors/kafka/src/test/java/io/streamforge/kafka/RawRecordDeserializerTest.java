package io.streamforge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.time.ReceiptBounds;
import io.streamforge.topic.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RawRecordDeserializerTest {
  private static final long WRITTEN_MS = 1_723_161_256_000L;
  private static final String RECEIVED = "1723161255342123";
  private static final byte[] KEY = bytes("BTCUSDT");
  private static final byte[] VALUE = bytes("anything");
  private static final ReceiptBounds BOUNDS = new ReceiptBounds(30_000_000, 1_000_000);

  private final Map<String, Metric> metrics = new HashMap<>();

  /** With metrics, as in the job. */
  private final RawRecordDeserializer looking = new RawRecordDeserializer(null, 10_000_000, BOUNDS);

  @BeforeEach
  void open() {
    looking.open(
        new InitializationContext() {
          @Override
          public MetricGroup getMetricGroup() {
            return new Metrics("");
          }

          @Override
          public UserCodeClassLoader getUserCodeClassLoader() {
            throw new UnsupportedOperationException();
          }
        });
  }

  @Test
  void wrapsEverythingAndReadsNothing() {
    RawRecord record =
        wrap(null, WRITTEN_MS, KEY, VALUE, "receive_time_us", RECEIVED, "venue", "v");

    assertThat(record.topic()).isEqualTo("raw-trades");
    assertThat(record.partition()).isEqualTo(3);
    assertThat(record.offset()).isEqualTo(99);
    assertThat(record.key()).isSameAs(KEY);
    assertThat(record.keyText()).isEqualTo("BTCUSDT");
    assertThat(record.value()).isSameAs(VALUE);
    assertThat(record.venue()).isEqualTo("v");
    assertThat(record.receiveTimeUs()).isEqualTo(1_723_161_255_342_123L);
    assertThat(record.hasReceiveTime()).isTrue();
  }

  /** A header of 11 MB that is no text would be three times as long in a dead letter. */
  @Test
  void ofALongNameTheBeginningIsEnough() {
    RecordHeaders headers = new RecordHeaders();
    byte[] noText = new byte[11 << 20];
    Arrays.fill(noText, (byte) 0xff);
    headers.add("venue", noText).add("event", noText).add("connection", noText);
    RawRecord record = wrap(null, WRITTEN_MS, KEY, null, headers);
    assertThat(record.venue()).isEqualTo("\ufffd".repeat(1_024));
    assertThat(record.event()).isEqualTo("\ufffd".repeat(1_024));
    assertThat(record.session()).isNotZero();
  }

  @Test
  void keyAndValueMayBeMissing() {
    RawRecord record = wrap(null, WRITTEN_MS, null, null);
    assertThat(record.key()).isNull();
    assertThat(record.keyText()).isNull();
    assertThat(record.value()).isNull();
  }

  @Test
  void theTraceContextIsTheLastHeadersUnlessThatMeansNothing() {
    String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    assertThat(traceparent(parent)).isEqualTo(parent);
    assertThat(wrap(null, WRITTEN_MS, KEY, VALUE).traceparent()).isNull();
    assertThat(
            wrap(null, WRITTEN_MS, KEY, VALUE, "traceparent", parent, "traceparent", "?")
                .traceparent())
        .isNull();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473é-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00 4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736 00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7 01",
        "0x-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-\n1"
      })
  void aTraceContextThatMeansNothingIsIgnored(String parent) {
    assertThat(traceparent(parent)).isNull();
  }

  private static String traceparent(String header) {
    return wrap(null, WRITTEN_MS, KEY, VALUE, "traceparent", header).traceparent();
  }

  @Test
  void theHeaderNamesTheVenueElseTheDefault() {
    assertThat(wrap("d", WRITTEN_MS, KEY, VALUE, "venue", "v").venue()).isEqualTo("v");
    assertThat(wrap("d", WRITTEN_MS, KEY, VALUE, "venue", "v", "venue", "w").venue())
        .isEqualTo("w");
    assertThat(wrap("d", WRITTEN_MS, KEY, VALUE, "venue", null).venue()).isEqualTo("d");
    assertThat(wrap("d", WRITTEN_MS, KEY, VALUE).venue()).isEqualTo("d");
    assertThat(wrap(null, WRITTEN_MS, KEY, VALUE).venue()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "1723161256000, 1723161256000000",
    "1000000000000, 1000000000000000",
    "9999999999999, 9999999999999000"
  })
  void withoutHeaderTheKafkaTimestampIsTheReceiveTime(long timestampMs, long receivedUs) {
    assertThat(wrap(null, timestampMs, KEY, VALUE).receiveTimeUs()).isEqualTo(receivedUs);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        -1,
        0,
        5,
        999_999_999_999L,
        10_000_000_000_000L,
        Long.MAX_VALUE,
        1_723_161_256_000_000L,
        18_446_744_073_711_274L
      })
  void otherTimestampsAreNoTimes(long timestampMs) {
    assertThat(wrap(null, timestampMs, KEY, VALUE).hasReceiveTime()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "1723161255342",
        "1723161255342123999",
        "172316125534212x",
        "-723161255342123",
        "+723161255342123",
        " 723161255342123",
        "0723161255342123",
        "17231612553421.3",
        "0000000000000000",
        "١723161255342123"
      })
  void aBadHeaderIsNoTimeWhateverTheTimestamp(String header) {
    assertThat(wrap(null, WRITTEN_MS, KEY, VALUE, "receive_time_us", header).receiveTimeUs())
        .isEqualTo(RawRecord.NO_TIME);
    assertThat(wrap(null, -1, KEY, VALUE, "receive_time_us", header).hasReceiveTime()).isFalse();
  }

  @Test
  void aHeaderOfNullIsNoTime() {
    assertThat(wrap(null, WRITTEN_MS, KEY, VALUE, "receive_time_us", null).hasReceiveTime())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "1723161266000000, 1723161256000, true",
    "1723161266000001, 1723161256000, false",
    "9999999999999999, 1723161256000, false",
    "1000000000000000, 1723161256000, true",
    "9999999999999999, -1, true",
    "1723161256000000, 9223372036854775807, true",
    "1723161256000000, 18446744073711274, true",
    "1723161256000000, 5, false"
  })
  void aReceiveTimeFarAheadOfTheTimestampIsNoTime(String header, long timestampMs, boolean valid) {
    assertThat(wrap(null, timestampMs, KEY, VALUE, "receive_time_us", header).hasReceiveTime())
        .isEqualTo(valid);
  }

  private static RawRecord wrap(
      String defaultVenue, long timestampMs, byte[] key, byte[] value, String... headers) {
    RecordHeaders recordHeaders = new RecordHeaders();
    for (int i = 0; i < headers.length; i += 2) {
      recordHeaders.add(headers[i], headers[i + 1] == null ? null : bytes(headers[i + 1]));
    }
    return wrap(defaultVenue, timestampMs, key, value, recordHeaders);
  }

  private static RawRecord wrap(
      String defaultVenue, long timestampMs, byte[] key, byte[] value, RecordHeaders headers) {
    return wrap(
        new RawRecordDeserializer(defaultVenue, 10_000_000, BOUNDS),
        new ConsumerRecord<>(
            "raw-trades",
            3,
            99,
            timestampMs,
            TimestampType.CREATE_TIME,
            0,
            0,
            key,
            value,
            headers,
            Optional.empty()));
  }

  private static RawRecord wrap(
      RawRecordDeserializer deserializer, ConsumerRecord<byte[], byte[]> record) {
    List<RawRecord> out = new ArrayList<>();
    deserializer.deserialize(record, new ListCollector<>(out));
    assertThat(out).hasSize(1);
    return out.get(0);
  }

  /** As a record of which the broker wrote the timestamp, or its producer. */
  private ConsumerRecord<byte[], byte[]> written(
      TimestampType by, long timestampMs, String venue, String received) {
    RecordHeaders headers = new RecordHeaders();
    headers.add("venue", bytes(venue));
    if (received != null) {
      headers.add("receive_time_us", bytes(received));
    }
    return new ConsumerRecord<>(
        "raw-trades", 3, 99, timestampMs, by, 0, 0, KEY, VALUE, headers, Optional.empty());
  }

  private RawRecord appended(String received) {
    return wrap(looking, written(TimestampType.LOG_APPEND_TIME, WRITTEN_MS, "okx", received));
  }

  @ParameterizedTest
  @CsvSource({
    "1723161256000000, 1723161256000000",
    "1723161257000000, 1723161257000000",
    "1723161257000001, 1723161257000000", // 1 s ahead of the broker is all
    "1723164256000000, 1723161257000000", // 50 min ahead
    "9999999999999999, 1723161257000000",
    "1723161226000000, 1723161226000000",
    "1723161225999999, 1723161226000000", // 30 s behind it, too
    "1000000000000000, 1723161226000000",
    "86400000000, 1723161256000000", // 1970, as a machine says that has no clock
    "1723161256000, 1723161256000000", // milliseconds
    "now, 1723161256000000",
    ", 1723161256000000",
  })
  void aReceiveTimeIsHeldAgainstTheBrokersClock(String header, long receivedUs) {
    RawRecord record = appended(header);
    assertThat(record.receiveTimeUs()).isEqualTo(receivedUs);
    assertThat(record.clockChecked()).isTrue();
  }

  @Test
  void eachRecordSaysWhoWroteItsTimestamp() {
    String ahead = "1723161265000000"; // 9 s
    RawRecord unchecked =
        wrap(looking, written(TimestampType.CREATE_TIME, WRITTEN_MS, "okx", ahead));
    assertThat(unchecked.clockChecked()).isFalse();
    assertThat(unchecked.receiveTimeUs()).isEqualTo(1_723_161_265_000_000L);
    assertThat(appended(ahead).receiveTimeUs()).isEqualTo(1_723_161_257_000_000L);
    // A broker whose own clock says nothing is held against nothing.
    RawRecord noTime = wrap(looking, written(TimestampType.LOG_APPEND_TIME, 5, "okx", ahead));
    assertThat(noTime.clockChecked()).isFalse();
    assertThat(count("receive_times_unchecked")).isEqualTo(2);
  }

  @Test
  void whatIsCutIsCountedByVenue() {
    appended("1723161256999999");
    assertThat(metrics).doesNotContainKeys("okx.receive_times_ahead", "okx.receive_times_behind");
    appended("1723161265000000");
    appended("1723164256000000");
    appended("1600000000000000");
    appended("x");
    wrap(looking, written(TimestampType.LOG_APPEND_TIME, WRITTEN_MS, "nyse", "1600000000000000"));
    wrap(looking, written(TimestampType.LOG_APPEND_TIME, WRITTEN_MS, "lse", "1600000000000000"));
    assertThat(count("okx.receive_times_ahead")).isEqualTo(2);
    assertThat(count("okx.receive_times_behind")).isEqualTo(1);
    assertThat(count("other.receive_times_behind")).isEqualTo(2);
    assertThat(count("receive_times_unreadable")).isEqualTo(1);
    assertThat(count("receive_times_unchecked")).isZero();
  }

  @Test
  void theSkewIsTheLargestOfLate() {
    appended("1723161255980000");
    assertThat(skewMs()).isEqualTo(-20);
    appended("1723161258000000");
    appended("1723161255970000");
    assertThat(skewMs()).isEqualTo(2_000);
    for (int minute = 1; minute <= 2; minute++) {
      long nowMs = WRITTEN_MS + minute * 60_000L;
      String received = Long.toString(nowMs * 1000 - 10_000);
      wrap(looking, written(TimestampType.LOG_APPEND_TIME, nowMs, "okx", received));
      assertThat(skewMs()).isEqualTo(minute == 1 ? 2_000 : -10);
    }
  }

  private long count(String counter) {
    return ((Counter) metrics.get(counter)).getCount();
  }

  @SuppressWarnings("unchecked")
  private long skewMs() {
    return ((Gauge<Long>) metrics.get("receipt_skew_ms")).getValue();
  }

  /** By name, behind the label's value where it has one. */
  private final class Metrics extends UnregisteredMetricsGroup {
    private final String prefix;

    Metrics(String prefix) {
      this.prefix = prefix;
    }

    @Override
    public Counter counter(String name) {
      Counter counter = new SimpleCounter();
      metrics.put(prefix + name, counter);
      return counter;
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
      metrics.put(prefix + name, gauge);
      return gauge;
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
      assertThat(key).isEqualTo("venue");
      return new Metrics(value + ".");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
