package io.streamforge.testkit;

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
        file, message -> records.add(message.record(0, records.size(), null)));
    return records;
  }

  /**
   * Reads a file record by record, in log order.
   *
   * @throws IOException if a line is none of a recording
   */
  public static <E extends Exception> void forEach(Path file, Reader<E> reader)
      throws IOException, E {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      long number = 1;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        reader.read(RecordingLine.read(line, file, number++));
      }
    }
  }
}
