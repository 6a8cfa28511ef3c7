package io.streamforge.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Real messages, see recordings/README.md. */
final class RecordedLines {
  private static final int FIRST_LINES = 2_000;
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
    try (BufferedReader lines = open(recording)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        reader.read(line(line));
      }
    }
  }

  /** The first messages of each topic, as far as they are near the beginning. */
  static List<Line> first(Path recording, int ofEachTopic) throws IOException {
    Map<String, List<Line>> byTopic = new TreeMap<>();
    try (BufferedReader lines = open(recording)) {
      for (int i = 0; i < FIRST_LINES; i++) {
        String text = lines.readLine();
        if (text == null) {
          break;
        }
        Line line = line(text);
        List<Line> same = byTopic.computeIfAbsent(line.topic(), topic -> new ArrayList<>());
        if (same.size() < ofEachTopic) {
          same.add(line);
        }
      }
    }
    return byTopic.values().stream().flatMap(List::stream).toList();
  }

  private static BufferedReader open(Path recording) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(recording)), StandardCharsets.UTF_8));
  }

  private static Line line(String text) throws IOException {
    JsonNode node = JSON.readTree(text);
    return new Line(
        node.get("topic").textValue(),
        node.get("key").textValue(),
        node.get("venue").textValue(),
        node.get("receive_time_us").longValue(),
        node.get("value").textValue());
  }
}
