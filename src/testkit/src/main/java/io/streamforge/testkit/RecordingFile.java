package io.streamforge.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.topic.RawRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Reads recordings: gzip of JSON lines. */
public final class RecordingFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Takes the records of a recording one by one. */
  public interface Reader<E extends Exception> {
    void read(RawMessage message) throws E;
  }

  private RecordingFile() {}

  /** The path of a recording of the project, {@code name} without its extension. */
  public static Path path(String name) {
    return folder().resolve(name + ".jsonl.gz");
  }

  /** The paths of all recordings of messages, without those of best prices to compare with. */
  public static List<Path> all() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .filter(file -> file.toString().matches(".*(?<!\\.bbo)\\.jsonl\\.gz"))
          .sorted()
          .toList();
    }
  }

  private static Path folder() {
    Path begin = Path.of(System.getProperty("streamforge.home", "")).toAbsolutePath();
    for (Path folder = begin; folder != null; folder = folder.getParent()) {
      Path recordings = folder.resolve("recordings");
      if (Files.isDirectory(recordings)) {
        return recordings;
      }
    }
    throw new IllegalStateException("no folder recordings in or above " + begin);
  }

  /** Every record of a recording of the project, in log order. */
  public static List<RawMessage> read(String name) throws IOException {
    return read(path(name));
  }

  /** Every record of a file, in log order. */
  public static List<RawMessage> read(Path file) throws IOException {
    List<RawMessage> messages = new ArrayList<>();
    RecordingFile.<RuntimeException>forEach(file, messages::add);
    return messages;
  }

  /** Every record of a file as Kafka has it, in log order, as if of one partition. */
  public static List<RawRecord> records(Path file) throws IOException {
    List<RawRecord> records = new ArrayList<>();
    RecordingFile.<RuntimeException>forEach(
        file,
        message ->
            records.add(
                new RawRecord(
                    message.topic(),
                    0,
                    records.size(),
                    message.key().getBytes(StandardCharsets.UTF_8),
                    message.bytes(),
                    message.venue(),
                    message.receiveTimeUs())));
    return records;
  }

  /** Reads a file record by record, in log order. */
  public static <E extends Exception> void forEach(Path file, Reader<E> reader)
      throws IOException, E {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode json = JSON.readTree(line);
        reader.read(
            new RawMessage(
                json.get("topic").asText(),
                json.get("key").asText(),
                json.get("venue").asText(),
                json.get("receive_time_us").asLong(),
                json.path("value").asText(null)));
      }
    }
  }
}
