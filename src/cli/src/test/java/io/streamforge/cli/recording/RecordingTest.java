package io.streamforge.cli.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.testkit.RawMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
  private static final long START_US = 1_790_000_000_000_000L;

  @TempDir Path folder;

  private Path file(String name, long... receiveTimes) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (long time : receiveTimes) {
      lines.append(
          "{\"topic\":\"raw-trades\",\"key\":\"%s\",\"venue\":\"kraken\",\"receive_time_us\":%d,\"value\":\"[]\"}\n"
              .formatted(name, START_US + time));
    }
    return Files.writeString(folder.resolve(name), lines);
  }

  @Test
  void severalAreMergedByReceiveTimeAndThenByTheirOrder() throws IOException {
    StringBuilder order = new StringBuilder();
    try (Recordings all = new Recordings(List.of(file("a", 1, 3, 5), file("b", 1, 2, 5)))) {
      for (RawMessage m = all.poll(); m != null; m = all.poll()) {
        order.append(m.key()).append(m.receiveTimeUs() - START_US).append(' ');
      }
    }
    assertThat(order.toString()).isEqualTo("a1 b1 b2 a3 a5 b5 ");
  }

  @Test
  void aLineOfATopicThatNobodyReadsIsNamed() throws IOException {
    Path first = file("a", 1, 3);
    Path second =
        Files.writeString(
            folder.resolve("b"), "\n" + Files.readString(file("c", 2)).replace("-trades", "-bbo"));
    try (Recordings all = new Recordings(List.of(first, second))) {
      all.refuseOtherThan(Set.of("raw-trades"));
      assertThat(all.poll().key()).isEqualTo("a");
      assertThatThrownBy(all::poll)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(second + " line 2 is of topic 'raw-bbo', must be of one")
          .hasMessageEndingWith(": raw-trades");
    }
  }

  @Test
  void aLineOutOfOrderIsNamed() throws IOException {
    Path file = file("a", 1, 2_000_000, 1_000_000, 999_999);
    try (Recording recording = new Recording(file)) {
      recording.poll();
      recording.poll();
      assertThat(recording.peek().receiveTimeUs()).isEqualTo(START_US + 1_000_000); // disorder
      assertThatThrownBy(recording::poll)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage(file + " line 4 was received more than 1 s before a line above it");
    }
  }

  @Test
  void aLineThatIsNoneIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("bad"), "not json\n");
    assertThatThrownBy(() -> new Recording(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + " line 1 is no JSON");
  }

  /** What is played would end in a thousand times as many years. */
  @Test
  void aTimeInAnotherUnitIsNamedBeforeAnythingIsPlayed() throws IOException {
    Path file = file("a", 1_790_000_000_000L - START_US);
    assertThatThrownBy(() -> new Recording(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + " line 1 has receive_time_us 1790000000000; it must be");
  }
}
