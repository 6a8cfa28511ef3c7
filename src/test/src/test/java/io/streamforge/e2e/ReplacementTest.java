package io.streamforge.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.cli.cluster.LocalBroker;
import io.streamforge.cli.cluster.LocalFlink;
import io.streamforge.cli.recording.RecordingWriter;
import io.streamforge.cli.recording.Recordings;
import io.streamforge.cli.replay.Playback;
import io.streamforge.cli.topics.TopicComparison;
import io.streamforge.cli.topics.Topics;
import io.streamforge.marketgraph.MarketGraphJob;
import io.streamforge.marketgraph.Settings;
import io.streamforge.testkit.RawMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What flink-conf/UPGRADES.md says of a change that a savepoint does not carry over: a job without
 * state reads the log again, into topics of its own, until it says what the old one says.
 */
@Tag("soak")
@Timeout(900)
class ReplacementTest {
  /** 34 hours, of which the windows take 24. */
  private static final Path RECORDING = Replays.recording("binance-spot-nexo-34h");

  /** Where the new job begins, and where the log has the next snapshot of each book. */
  private static final Duration BEGIN = Duration.ofHours(5);

  private static final Duration SNAPSHOT = Duration.ofHours(6);

  @TempDir Path folder;

  @Test
  void aJobWithoutStateSaysWhatTheOldOneSaysOnceItsWindowsAreFull() throws Exception {
    Path log = folder.resolve("log.jsonl.gz");
    long startUs = twoInstruments(log);
    try (LocalBroker broker = LocalBroker.start(folder);
        LocalFlink flink = LocalFlink.start(new Configuration(), 2, 0)) {
      Settings old = settings(broker, Map.of());
      long beginUs = startUs + BEGIN.toMillis() * 1000;
      Settings next =
          settings(
              broker,
              Map.of(
                  "job.name", "next",
                  "source.start", Instant.ofEpochMilli(beginUs / 1000).toString(),
                  "sink.symbol-features.topic", "symbol-features-2",
                  "sink.graph-features.topic", "graph-features-2",
                  "sink.book-resync.topic", "book-resync-2",
                  "sink.dead-letters.topic", "dead-letters-2"));
      Topics.createMissing(broker.admin(), old, 1, Optional.empty(), true);
      Topics.createMissing(broker.admin(), next, 1, Optional.empty(), true);
      long lastUs;
      try (Recordings input = new Recordings(List.of(log));
          Playback playback = new Playback(old, Replays.MAX_SPEED)) {
        playback.play(input);
        lastUs = playback.lastSampleUs();
      }
      submit(flink, old);
      submit(flink, next);

      TopicComparison graphs =
          await()
              .atMost(Duration.ofMinutes(8))
              .pollInterval(Duration.ofSeconds(20))
              .ignoreExceptionsInstanceOf(IllegalArgumentException.class) // nothing in common yet
              .until(
                  () -> TopicComparison.of(old, "graph-features", "graph-features-2"),
                  comparison -> comparison.toUs() == lastUs);
      assertThat(graphs.fromUs()).isBetween(beginUs, beginUs + 60_000_000);
      assertThat(graphs.different()).isGreaterThan(3_600);
      long warmUs = startUs + SNAPSHOT.plusHours(24).plusMinutes(20).toMillis() * 1000;
      assertThat(graphs.alikeSinceUs()).isPresent();
      assertThat(graphs.alikeSinceUs().getAsLong()).isLessThanOrEqualTo(warmUs);
      assertThat(graphs.toUs() - warmUs).isGreaterThan(Duration.ofHours(3).toMillis() * 1000);
    }
  }

  private static Settings settings(LocalBroker broker, Map<String, String> own) {
    Map<String, String> values = new HashMap<>(own);
    values.put("kafka.bootstrap-servers", broker.bootstrapServers());
    values.put("source.max-behind", "0 s");
    return new Settings(values);
  }

  private static void submit(LocalFlink flink, Settings settings) throws InterruptedException {
    StreamExecutionEnvironment env = new StreamExecutionEnvironment(new Configuration());
    env.setParallelism(1);
    MarketGraphJob.define(env, settings);
    flink.submit(env, settings.bootstrapServers());
  }

  /**
   * The recorded instrument, and beside it one that says the same, so that there is an edge. Of
   * both there is a snapshot on the way, as whoever owns a feed writes one.
   *
   * @return when the recording begins
   */
  private static long twoInstruments(Path log) throws IOException {
    ObjectMapper json = new ObjectMapper();
    FeedBook book = new FeedBook();
    long startUs = 0;
    boolean shown = false;
    try (Recordings input = new Recordings(List.of(RECORDING));
        RecordingWriter out = new RecordingWriter(log)) {
      for (RawMessage message = input.poll(); message != null; message = input.poll()) {
        startUs = startUs == 0 ? message.receiveTimeUs() : startUs;
        write(out, message);
        if (message.topic().equals("raw-orderbooks")) {
          book.apply(json.readTree(message.value()));
          if (!shown && message.receiveTimeUs() - startUs >= SNAPSHOT.toMillis() * 1000) {
            shown = true;
            write(
                out,
                new RawMessage(
                    message.topic(),
                    message.key(),
                    message.venue(),
                    message.receiveTimeUs(),
                    book.snapshot()));
          }
        }
      }
    }
    return startUs;
  }

  private static void write(RecordingWriter out, RawMessage message) throws IOException {
    RawMessage other =
        new RawMessage(
            message.topic(),
            "NEXOUSDC",
            message.venue(),
            message.receiveTimeUs(),
            message.value().replace("NEXOUSDT", "NEXOUSDC"));
    for (RawMessage one : List.of(message, other)) {
      out.write(one);
    }
  }
}
