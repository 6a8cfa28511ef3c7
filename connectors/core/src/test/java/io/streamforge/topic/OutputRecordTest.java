package io.streamforge.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.SimpleRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OutputRecordTest {

  static Stream<OutputRecord> records() {
    Map<String, String> headers = new HashMap<>(Map.of("venue", "€".repeat(128)));
    headers.put("traceparent", "0".repeat(55));
    return Stream.of(
        new OutputRecord(null, null, 0, Map.of()),
        new OutputRecord(new byte[3], new byte[70], Long.MAX_VALUE, Map.of()),
        new OutputRecord(new byte[512], new byte[1 << 20], 1, headers));
  }

  @ParameterizedTest
  @MethodSource("records")
  void sizeInLogIsWhatKafkaMakesOfItAndAFewBytes(OutputRecord record) {
    Header[] headers =
        record.headers().entrySet().stream()
            .map(header -> new RecordHeader(header.getKey(), header.getValue().getBytes(UTF_8)))
            .toArray(Header[]::new);
    int size =
        MemoryRecords.withRecords(
                Compression.NONE,
                new SimpleRecord(record.timestampMs(), record.key(), record.value(), headers))
            .sizeInBytes();
    assertThat(record.sizeInLog()).isBetween((long) size, size + 50L);
  }
}
