package io.streamforge.local;

import io.streamforge.job.StreamForgeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobStatus;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Plays recordings through a job until its last tick has been read back. */
public final class Replay {
  private static final Duration PROGRESS = Duration.ofSeconds(2);

  private final LocalMarket market;
  private final double speed;
  private final String symbolTopic;
  private final String graphTopic;
  private final String resyncTopic;
  private final String deadLetterTopic;
  private final ReplayOutput output;
  private long lastTickUs = Long.MIN_VALUE;

  /** How far a replay is. */
  public record Progress(long messages, int symbols, int graphs, long playedSeconds) {}

  /**
   * @param speed times the recording's own, infinite for as fast as possible
   */
  public Replay(LocalMarket market, double speed) {
    this.market = market;
    this.speed = speed;
    this.output = new ReplayOutput(market.settings());
    this.symbolTopic = market.settings().get(StreamForgeOptions.SYMBOL_FEATURES_TOPIC);
    this.graphTopic = market.settings().get(StreamForgeOptions.GRAPH_FEATURES_TOPIC);
    this.resyncTopic = market.settings().get(StreamForgeOptions.BOOK_RESYNC_TOPIC);
    this.deadLetterTopic = market.settings().get(StreamForgeOptions.DEAD_LETTERS_TOPIC);
  }

  /**
   * Runs to the end.
   *
   * @param progress told every two seconds
   * @throws IOException if the recording has nothing that the job can read
   * @throws IllegalStateException if the job fails for good
   */
  public ReplaySummary run(Recordings recordings, Consumer<Progress> progress) throws Exception {
    long startNanos = System.nanoTime();
    try (RawTopics topics = market.rawTopics();
        TopicReader outputs =
            new TopicReader(
                market.broker().bootstrapServers(),
                List.of(symbolTopic, graphTopic, resyncTopic, deadLetterTopic))) {
      Feed feed = market.feed(topics, speed);
      CompletableFuture<Void> played = CompletableFuture.runAsync(() -> feed.play(recordings));
      try {
        long nextProgress = startNanos + PROGRESS.toNanos();
        while (!isComplete(played, feed)) {
          outputs.poll(this::receive);
          checkJob();
          if (System.nanoTime() >= nextProgress) {
            nextProgress += PROGRESS.toNanos();
            progress.accept(progressOf(feed));
          }
        }
      } finally {
        feed.stop();
      }
      lastTickUs = feed.lastTickUs();
      readResyncs(outputs);
      return ReplaySummary.of(market, feed, output, (System.nanoTime() - startNanos) / 1e9);
    }
  }

  // Nothing tells how many are to come: but at a checkpoint that began after the last tick all are
  // in Kafka.
  private void readResyncs(TopicReader outputs) throws Exception {
    if (market.counters().of("book_resyncs") == 0) {
      return;
    }
    long after = market.flink().completedCheckpoints(market.job()) + 2;
    while (market.flink().completedCheckpoints(market.job()) < after) {
      outputs.poll(this::receive);
      checkJob();
    }
    outputs.poll(this::receive);
  }

  private boolean isComplete(CompletableFuture<Void> played, Feed feed) throws IOException {
    if (!played.isDone()) {
      return false;
    }
    try {
      played.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
    if (!feed.hasEvents()) {
      throw new IOException(
          "the recording has no message that can be read (%d dead letters)"
              .formatted(feed.unreadable()));
    }
    long idleAfterUs = market.settings().get(StreamForgeOptions.IDLE_AFTER).toNanos() / 1000;
    long last = feed.lastTickUs();
    return output.isComplete(last, feed.instrumentsSince(last - idleAfterUs), feed.unreadable());
  }

  private void receive(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(symbolTopic)) {
      output.addSymbol(record);
    } else if (record.topic().equals(graphTopic)) {
      output.addGraph(record);
    } else if (record.topic().equals(resyncTopic)) {
      output.addResync(record);
    } else {
      output.addDeadLetter(record);
    }
  }

  private void checkJob() throws Exception {
    JobStatus status = market.flink().state(market.job());
    if (status.isGloballyTerminalState()) {
      throw new IllegalStateException(
          "the job is " + status, market.flink().failure(market.job()).orElse(null));
    }
  }

  private Progress progressOf(Feed feed) {
    return new Progress(
        feed.messages(), output.symbolCount(), output.graphCount(), feed.playedUs() / 1_000_000);
  }

  /** Writes a file for every topic out. */
  public void writeTo(Path directory) throws IOException {
    output.writeTo(directory, symbolTopic, graphTopic, resyncTopic, deadLetterTopic, lastTickUs);
  }
}
