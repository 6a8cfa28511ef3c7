package io.streamforge.e2e;

import io.streamforge.local.LocalMarket;
import io.streamforge.local.Recordings;
import io.streamforge.local.Replay;
import io.streamforge.local.ReplaySummary;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Replays through a real broker and a real Flink, as {@code ./streamforge replay} runs them. */
final class Replays {
  static final double MAX_SPEED = Double.POSITIVE_INFINITY;

  private Replays() {}

  /** A recording of the project. */
  static Path recording(String name) {
    return Path.of("..", "..", "recordings", name + ".jsonl.gz");
  }

  /** What a test does while a replay runs. */
  interface Meanwhile {
    Meanwhile NOTHING = market -> {};

    void run(LocalMarket market) throws Exception;
  }

  /** Replays a file and writes the results to a folder. */
  static ReplaySummary replay(
      Path recording, Path out, int parallelism, int partitions, double speed) throws Exception {
    return replay(recording, out, parallelism, partitions, speed, Meanwhile.NOTHING);
  }

  static ReplaySummary replay(
      Path recording, Path out, int parallelism, int partitions, double speed, Meanwhile meanwhile)
      throws Exception {
    try (Recordings input = new Recordings(List.of(recording));
        LocalMarket market = LocalMarket.start(parallelism, partitions, 0, Map.of())) {
      Replay replay = new Replay(market, speed);
      Thread other = inBackground(() -> meanwhile.run(market));
      ReplaySummary summary = replay.run(input, progress -> {});
      other.join();
      replay.writeTo(out);
      return summary;
    }
  }

  private interface Action {
    void run() throws Exception;
  }

  private static Thread inBackground(Action action) {
    Thread thread =
        new Thread(
            () -> {
              try {
                action.run();
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    thread.start();
    return thread;
  }
}
