package io.streamforge.cli.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.cli.Main;
import io.streamforge.cli.cluster.LocalBroker;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.topic.RawTopicWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was played into Kafka is recorded from it as it was. */
@Timeout(120)
class RecordTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"binance-us-10", "made-gemini-2-disconnected", "made-market-data-event-2"})
  void aPlayedRecordingComesBackInOrder(String name) throws Exception {
    Path file = RecordingFile.path(name);
    Path out = folder.resolve("again.jsonl.gz");
    try (LocalBroker broker = LocalBroker.start(folder)) {
      List<String> topics = List.of("raw-orderbooks", "raw-trades");
      for (String topic : topics) {
        broker.createTopic(topic, 3);
      }
      try (RawTopicWriter raw =
              RawTopicWriter.connect(broker.bootstrapServers(), new Properties(), topics);
          Recording recording = new Recording(file)) {
        for (RawMessage m = recording.poll(); m != null; m = recording.poll()) {
          raw.heartbeat(m.receiveTimeUs());
          raw.send(m.topic(), m.keyBytes(), m.bytes(), m.receiveTimeUs(), m.allHeaders());
        }
        raw.flush();
      }
      int status =
          Main.commandLine()
              .execute(
                  "record",
                  "--bootstrap-servers",
                  broker.bootstrapServers(),
                  "--out",
                  out.toString(),
                  "--once");
      assertThat(status).isZero();
    }
    List<RawMessage> again = read(out);
    assertThat(again)
        .isSortedAccordingTo((a, b) -> Long.compare(a.receiveTimeUs(), b.receiveTimeUs()));
    List<RawMessage> played = read(file);
    assertThat(again).containsExactlyInAnyOrderElementsOf(played);
    for (String key : played.stream().map(RawMessage::key).distinct().toList()) {
      assertThat(ofKey(again, key)).isEqualTo(ofKey(played, key));
    }
  }

  private static List<RawMessage> ofKey(List<RawMessage> all, String key) {
    return all.stream()
        .filter(m -> m.key().equals(key) && m.topic().equals("raw-orderbooks"))
        .toList();
  }

  private static List<RawMessage> read(Path file) throws IOException {
    List<RawMessage> messages = new ArrayList<>();
    try (Recording recording = new Recording(file)) {
      for (RawMessage m = recording.poll(); m != null; m = recording.poll()) {
        messages.add(m);
      }
    }
    return messages;
  }
}
