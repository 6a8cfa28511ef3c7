package io.streamforge.cli.replay;

import io.streamforge.cli.recording.Recordings;
import io.streamforge.cli.topics.Topics;
import io.streamforge.engine.MarketCount;
import io.streamforge.marketgraph.DirectMarketGraph;
import io.streamforge.marketgraph.Settings;
import io.streamforge.runtime.MessageOptions;
import io.streamforge.testkit.RawMessage;
import io.streamforge.time.TimePolicy;
import io.streamforge.topic.RawRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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
  private final Consumer<Playback.Progress> progress;
  private final Map<String, Long> read = new TreeMap<>();
  private long firstUs = Long.MIN_VALUE;
  private long lastSampleUs = Long.MIN_VALUE;
  private long nextProgress;

  /**
   * @param given the job's settings, as in {@code --set}
   * @param progress told every two seconds
   * @throws IllegalArgumentException if a setting has no meaning without Kafka and Flink
   */
  public DirectReplay(Map<String, String> given, Consumer<Playback.Progress> progress) {
    this.settings = DirectSettings.of(given);
    this.time = settings.time();
    this.progress = progress;
  }

  /** Runs to the end, and writes a file for every topic out, though it may hold nothing. */
  public ReplaySummary run(Recordings recordings, Path directory) throws IOException {
    recordings.refuseOtherThan(new TreeSet<>(Topics.in(settings)));
    long startNanos = System.nanoTime();
    nextProgress = startNanos + PROGRESS_NANOS;
    try (DirectOutput output = new DirectOutput(settings, directory)) {
      DirectMarketGraph market = new DirectMarketGraph(settings, output.outputs());
      for (RawMessage message = recordings.poll(); message != null; message = recordings.poll()) {
        play(message, market, output);
      }
      if (!market.expected().isEmpty()) {
        market.completeUntil(market.expected().lastUs());
        output.writeUntil(market.expected().lastUs());
      }
      output.finish();
      return summary(market, output, (System.nanoTime() - startNanos) / 1e9);
    }
  }

  private void play(RawMessage message, DirectMarketGraph market, DirectOutput output)
      throws IOException {
    if (firstUs == Long.MIN_VALUE) {
      firstUs = message.receiveTimeUs();
    }
    market.completeUntil(time.completeUntilUs(message.receiveTimeUs()));
    market.accept(record(message));
    read.merge(message.topic(), 1L, Long::sum);
    if (market.expected().lastUs() > lastSampleUs) {
      lastSampleUs = market.expected().lastUs();
      output.writeUntil(lastSampleUs);
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

  private RawRecord record(RawMessage message) {
    return message.record(
        0, read.getOrDefault(message.topic(), 0L), settings.get(MessageOptions.DEFAULT_VENUE));
  }

  private long messagesRead() {
    return read.values().stream().mapToLong(Long::longValue).sum();
  }

  private ReplaySummary summary(DirectMarketGraph market, DirectOutput output, double seconds) {
    return new ReplaySummary(
        read,
        output.graphCount(),
        output.symbolCount(),
        output.untrustedBooks().samples(),
        output.untrustedBooks().all(),
        market.count(MarketCount.BOOK_GAPS),
        output.resyncCount(),
        market.count(MarketCount.CHECKSUM_FAILURES),
        market.lateRecords(),
        market.staleTrades(),
        market.count(MarketCount.DUPLICATE_TRADES),
        market.count(MarketCount.TRADE_IDS_SKIPPED),
        market.count(MarketCount.RECORDS_BEHIND_WATERMARK),
        output.eventCount(),
        output.deadLetterReasons().values().stream().mapToLong(Long::longValue).sum(),
        output.deadLetterReasons(),
        0,
        Math.round(seconds * 1000) / 1000.0);
  }
}
