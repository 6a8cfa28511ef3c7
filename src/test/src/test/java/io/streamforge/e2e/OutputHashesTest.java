package io.streamforge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.cli.recording.Recordings;
import io.streamforge.cli.replay.DirectReplay;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bytes of every topic out for every recording, by a table that is kept with the code: {@code
 * recording topic sha256 lines}.
 */
@Timeout(180)
class OutputHashesTest {
  private static final List<String> TOPICS =
      List.of("symbol-features", "graph-features", "book-resync", "dead-letters", "market-events");

  @TempDir Path out;

  static List<String> recordings() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("..", "..", "recordings"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jsonl.gz") && !name.endsWith(".bbo.jsonl.gz"))
          .map(name -> name.substring(0, name.indexOf('.')))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void anOutputThatChangesItsBytesChangesTheTable(String name) throws Exception {
    Map<String, String> settings = Map.of("instruments.registry", Replays.REGISTRY);
    try (Recordings input = new Recordings(List.of(Replays.recording(name)))) {
      new DirectReplay(Replays.withEvents(settings), progress -> {}).run(input, out);
    }
    StringBuilder rows = new StringBuilder();
    for (String topic : TOPICS) {
      byte[] file = Files.readAllBytes(out.resolve(topic + ".jsonl"));
      rows.append("%s %s %s %d%n".formatted(name, topic, sha256(file), lines(file)));
    }
    assertThat(rows.toString())
        .as("an output that changes its bytes changes hashes.txt and the CHANGELOG; %s", name)
        .isEqualTo(rowsOf(name));
  }

  @Test
  void theTableHasEveryRecordingAndNoOther() throws IOException {
    assertThat(table().map(row -> row.substring(0, row.indexOf(' '))).distinct())
        .containsExactlyInAnyOrderElementsOf(recordings());
  }

  private static String rowsOf(String name) throws IOException {
    StringBuilder rows = new StringBuilder();
    table().filter(row -> row.startsWith(name + ' ')).forEach(row -> rows.append(row).append('\n'));
    return rows.toString();
  }

  private static Stream<String> table() throws IOException {
    try (InputStream in = OutputHashesTest.class.getResourceAsStream("/hashes.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines();
    }
  }

  private static String sha256(byte[] file) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
  }

  private static long lines(byte[] file) {
    long lines = 0;
    for (byte b : file) {
      if (b == '\n') {
        lines++;
      }
    }
    return lines;
  }
}
