package io.streamforge.reference;

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
import java.util.zip.GZIPInputStream;

/** Reads recordings: gzip of JSON lines. */
public final class Recording {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Recording() {}

  /** The path of a recording of the project, {@code name} without its extension. */
  public static Path path(String name) {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path file = folder.resolve("recordings").resolve(name + ".jsonl.gz");
      if (Files.exists(file)) {
        return file;
      }
    }
    throw new IllegalStateException("no recordings/" + name + ".jsonl.gz above " + Path.of(""));
  }

  /** Every record of a recording of the project, in log order. */
  public static List<RawRecord> read(String name) throws IOException {
    return read(path(name));
  }

  /** Every record of a file, in log order. */
  public static List<RawRecord> read(Path file) throws IOException {
    List<RawRecord> records = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode json = JSON.readTree(line);
        records.add(
            new RawRecord(
                json.get("topic").asText(),
                json.get("key").asText(),
                json.get("venue").asText(),
                json.get("receive_time_us").asLong(),
                json.path("value").asText(null)));
      }
    }
    return records;
  }
}
