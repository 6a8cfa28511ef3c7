package io.streamforge.cli.recording;

import io.streamforge.market.MarketEvent;
import io.streamforge.marketgraph.Settings;
import io.streamforge.time.SampleGrid;
import io.streamforge.topic.RawTopicWriter;
import io.streamforge.wire.DecodeException;
import io.streamforge.wire.MessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Plays a recording into Kafka in order of receive time, with a heartbeat to every partition each
 * 100 ms, and at the end one that completes the last sample. It reads the messages too, to know
 * what has to come out.
 */
public final class Feed {
  /** As fast as Kafka takes it. */
  public static final double MAX_SPEED = Double.POSITIVE_INFINITY;

  private static final long HEARTBEAT_US = 100_000;

  private final RawTopicWriter topics;
  private final MessageDecoder decoder;
  private final double speed;
  private final long intervalUs;
  private final long availabilityDelayUs;
  private final Map<String, Long> sent = new TreeMap<>();
  private final Map<String, Long> newest = new TreeMap<>();

  private long startNanos;
  private volatile long firstUs = Long.MIN_VALUE;
  private volatile long newestUs;
  private final AtomicLong messages = new AtomicLong();
  private volatile boolean stopped;
  private long newestEffectiveUs = Long.MIN_VALUE;
  private long unreadable;

  /**
   * @param settings of the job that is to read it
   * @param speed times the recording's own
   */
  public Feed(RawTopicWriter topics, Settings settings, double speed) {
    this.topics = topics;
    this.decoder = settings.messageDecoder();
    this.speed = speed;
    this.intervalUs = settings.intervalUs();
    this.availabilityDelayUs = settings.time().availabilityDelayUs();
  }

  /** Plays all of it; returns when Kafka has it, or soon after {@link #stop}. */
  public void play(Recordings recordings) {
    long heartbeatUs = Long.MIN_VALUE;
    for (RecordedMessage message = recordings.poll();
        message != null && !stopped;
        message = recordings.poll()) {
      if (firstUs == Long.MIN_VALUE) {
        startNanos = System.nanoTime();
        firstUs = message.receiveTimeUs();
        heartbeatUs = firstUs;
      }
      for (; heartbeatUs <= message.receiveTimeUs(); heartbeatUs += HEARTBEAT_US) {
        awaitTurn(heartbeatUs);
        topics.heartbeat(heartbeatUs);
      }
      awaitTurn(message.receiveTimeUs());
      byte[] value = utf8(message.value());
      byte[] key = message.key() == null ? null : utf8(message.key());
      topics.send(message.topic(), key, message.venue(), message.receiveTimeUs(), value);
      newestUs = message.receiveTimeUs();
      messages.incrementAndGet();
      sent.merge(message.topic(), 1L, Long::sum);
      read(message, value);
    }
    if (newestEffectiveUs != Long.MIN_VALUE) {
      topics.heartbeat(Math.max(newestUs, lastSampleUs() + availabilityDelayUs));
    }
    topics.flush();
  }

  private void awaitTurn(long receiveTimeUs) {
    if (speed == MAX_SPEED) {
      return;
    }
    long due = startNanos + (long) ((receiveTimeUs - firstUs) * 1000 / speed);
    for (long left = due - System.nanoTime();
        left > 0 && !stopped;
        left = due - System.nanoTime()) {
      LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(100)));
    }
  }

  private void read(RecordedMessage message, byte[] value) {
    try {
      for (MarketEvent event :
          decoder.decode(message.venue(), message.key(), value, message.receiveTimeUs())) {
        newestEffectiveUs = Math.max(newestEffectiveUs, event.effectiveTimeUs());
        newest.merge(event.instrument().id(), event.effectiveTimeUs(), Math::max);
      }
    } catch (DecodeException e) {
      unreadable++;
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Ends {@link #play} early, from another thread. */
  public void stop() {
    stopped = true;
  }

  /** Whether any message could be read. */
  public boolean hasEvents() {
    return newestEffectiveUs != Long.MIN_VALUE;
  }

  /**
   * The sample that holds the newest effective time, microseconds since the epoch; the last that
   * can be published.
   */
  public long lastSampleUs() {
    return SampleGrid.after(newestEffectiveUs, intervalUs);
  }

  /** Ids of the instruments with an effective time since {@code timeUs}. */
  public Set<String> instrumentsSince(long timeUs) {
    return newest.entrySet().stream()
        .filter(instrument -> instrument.getValue() >= timeUs)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Messages that go to the dead letters. */
  public long unreadable() {
    return unreadable;
  }

  /** Messages played so far. */
  public long messages() {
    return messages.get();
  }

  /** How much of the recording's time has been played, microseconds. */
  public long playedUs() {
    return firstUs == Long.MIN_VALUE ? 0 : newestUs - firstUs;
  }

  /** Messages played, by topic. */
  public Map<String, Long> sent() {
    return sent;
  }
}
