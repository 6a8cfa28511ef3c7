package io.streamforge.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Real messages, see recordings/README.md. */
final class RecordedLines {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One line. */
  record Line(String topic, String key, String venue, long receiveTimeUs, String value) {
    byte[] bytes() {
      return value.getBytes(StandardCharsets.UTF_8);
    }
  }

  interface Reader {
    void read(Line line) throws IOException, DecodeException;
  }

  private RecordedLines() {}

  static List<Path> all() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../../recordings"))) {
      return files
          .filter(
              file -> file.getFileName().toString().matches("(?!made-).*(?<!\\.bbo)\\.jsonl\\.gz"))
          .sorted()
          .toList();
    }
  }

  static void forEach(Path recording, Reader reader) throws IOException, DecodeException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(recording)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode node = JSON.readTree(line);
        reader.read(
            new Line(
                node.get("topic").textValue(),
                node.get("key").textValue(),
                node.get("venue").textValue(),
                node.get("receive_time_us").longValue(),
                node.get("value").textValue()));
      }
    }
  }
}
