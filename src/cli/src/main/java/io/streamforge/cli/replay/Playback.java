package io.streamforge.cli.replay;

import io.streamforge.cli.recording.Feed;
import io.streamforge.cli.recording.Recordings;
import io.streamforge.cli.topics.OutTopics;
import io.streamforge.cli.topics.TopicReader;
import io.streamforge.cli.topics.Topics;
import io.streamforge.marketgraph.ExpectedSamples;
import io.streamforge.marketgraph.Settings;
import io.streamforge.topic.RawTopicWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Plays recordings into Kafka, and reads what a job makes of them until its last sample, wherever
 * that job runs.
 */
public final class Playback implements AutoCloseable {
  private static final Duration PROGRESS = Duration.ofSeconds(2);

  private final OutTopics outTopics;
  private final RawTopicWriter topics;
  private final TopicReader outputs;
  private final Feed feed;
  private final ReplayOutput output;

  /** How far it is. */
  public record Progress(long messages, int symbols, int graphs, long playedSeconds) {}

  /** Asks whether the job still runs. */
  public interface JobCheck {
    /** Throws what ended the job, if it has ended. */
    void run() throws Exception;
  }

  /**
   * @param settings of the job, and with them where Kafka is
   * @param speed times the recording's own, infinite for as fast as possible
   */
  public Playback(Settings settings, double speed) {
    this.outTopics = OutTopics.of(settings);
    this.topics = Topics.writer(settings);
    this.outputs = Topics.reader(settings, outTopics.all());
    this.feed = new Feed(topics, settings, speed);
    this.output = new ReplayOutput(settings);
  }

  /**
   * Runs to the end.
   *
   * @param job asked all the while
   * @param progress told every two seconds
   */
  public void run(Recordings recordings, JobCheck job, Consumer<Progress> progress)
      throws Exception {
    await(CompletableFuture.runAsync(() -> feed.play(recordings)), job, progress);
  }

  /** Plays all of it, and returns when Kafka has it; for a job that is started later. */
  public void play(Recordings recordings) {
    feed.play(recordings);
  }

  /** Reads to the end what a job makes of what {@link #play} has played. */
  public void readToEnd(JobCheck job) throws Exception {
    await(CompletableFuture.completedFuture(null), job, progress -> {});
  }

  private void await(CompletableFuture<Void> played, JobCheck job, Consumer<Progress> progress)
      throws Exception {
    long nextProgress = System.nanoTime() + PROGRESS.toNanos();
    try {
      while (!isComplete(played)) {
        read();
        job.run();
        if (System.nanoTime() >= nextProgress) {
          nextProgress += PROGRESS.toNanos();
          progress.accept(
              new Progress(
                  feed.messages(),
                  output.symbolCount(),
                  output.graphCount(),
                  feed.playedUs() / 1_000_000));
        }
      }
    } finally {
      feed.stop();
    }
  }

  /** Reads what has come, after waiting a moment for it. */
  void read() {
    outputs.poll(this::receive);
  }

  /** Reads what is there, to the end. */
  void readAll() {
    do {
      read();
    } while (!outputs.behind().isEmpty());
  }

  private boolean isComplete(CompletableFuture<Void> played) {
    if (!played.isDone()) {
      return false;
    }
    try {
      played.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
    ExpectedSamples expected = feed.expected();
    return expected.isEmpty()
        ? output.deadLetterCount() >= feed.unreadable()
        : output.isComplete(expected.lastUs(), expected.instrumentsOfLast(), feed.unreadable());
  }

  private void receive(ConsumerRecord<byte[], byte[]> record) {
    String topic = record.topic();
    if (topic.equals(outTopics.symbolFeatures())) {
      output.addSymbol(record);
    } else if (topic.equals(outTopics.graphFeatures())) {
      output.addGraph(record);
    } else if (topic.equals(outTopics.bookResyncs())) {
      output.addResync(record);
    } else if (topic.equals(outTopics.deadLetters())) {
      output.addDeadLetter(record);
    } else {
      output.addEvent(record);
    }
  }

  /**
   * The sample that is the last to come of what was played, microseconds since the epoch; {@link
   * Long#MIN_VALUE} if none is.
   */
  public long lastSampleUs() {
    return feed.expected().lastUs();
  }

  /** Records that came more than once, byte for byte the same. */
  public long repeats() {
    return output.repeats();
  }

  Feed feed() {
    return feed;
  }

  ReplayOutput output() {
    return output;
  }

  /** Writes a file for every topic out, after {@link #run}. */
  public void writeTo(Path directory) throws IOException {
    output.writeTo(directory, outTopics, lastSampleUs());
  }

  @Override
  public void close() {
    feed.stop();
    topics.close();
    outputs.close();
  }
}
