package io.streamforge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.topic.RawRecord;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatedRecordingTest {
  private static final Path FILE = RecordingFile.path("binance-usdm-btc-eth");

  @Test
  void goesOnAfterItsEnd() throws Exception {
    List<RawRecord> once = RecordingFile.records(FILE);
    RepeatedRecording repeated = new RepeatedRecording(FILE);
    for (RawRecord message : once) {
      assertThat(repeated.next().value()).isEqualTo(message.value());
    }
    RawRecord first = once.get(0);
    RawRecord again = repeated.next();
    long laterUs = again.receiveTimeUs() - first.receiveTimeUs();
    JsonNode delta = data(first);
    JsonNode later = data(again);

    assertThat(laterUs).isGreaterThan(480_000_000).isLessThan(490_000_000);
    assertThat(laterUs % 1_000_000).isZero();
    assertThat(later.get("E").asLong()).isEqualTo(delta.get("E").asLong() + laterUs / 1000);
    assertThat(later.get("pu").asLong()).isGreaterThan(data(last(once)).get("u").asLong());
    assertThat(later.get("u").asLong() - later.get("pu").asLong())
        .isEqualTo(delta.get("u").asLong() - delta.get("pu").asLong());
    assertThat(later.get("b")).isEqualTo(delta.get("b"));
  }

  private static RawRecord last(List<RawRecord> messages) {
    return messages.stream()
        .filter(message -> message.topic().equals("raw-orderbooks"))
        .reduce((a, b) -> b)
        .orElseThrow();
  }

  private static JsonNode data(RawRecord message) throws Exception {
    return new ObjectMapper().readTree(message.value()).get("data");
  }
}
