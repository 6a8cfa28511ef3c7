package io.streamforge.cli.replay;

import io.streamforge.cli.recording.RecordedMessage;
import io.streamforge.cli.recording.Recordings;
import io.streamforge.cli.topics.Topics;
import io.streamforge.engine.MarketCount;
import io.streamforge.marketgraph.DirectMarketGraph;
import io.streamforge.marketgraph.Settings;
import io.streamforge.runtime.MessageOptions;
import io.streamforge.time.SampleGrid;
import io.streamforge.time.TimePolicy;
import io.streamforge.topic.RawRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Recordings through a {@link DirectMarketGraph}, to the end: the bytes of {@link Replay} without
 * Kafka and Flink. Messages come in order of receive time, so each completes what lateness leaves
 * open no longer, as heartbeats do in the topics.
 */
public final class DirectReplay {
  private static final long PROGRESS_NANOS = Duration.ofSeconds(2).toNanos();

  private final Settings settings;
  private final TimePolicy time;
  private final List<String> topics;
  private final Consumer<Playback.Progress> progress;
  private final Map<String, Long> read = new TreeMap<>();
  private long firstUs = Long.MIN_VALUE;
  private long newestEffectiveUs = Long.MIN_VALUE;
  private long nextProgress;

  /**
   * @param given the job's settings, as in {@code --set}
   * @param progress told every two seconds
   * @throws IllegalArgumentException if a setting has no meaning without Kafka and Flink
   */
  public DirectReplay(Map<String, String> given, Consumer<Playback.Progress> progress) {
    this.settings = DirectSettings.of(given);
    this.time = settings.time();
    this.topics = Topics.in(settings);
    this.progress = progress;
  }

  /**
   * Runs to the end, and writes a file for every topic out.
   *
   * @throws IOException if the recordings have nothing that the job can read
   */
  public ReplaySummary run(Recordings recordings, Path directory) throws IOException {
    long startNanos = System.nanoTime();
    nextProgress = startNanos + PROGRESS_NANOS;
    try (DirectOutput output = new DirectOutput(settings, directory)) {
      DirectMarketGraph market = new DirectMarketGraph(settings, output.outputs());
      for (RecordedMessage message = recordings.poll();
          message != null;
          message = recordings.poll()) {
        play(message, market, output);
      }
      if (newestEffectiveUs == Long.MIN_VALUE) {
        throw new IOException(
            "the recording has no message that can be read (%d dead letters)"
                .formatted(output.deadLetterCount()));
      }
      market.completeUntil(lastSampleUs());
      output.writeUntil(lastSampleUs());
      output.finish();
      return summary(market, output, (System.nanoTime() - startNanos) / 1e9);
    }
  }

  private void play(RecordedMessage message, DirectMarketGraph market, DirectOutput output)
      throws IOException {
    if (firstUs == Long.MIN_VALUE) {
      firstUs = message.receiveTimeUs();
    }
    market.completeUntil(time.completeUntilUs(message.receiveTimeUs()));
    long effectiveUs = market.accept(record(message));
    read.merge(message.topic(), 1L, Long::sum);
    if (effectiveUs > newestEffectiveUs) {
      newestEffectiveUs = effectiveUs;
      output.writeUntil(lastSampleUs());
    }
    if (System.nanoTime() >= nextProgress) {
      nextProgress += PROGRESS_NANOS;
      progress.accept(
          new Playback.Progress(
              messagesRead(),
              output.symbolCount(),
              output.graphCount(),
              (message.receiveTimeUs() - firstUs) / 1_000_000));
    }
  }

  /** The sample that holds the newest effective time: the last that counts. */
  private long lastSampleUs() {
    return SampleGrid.after(newestEffectiveUs, settings.intervalUs());
  }

  private RawRecord record(RecordedMessage message) {
    if (!topics.contains(message.topic())) {
      throw new IllegalArgumentException(
          "the recording has a message of topic '%s', the job reads %s"
              .formatted(message.topic(), new TreeSet<>(topics)));
    }
    return new RawRecord(
        message.topic(),
        0,
        read.getOrDefault(message.topic(), 0L),
        utf8(message.key()),
        utf8(message.value()),
        message.venue() == null ? settings.get(MessageOptions.DEFAULT_VENUE) : message.venue(),
        message.receiveTimeUs());
  }

  private static byte[] utf8(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  private long messagesRead() {
    return read.values().stream().mapToLong(Long::longValue).sum();
  }

  private ReplaySummary summary(DirectMarketGraph market, DirectOutput output, double seconds) {
    return new ReplaySummary(
        read,
        output.graphCount(),
        output.symbolCount(),
        output.notLive(),
        market.count(MarketCount.BOOK_GAPS),
        output.resyncCount(),
        market.count(MarketCount.CHECKSUM_FAILURES),
        market.lateRecords(),
        market.staleTrades(),
        market.count(MarketCount.DUPLICATE_TRADES),
        market.count(MarketCount.TRADE_IDS_SKIPPED),
        market.count(MarketCount.RECORDS_BEHIND_WATERMARK),
        output.deadLetterCount(),
        0,
        Math.round(seconds * 1000) / 1000.0);
  }
}
