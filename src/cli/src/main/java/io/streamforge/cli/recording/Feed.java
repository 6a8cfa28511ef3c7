package io.streamforge.cli.recording;

import io.streamforge.admission.Admission;
import io.streamforge.admission.AdmissionRule;
import io.streamforge.marketgraph.ExpectedSamples;
import io.streamforge.marketgraph.MarketGraphOptions;
import io.streamforge.marketgraph.Settings;
import io.streamforge.runtime.MessageOptions;
import io.streamforge.testkit.RawMessage;
import io.streamforge.topic.RawRecord;
import io.streamforge.topic.RawTopicWriter;
import io.streamforge.wire.RecordDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

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
  private final RecordDecoder decoder;
  private final AdmissionRule rule;

  /** By topic. */
  private final Map<String, Admission> admissions = new HashMap<>();

  private final ExpectedSamples expected;
  private final String defaultVenue;
  private final double speed;
  private final long availabilityDelayUs;
  private final Map<String, Long> sent = new TreeMap<>();

  private long startNanos;
  private volatile long firstUs = Long.MIN_VALUE;
  private volatile long newestUs;
  private final AtomicLong messages = new AtomicLong();
  private volatile boolean stopped;
  private long unreadable;

  /**
   * @param settings of the job that is to read it
   * @param speed times the recording's own
   */
  public Feed(RawTopicWriter topics, Settings settings, double speed) {
    this.topics = topics;
    this.decoder =
        new RecordDecoder(
            settings.messageDecoder(),
            topics.hasSeveralPartitions(),
            settings.get(MarketGraphOptions.ORDERBOOKS_TOPIC));
    this.rule = settings.admission();
    this.expected = settings.expectedSamples();
    this.defaultVenue = settings.get(MessageOptions.DEFAULT_VENUE);
    this.speed = speed;
    this.availabilityDelayUs = settings.time().availabilityDelayUs();
  }

  /** Plays all of it; returns when Kafka has it, or soon after {@link #stop}. */
  public void play(Recordings recordings) {
    recordings.refuseOtherThan(topics.partitions().keySet());
    long heartbeatUs = Long.MIN_VALUE;
    for (RawMessage message = recordings.poll();
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
      topics.send(
          message.topic(),
          message.keyBytes(),
          message.bytes(),
          message.receiveTimeUs(),
          message.allHeaders());
      newestUs = message.receiveTimeUs();
      read(message, messages.getAndIncrement());
      sent.merge(message.topic(), 1L, Long::sum);
    }
    if (!expected.isEmpty()) {
      topics.heartbeat(Math.max(newestUs, expected.lastUs() + availabilityDelayUs));
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

  private void read(RawMessage message, long number) {
    int partition = topics.partitionOf(message.topic(), message.keyBytes());
    RawRecord record = message.record(partition, number, defaultVenue);
    Admission admission = admissions.computeIfAbsent(message.topic(), topic -> new Admission(rule));
    admission.take(record, decoder.decode(record)).forEach(expected::add);
    if (decoder.flaw() != null || admission.flaw() != null) {
      unreadable++;
    }
  }

  /** Ends {@link #play} early, from another thread. */
  public void stop() {
    stopped = true;
  }

  /** What is to come of what was played. */
  public ExpectedSamples expected() {
    return expected;
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
