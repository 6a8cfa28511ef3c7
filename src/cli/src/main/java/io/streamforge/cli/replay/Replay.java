package io.streamforge.cli.replay;

import io.streamforge.cli.recording.Recordings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobStatus;

/** Plays recordings through a job of this JVM until its last sample has been read back. */
public final class Replay {
  private final EmbeddedJob market;
  private final Playback playback;

  /**
   * @param speed times the recording's own, infinite for as fast as possible
   */
  public Replay(EmbeddedJob market, double speed) {
    this.market = market;
    this.playback = new Playback(market.settings(), speed);
  }

  /**
   * Runs to the end.
   *
   * @param progress told every two seconds
   * @throws IllegalStateException if the job fails for good
   */
  public ReplaySummary run(Recordings recordings, Consumer<Playback.Progress> progress)
      throws Exception {
    long startNanos = System.nanoTime();
    try (playback) {
      playback.run(recordings, this::checkJob, progress);
      readRest();
    }
    playback.output().dropAfter(playback.lastSampleUs());
    return ReplaySummary.of(market, playback, (System.nanoTime() - startNanos) / 1e9);
  }

  // The job counts a request or an event before the samples that follow it. After a failure it may
  // count one twice: then all are in Kafka at a checkpoint that began after the last sample.
  private void readRest() throws Exception {
    long after = market.flink().completedCheckpoints(market.job()) + 2;
    while (isBehindCounters() && market.flink().completedCheckpoints(market.job()) < after) {
      playback.read();
      checkJob();
    }
    playback.readAll();
  }

  private boolean isBehindCounters() {
    CounterTotals counters = market.counters();
    return playback.output().resyncCount() < counters.of("book_resyncs")
        || playback.output().eventCount() < counters.of("market_events");
  }

  private void checkJob() throws Exception {
    JobStatus status = market.flink().state(market.job());
    if (status.isGloballyTerminalState()) {
      throw new IllegalStateException(
          "the job is " + status, market.flink().failure(market.job()).orElse(null));
    }
  }

  /** Writes a file for every topic out. */
  public void writeTo(Path directory) throws IOException {
    playback.writeTo(directory);
  }
}
