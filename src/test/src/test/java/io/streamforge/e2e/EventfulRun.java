package io.streamforge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.cli.recording.Recordings;
import io.streamforge.cli.replay.Playback;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Two minutes of ten markets that play through a cluster of processes, while something happens to
 * that which must not show in what comes out.
 */
final class EventfulRun {
  static final Path RECORDING = Replays.recording("binance-us-10");

  private final Path folder;
  private final List<String> cluster = new ArrayList<>();
  private final List<String> flink = new ArrayList<>();
  private final Map<String, String> settings = new HashMap<>();
  private double speed = 3;

  /** What happens while the recording plays, after two checkpoints. */
  interface Event {
    void happen(ScriptedCluster cluster, String job) throws Exception;
  }

  /**
   * @param folder of the cluster, which does not exist
   */
  EventfulRun(Path folder) {
    this.folder = folder;
  }

  /** Options of {@code cluster start}. */
  EventfulRun on(String... options) {
    cluster.addAll(List.of(options));
    return this;
  }

  /** Options of {@code flink run}. */
  EventfulRun with(String... options) {
    flink.addAll(List.of(options));
    return this;
  }

  /** A setting of the job. */
  EventfulRun set(String key, String value) {
    settings.put(key, value);
    return this;
  }

  /**
   * Times the recording's own; 3 if nothing is said: with what happens after 20 s of 40 there are
   * checkpoints before and after it.
   */
  EventfulRun at(double times) {
    speed = times;
    return this;
  }

  /** Runs to the end, and returns how many records came more than once, the same each time. */
  long run(Path out, Event event) throws Exception {
    try (ScriptedCluster processes = new ScriptedCluster(folder)) {
      processes.start(cluster.toArray(String[]::new));
      try (Recordings input = new Recordings(List.of(RECORDING));
          Playback playback = new Playback(processes.settings(), speed)) {
        String job = processes.submit(2, settings, flink.toArray(String[]::new));
        processes.awaitRunning(job);
        AtomicBoolean failed = new AtomicBoolean();
        CompletableFuture<Void> played =
            CompletableFuture.runAsync(() -> play(playback, input, failed));
        try {
          processes.awaitCheckpoints(job, 2);
          assertThat(played).isNotDone();
          event.happen(processes, job);
          played.get();
        } catch (Throwable e) {
          failed.set(true);
          played.handle((done, alsoFailed) -> null).join(); // it must not use what is closed
          throw e;
        }
        playback.writeTo(out);
        return playback.repeats();
      }
    }
  }

  private static void play(Playback playback, Recordings input, AtomicBoolean failed) {
    try {
      playback.run(input, () -> assertThat(failed).isFalse(), progress -> {});
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
