package io.streamforge.cli.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.time.ReceiptBounds;
import io.streamforge.time.TimePolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
  private static final long TIME_MS = 1_723_161_255_000L;
  private static final byte[] KEY = {'X'};
  private static final byte[] BAD = {(byte) 0xff};
  private static final TimePolicy TIME = new TimePolicy(500_000, 10_000_000, 40_000_000, 100_000);
  private static final ReceiptBounds BOUNDS = new ReceiptBounds(30_000_000, 1_000_000);

  @TempDir Path folder;

  private static ConsumerRecord<byte[], byte[]> record(
      long offset, byte[] key, byte[] value, Map<String, byte[]> headers) {
    return record(TimestampType.CREATE_TIME, offset, key, value, headers);
  }

  private static ConsumerRecord<byte[], byte[]> record(
      TimestampType by, long offset, byte[] key, byte[] value, Map<String, byte[]> headers) {
    RecordHeaders all = new RecordHeaders();
    headers.forEach(all::add);
    return new ConsumerRecord<>(
        "raw-trades", 0, offset, TIME_MS + offset, by, 0, 0, key, value, all, Optional.empty());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private List<RawMessage> written(List<ConsumerRecord<byte[], byte[]>> records, int leftOut)
      throws IOException {
    Path out = folder.resolve("out.jsonl.gz");
    try (Recorder recorder = new Recorder(out, TIME, BOUNDS)) {
      records.forEach(recorder::add);
      recorder.close();
      assertThat(recorder.leftOut()).isEqualTo(leftOut);
    }
    return RecordingFile.read(out);
  }

  @Test
  void whatIsNoTextIsWrittenToo() throws IOException {
    byte[] bytes = {10, 4, (byte) 0xff, 1};
    byte[] text = utf8("{\"ä\":1}");
    assertThat(written(List.of(record(0, KEY, text, Map.of()), record(1, KEY, bytes, Map.of())), 0))
        .containsExactly(
            new RawMessage("raw-trades", "X", null, TIME_MS * 1000, "{\"ä\":1}"),
            RawMessage.binary("raw-trades", "X", null, TIME_MS * 1000 + 1000, bytes));
  }

  /** A record that only moves a watermark is none of a recording. */
  @Test
  void eventsAndHeadersAreWrittenHeartbeatsAreNot() throws IOException {
    byte[] acme = utf8("acme");
    byte[] session = utf8("a-1");
    byte[] event = utf8("disconnected");
    byte[] time = utf8(Long.toString(TIME_MS * 1000 - 1));
    assertThat(
            written(
                List.of(
                    record(0, KEY, null, Map.of("venue", acme)),
                    record(
                        1, KEY, null, Map.of("venue", acme, "connection", session, "event", event)),
                    record(
                        2,
                        null,
                        utf8("{}"),
                        Map.of("venue", acme, "receive_time_us", time, "a", acme, "b", BAD))),
                0))
        .containsExactly(
            new RawMessage(
                "raw-trades",
                null,
                "acme",
                TIME_MS * 1000 - 1,
                "{}",
                null,
                null,
                null,
                Map.of("a", "acme")),
            RawMessage.disconnected("raw-trades", "X", "acme", "a-1", TIME_MS * 1000 + 1000));
  }

  private static ConsumerRecord<byte[], byte[]> appended(
      long offsetMs, String key, long receivedMs) {
    return record(
        TimestampType.LOG_APPEND_TIME,
        offsetMs,
        utf8(key),
        utf8("{}"),
        Map.of("receive_time_us", utf8(Long.toString((TIME_MS + receivedMs) * 1000))));
  }

  /** As it counted in the job that read the same topic; of a key the log's order stays. */
  @Test
  void aClockThatIsAheadAndThenSetRightIsWrittenAsItCounted() throws IOException {
    List<ConsumerRecord<byte[], byte[]>> log =
        List.of(
            appended(0, "X", 9_000), // 1 s is believed
            appended(10, "Y", 5),
            appended(20, "X", 15), // the clock is right again, of a book that must not turn round
            appended(1_500, "X", 1_490));
    assertThat(written(log, 0))
        .extracting(RawMessage::key, message -> message.receiveTimeUs() / 1000 - TIME_MS)
        .containsExactly(
            tuple("Y", 900L), tuple("X", 1_000L), tuple("X", 900L), tuple("X", 1_490L));
  }

  /** Written as text it would be another. */
  @Test
  void aRecordWhoseKeyOrVenueIsNoTextIsLeftOutAndCounted() throws IOException {
    assertThat(
            written(
                List.of(
                    record(0, BAD, utf8("{}"), Map.of()),
                    record(1, KEY, utf8("{}"), Map.of("venue", BAD)),
                    record(2, KEY, utf8("{}"), Map.of("connection", BAD))),
                3))
        .isEmpty();
  }
}
