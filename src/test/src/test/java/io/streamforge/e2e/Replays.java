package io.streamforge.e2e;

import io.streamforge.cli.recording.Recordings;
import io.streamforge.cli.replay.EmbeddedJob;
import io.streamforge.cli.replay.Replay;
import io.streamforge.cli.replay.ReplaySummary;
import io.streamforge.record.GraphFeaturesRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Replays through a real broker and a real Flink, as {@code ./streamforge replay} runs them. */
final class Replays {
  static final double MAX_SPEED = Double.POSITIVE_INFINITY;

  /** The registry of the recorded instruments. */
  static final String REGISTRY = Path.of("..", "..", "recordings", "instruments.json").toString();

  /** The files of a replay whose bytes do not depend on how it is run. */
  static final List<String> SAME_FILES =
      List.of("symbol-features.jsonl", "graph-features.jsonl", "market-events.jsonl");

  private Replays() {}

  /** A recording of the project. */
  static Path recording(String name) {
    return Path.of("..", "..", "recordings", name + ".jsonl.gz");
  }

  /** What a test does while a replay runs. */
  interface Meanwhile {
    Meanwhile NOTHING = market -> {};

    void run(EmbeddedJob market) throws Exception;

    /** When the last sample has been read back, and the market is still there. */
    default void afterwards(EmbeddedJob market) {}
  }

  /** Replays a file and writes the results to a folder. */
  static ReplaySummary replay(
      Path recording, Path out, int parallelism, int partitions, double speed) throws Exception {
    return replay(recording, out, parallelism, partitions, speed, Map.of(), Meanwhile.NOTHING);
  }

  static ReplaySummary replay(
      Path recording,
      Path out,
      int parallelism,
      int partitions,
      double speed,
      Map<String, String> settings,
      Meanwhile meanwhile)
      throws Exception {
    return replay(List.of(recording), out, parallelism, partitions, speed, settings, meanwhile);
  }

  /** Settings of a job, which writes market events beside all else. */
  static Map<String, String> withEvents(Map<String, String> settings) {
    Map<String, String> all = new TreeMap<>(settings);
    all.put("sink.market-events.topic", "market-events");
    return all;
  }

  /** Replays files together. */
  static ReplaySummary replay(
      List<Path> recordings,
      Path out,
      int parallelism,
      int partitions,
      double speed,
      Map<String, String> settings,
      Meanwhile meanwhile)
      throws Exception {
    try (Recordings input = new Recordings(recordings);
        EmbeddedJob market = EmbeddedJob.start(parallelism, partitions, 0, withEvents(settings))) {
      Replay replay = new Replay(market, speed);
      FutureTask<Void> other =
          inBackground(
              () -> {
                meanwhile.run(market);
                return null;
              });
      ReplaySummary summary = replay.run(input, progress -> {});
      other.get();
      meanwhile.afterwards(market);
      replay.writeTo(out);
      return summary;
    }
  }

  /** A recording as if it had been received later, so that it meets another. */
  static Path later(Path recording, Path folder, long seconds) throws IOException {
    Path moved = folder.resolve("later.jsonl.gz");
    Pattern received = Pattern.compile("(?<=\"receive_time_us\":)\\d+");
    try (BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(recording)), StandardCharsets.UTF_8));
        Writer out =
            new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(moved)), StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher matcher = received.matcher(line);
        out.write(
            matcher.replaceFirst(t -> "" + (Long.parseLong(t.group()) + seconds * 1_000_000)));
        out.write('\n');
      }
    }
    return moved;
  }

  /** Trades of 300 symbols of as many venues, three each, over 90 s. */
  static Path madeUp(Path folder, long fromUs) throws IOException {
    Path recording = folder.resolve("made-up.jsonl.gz");
    try (Writer out =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(recording)), StandardCharsets.UTF_8)) {
      for (int trade = 0; trade < 900; trade++) {
        int symbol = trade % 300;
        String message =
            "{\\\"type\\\":\\\"trade\\\",\\\"venue\\\":\\\"v%d\\\",\\\"symbol\\\":\\\"S%d\\\",\\\"price\\\":\\\"1\\\",\\\"quantity\\\":\\\"1\\\"}"
                .formatted(symbol, symbol);
        out.write(
            "{\"topic\":\"raw-trades\",\"key\":\"S%d\",\"venue\":\"streamforge\",\"receive_time_us\":%d,\"value\":\"%s\"}\n"
                .formatted(symbol, fromUs + trade * 100_000L, message));
      }
    }
    return recording;
  }

  /** The newest sample of the graphs that a replay has written. */
  static long lastSampleUs(Path out) throws IOException {
    List<String> graphs = Files.readAllLines(out.resolve("graph-features.jsonl"));
    byte[] last = graphs.get(graphs.size() - 1).getBytes(StandardCharsets.UTF_8);
    return GraphFeaturesRecord.identity(last).timeUs();
  }

  private static FutureTask<Void> inBackground(Callable<Void> action) {
    FutureTask<Void> task = new FutureTask<>(action);
    new Thread(task).start();
    return task;
  }
}
