package io.streamforge.cli.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
  @TempDir Path folder;

  private static ConsumerRecord<byte[], byte[]> record(long offset, byte[] value) {
    byte[] key = "X".getBytes(StandardCharsets.UTF_8);
    return new ConsumerRecord<>(
        "raw-trades",
        0,
        offset,
        1_723_161_255_000L + offset,
        TimestampType.CREATE_TIME,
        key.length,
        value.length,
        key,
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  /** It would be others when it is played. */
  @Test
  void aBinaryMessageIsLeftOutAndCounted() throws Exception {
    Path out = folder.resolve("out.jsonl");
    try (Recorder recorder = new Recorder(out)) {
      recorder.add(record(0, "{\"ä\":1}".getBytes(StandardCharsets.UTF_8)));
      recorder.add(record(1, new byte[] {10, 4, (byte) 0xff, 1}));
      recorder.close();
      assertThat(recorder.written()).isEqualTo(1);
      assertThat(recorder.leftOut()).isEqualTo(1);
    }
    assertThat(Files.readAllLines(out)).singleElement().asString().contains("ä");
  }
}
