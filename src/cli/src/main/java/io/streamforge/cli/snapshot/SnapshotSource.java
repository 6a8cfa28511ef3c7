package io.streamforge.cli.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.cli.files.LineFile;
import io.streamforge.cli.recording.Recordings;
import io.streamforge.cli.replay.EmbeddedJob;
import io.streamforge.cli.replay.Replay;
import io.streamforge.cli.topics.TopicReader;
import io.streamforge.cli.topics.Topics;
import io.streamforge.marketgraph.MarketGraphOptions;
import io.streamforge.marketgraph.Settings;
import io.streamforge.testkit.RawMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.common.TopicPartition;

/** Where snapshots come from: a topic, what a replay wrote, or a recording that is replayed. */
final class SnapshotSource {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** About a time, so much is looked at, to say what there is if not that. */
  private static final Duration AROUND = Duration.ofMinutes(1);

  private SnapshotSource() {}

  /** Looks through a topic. */
  static void read(Settings settings, SnapshotSearch search, OptionalLong atUs)
      throws IOException, InterruptedException {
    String topic = settings.get(MarketGraphOptions.GRAPH_FEATURES_TOPIC);
    try (TopicReader reader = Topics.reader(settings, List.of(topic))) {
      if (atUs.isPresent()) {
        reader.startAt(Instant.EPOCH.plus(atUs.getAsLong(), ChronoUnit.MICROS).minus(AROUND));
      } else {
        reader.startBeforeNewest(topic, AROUND);
      }
      Set<TopicPartition> past = new HashSet<>();
      IOException[] unreadable = new IOException[1];
      while (!past.containsAll(reader.behind())) {
        reader.poll(
            message -> {
              try {
                if (message.value() != null) {
                  search.add(message.value());
                }
              } catch (IOException e) {
                unreadable[0] = e;
              }
              if (search.isPast(message.timestamp() * 1000)) {
                past.add(new TopicPartition(message.topic(), message.partition()));
              }
            });
        if (unreadable[0] != null) {
          throw unreadable[0];
        }
      }
    }
  }

  /** Looks through files: of graphs, or recordings, of which the job makes graphs first. */
  static void read(
      List<Path> files, Map<String, String> settings, SnapshotSearch search, OptionalLong atUs)
      throws Exception {
    if (!isRecording(files.get(0))) {
      for (Path file : files) {
        readLines(file, search);
      }
      return;
    }
    Path folder = Files.createTempDirectory("streamforge-graphs-");
    try (EmbeddedJob market = EmbeddedJob.start(1, 1, 0, settings);
        Recordings recordings = new Recordings(files, untilUs(files, market.settings(), atUs))) {
      Replay replay = new Replay(market, Double.POSITIVE_INFINITY);
      replay.run(recordings, progress -> {});
      replay.writeTo(folder);
      String topic = market.settings().get(MarketGraphOptions.GRAPH_FEATURES_TOPIC);
      readLines(folder.resolve(topic + ".jsonl"), search);
    } finally {
      FileUtils.deleteDirectory(folder.toFile());
    }
  }

  // What is received later than the job may wait for says nothing of that sample.
  private static long untilUs(List<Path> files, Settings settings, OptionalLong atUs)
      throws IOException {
    if (atUs.isEmpty()) {
      return Long.MAX_VALUE;
    }
    try (Recordings recordings = new Recordings(files)) {
      RawMessage first = recordings.poll();
      long fromUs = first == null ? 0 : first.receiveTimeUs();
      return Math.max(atUs.getAsLong(), fromUs)
          + settings.time().availabilityDelayUs()
          + AROUND.toNanos() / 1000;
    }
  }

  private static boolean isRecording(Path file) throws IOException {
    try (LineFile lines = new LineFile(file)) {
      String first = lines.next();
      if (first == null) {
        throw new IOException(file + " is empty");
      }
      JsonNode line = JSON.readTree(first);
      if (line.has("topic")) {
        return true;
      }
      if (line.has("graph")) {
        return false;
      }
    } catch (JsonProcessingException e) {
      // said below
    }
    throw new IOException(
        file + " line 1 is of neither a recording nor graph-features.jsonl, as replay writes it");
  }

  private static void readLines(Path file, SnapshotSearch search) throws IOException {
    try (LineFile lines = new LineFile(file)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        add(line, lines.place(), search);
      }
    }
  }

  private static void add(String line, String place, SnapshotSearch search) throws IOException {
    try {
      search.add(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      String why = e instanceof JsonProcessingException ? "it is not whole" : e.getMessage();
      throw new IOException(place + " is no record of graph-features: " + why, e);
    }
  }
}
