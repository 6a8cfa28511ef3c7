package io.streamforge.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.topic.OutputRecord;
import io.streamforge.topic.RawRecord;
import java.io.IOException;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.DefaultRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterRecordTest {
  /** What a broker's topic takes if nobody says otherwise. */
  private static final int TOPIC_LIMIT = 1_048_588;

  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private static OutputRecord of(byte[] key, byte[] value, String venue) {
    return DeadLetterRecord.of(
        new RawRecord(
            "t".repeat(249), 7, Long.MAX_VALUE, key, value, venue, 0, TRACE, 0, null, false),
        "malformed-json");
  }

  private static Headers headers(OutputRecord record) {
    Headers headers = new RecordHeaders();
    record.headers().forEach((name, text) -> headers.add(name, text.getBytes(UTF_8)));
    return headers;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 511 << 10, 512 << 10})
  void whatFitsStaysWhole(int bytes) throws IOException {
    byte[] value = new byte[bytes];
    OutputRecord letter = of(new byte[512], value, "v".repeat(128));
    assertThat(letter.value()).isSameAs(value);
    assertThat(letter.key()).hasSize(512);
    assertThat(DeadLetterRecord.read(headers(letter)).venue()).hasSize(128);
    assertThat(DeadLetterRecord.read(headers(letter)).whole()).isNull();
  }

  @Test
  void theRestTellsItsLengthAndHash() throws IOException {
    byte[] value = new byte[(512 << 10) + 1];
    Arrays.fill(value, (byte) 'a');
    value[0] = 'b';
    OutputRecord letter = of(null, value, null);
    assertThat(letter.value()).isEqualTo(Arrays.copyOf(value, 512 << 10));
    assertThat(DeadLetterRecord.read(headers(letter)).whole())
        .isEqualTo(
            new DeadLetterRecord.WholeValue(
                524_289, "4330649cff5fa186c630770804da51f9fd0c38ac9d226ec6bbc6a0b341307561"));
  }

  @Test
  void aLetterAlwaysFitsItsTopic() throws IOException {
    String pairs = "\ud83d\ude00".repeat(1 << 20);
    OutputRecord letter = of(new byte[11 << 20], new byte[40 << 20], "x" + pairs);
    assertThat(letter.key()).hasSize(512);
    String venue = DeadLetterRecord.read(headers(letter)).venue();
    assertThat(venue).isEqualTo("x" + pairs.substring(0, 126)); // no half of a pair
    assertThat(DeadLetterRecord.read(headers(letter)).whole().bytes()).isEqualTo(40 << 20);
    int bytes =
        DefaultRecord.sizeInBytes(
            0, 0, letter.key().length, letter.value().length, headers(letter).toArray());
    assertThat(bytes).isLessThan(TOPIC_LIMIT / 2 + 2_000);
  }
}
