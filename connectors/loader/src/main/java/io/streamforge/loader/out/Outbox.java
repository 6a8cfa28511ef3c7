package io.streamforge.loader.out;

import io.streamforge.topic.RawHeaders;
import io.streamforge.topic.RawRecord;
import io.streamforge.topic.RawTopicWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands records to Kafka in the order in which they come, with a heartbeat to every partition each
 * 100 ms. Whoever reads a socket never waits: what Kafka does not take yet waits here, bounded in
 * bytes and age. Beyond the bounds the flow of the oldest record is lost whole, and so is that of a
 * record that Kafka refuses. Such flows are told when Kafka takes records again.
 */
public final class Outbox implements RawSink {
  private static final long HEARTBEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** What an entry takes beside its value, about. */
  private static final int ENTRY_BYTES = 200;

  private static final int BATCH = 256;

  /**
   * @param value null to say that the feed is disconnected
   */
  private record Entry(
      Flow flow, long generation, String connection, byte[] value, long receiveTimeUs) {
    long bytes() {
      return ENTRY_BYTES + (value == null ? 0L : value.length);
    }
  }

  private final RawTopicWriter topics;
  private final ReceiveClock clock;
  private final OutboxWatch watch;
  private final long maxBytes;
  private final long maxAgeUs;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final ArrayDeque<Entry> queue = new ArrayDeque<>();
  private final Set<Flow> lost = new LinkedHashSet<>();
  private final Map<Flow, Long> held = new HashMap<>();
  private long bytes;
  private long lostNanos;
  private volatile boolean closed;
  private final Thread sender = new Thread(this::send, "outbox");

  /**
   * @param topics closed with this
   * @param maxBytes of what may wait
   * @param maxAge of what may wait: after a longer outage a book is worth more than its history
   */
  public Outbox(
      RawTopicWriter topics,
      ReceiveClock clock,
      OutboxWatch watch,
      long maxBytes,
      Duration maxAge) {
    this.topics = topics;
    this.clock = clock;
    this.watch = watch;
    this.maxBytes = maxBytes;
    this.maxAgeUs = maxAge.toNanos() / 1000;
    sender.start();
  }

  @Override
  public void message(Flow flow, String connection, byte[] value, long receiveTimeUs) {
    offer(flow, connection, value, receiveTimeUs);
  }

  @Override
  public void disconnected(Flow flow, String connection, long timeUs) {
    offer(flow, connection, null, timeUs);
  }

  private void offer(Flow flow, String connection, byte[] value, long receiveTimeUs) {
    lock.lock();
    try {
      if (flow.isLost) {
        return; // whose open sessions end when Kafka takes records again
      }
      Entry entry = new Entry(flow, flow.generation, connection, value, receiveTimeUs);
      while (bytes + entry.bytes() > maxBytes && !queue.isEmpty()) {
        dropOldest();
      }
      if (flow.isLost) {
        return;
      }
      if (value != null) {
        flow.opened(connection);
      }
      add(entry);
    } finally {
      lock.unlock();
    }
  }

  private void add(Entry entry) {
    queue.add(entry);
    bytes += entry.bytes();
    entry.flow.queuedBytes += entry.bytes();
    if (queue.size() == 1) {
      filled.signal();
    }
  }

  private void dropOldest() {
    Entry oldest = queue.poll();
    if (oldest.generation == oldest.flow.generation) {
      bytes -= oldest.bytes();
      oldest.flow.queuedBytes -= oldest.bytes();
      lose(oldest.flow, "the queue is full");
    }
  }

  /** Forgets what waits of a flow; its entries stay in the queue and are passed over. */
  private void lose(Flow flow, String reason) {
    lock.lock();
    try {
      lostNanos = System.nanoTime();
      if (!flow.isLost) {
        flow.isLost = true;
        flow.generation++;
        bytes -= flow.queuedBytes;
        flow.queuedBytes = 0;
        lost.add(flow);
        watch.lost(flow, reason);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void hold(Flow flow, long sinceUs) {
    lock.lock();
    try {
      held.put(flow, sinceUs);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void release(Flow flow) {
    lock.lock();
    try {
      held.remove(flow);
    } finally {
      lock.unlock();
    }
  }

  private void send() {
    List<Entry> batch = new ArrayList<>();
    long heartbeatNanos = System.nanoTime();
    while (!closed || waits()) {
      long nowUs = clock.nowUs(); // before the queue is looked at: what comes later is newer
      take(batch, heartbeatNanos);
      for (Entry entry : batch) {
        send(entry);
      }
      batch.clear();
      if (System.nanoTime() >= heartbeatNanos) {
        heartbeat(nowUs);
        heartbeatNanos = System.nanoTime() + HEARTBEAT_NANOS;
      }
    }
  }

  private boolean waits() {
    lock.lock();
    try {
      return !queue.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void take(List<Entry> batch, long untilNanos) {
    lock.lock();
    try {
      long left = untilNanos - System.nanoTime();
      while (queue.isEmpty() && left > 0 && !closed) {
        left = filled.awaitNanos(left);
      }
      for (int i = 0; i < BATCH && !queue.isEmpty(); i++) {
        Entry entry = queue.poll();
        if (entry.generation == entry.flow.generation) {
          bytes -= entry.bytes();
          entry.flow.queuedBytes -= entry.bytes();
          batch.add(entry);
        }
      }
      watch.queued(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  private void send(Entry entry) {
    Flow flow = entry.flow;
    if (clock.nowUs() - entry.receiveTimeUs > maxAgeUs) {
      lose(flow, "Kafka did not take it for %d s".formatted(maxAgeUs / 1_000_000));
      return;
    }
    if (!isCurrent(entry)) {
      return;
    }
    Map<String, String> headers = new HashMap<>();
    headers.put(RawHeaders.VENUE, flow.venue());
    if (entry.connection != null) {
      headers.put(RawHeaders.CONNECTION, entry.connection);
    }
    if (entry.value == null) {
      headers.put(RawHeaders.EVENT, RawRecord.DISCONNECTED);
    }
    long sentNanos = System.nanoTime();
    try {
      topics.send(
          flow.topic(),
          flow.key(),
          entry.value,
          entry.receiveTimeUs,
          headers,
          (metadata, e) -> {
            if (e == null) {
              delivered(entry);
              recover(sentNanos);
            } else {
              lose(flow, "Kafka refuses it: " + e.getMessage());
            }
          });
    } catch (RuntimeException e) { // for one, its buffer has been full for too long
      lose(flow, "Kafka refuses it: " + e.getMessage());
    }
  }

  private void delivered(Entry entry) {
    if (entry.value == null) {
      lock.lock();
      try {
        entry.flow.ended(entry.connection);
      } finally {
        lock.unlock();
      }
    }
    watch.delivered(entry.flow, clock.nowUs() - entry.receiveTimeUs);
  }

  private boolean isCurrent(Entry entry) {
    lock.lock();
    try {
      return entry.generation == entry.flow.generation;
    } finally {
      lock.unlock();
    }
  }

  /** What is still to come of a partition holds its heartbeat back. */
  private void heartbeat(long nowUs) {
    Map<String, Long> toCome = new HashMap<>();
    long beforeUs = Math.min(nowUs, oldestToCome(toCome));
    long sentNanos = System.nanoTime();
    try {
      for (Map.Entry<String, Integer> topic : topics.partitions().entrySet()) {
        for (int partition = 0; partition < topic.getValue(); partition++) {
          long ofPartitionUs = toCome.getOrDefault(topic.getKey() + '/' + partition, beforeUs);
          topics.heartbeat(
              topic.getKey(),
              partition,
              Math.min(beforeUs, ofPartitionUs),
              (metadata, e) -> {
                if (e == null) {
                  recover(sentNanos);
                }
              });
        }
      }
    } catch (RuntimeException e) {
      // The producer's buffer is full: the next heartbeat says as much.
    }
  }

  /** By partition what is held back; and the receive time of the first in the queue. */
  private long oldestToCome(Map<String, Long> ofPartitions) {
    lock.lock();
    try {
      held.forEach((flow, sinceUs) -> ofPartitions.merge(partition(flow), sinceUs, Math::min));
      for (Entry entry : queue) {
        if (entry.generation == entry.flow.generation) {
          return entry.receiveTimeUs;
        }
      }
      return Long.MAX_VALUE;
    } finally {
      lock.unlock();
    }
  }

  private String partition(Flow flow) {
    return flow.topic() + '/' + topics.partitionOf(flow.topic(), flow.key());
  }

  /** Tells those that were lost, once Kafka has taken what was sent after the newest loss. */
  private void recover(long sentNanos) {
    List<Flow> again = List.of();
    lock.lock();
    try {
      if (!lost.isEmpty() && sentNanos - lostNanos > 0) {
        again = List.copyOf(lost);
        lost.clear();
        again.forEach(this::endSessions);
      }
    } finally {
      lock.unlock();
    }
    if (!again.isEmpty()) {
      watch.recovered(again.size());
      again.forEach(Flow::tellLost);
    }
  }

  /** What was to say so may be lost with the rest. */
  private void endSessions(Flow flow) {
    flow.isLost = false;
    long nowUs = clock.nowUs();
    for (String session : flow.open) {
      add(new Entry(flow, flow.generation, session, null, nowUs));
    }
  }

  /** Whether records are still handed to Kafka. */
  public boolean isAlive() {
    return sender.isAlive();
  }

  /** Returns when Kafka has what waits, or refuses it. */
  @Override
  public void close() {
    closed = true;
    try {
      sender.join(Duration.ofSeconds(10).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    topics.close();
  }
}
