package io.streamforge.testkit.feed;

import io.streamforge.topic.RawRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/**
 * What is sent to which partition and when: a market's messages, made beforehand, and between them
 * a heartbeat to every partition of both topics each 100 ms. The receive time is the intended send
 * time.
 */
public final class Schedule implements Iterable<RawRecord> {
  public static final List<String> TOPICS = List.of("raw-orderbooks", "raw-trades");

  private static final long HEARTBEAT_US = 100_000;

  private final List<RawRecord> messages = new ArrayList<>();
  private final int partitions;
  private final boolean heartbeats;

  /**
   * @param market in order of receive time
   * @param partitions of each topic
   */
  public Schedule(Iterator<RawRecord> market, int partitions, boolean heartbeats) {
    this.partitions = partitions;
    this.heartbeats = heartbeats;
    market.forEachRemaining(message -> messages.add(inItsPartition(message)));
  }

  private RawRecord inItsPartition(RawRecord m) {
    int partition = BuiltInPartitioner.partitionForKey(m.key(), partitions);
    return new RawRecord(
        m.topic(), partition, m.offset(), m.key(), m.value(), m.venue(), m.receiveTimeUs());
  }

  public int partitions() {
    return partitions;
  }

  /** Without the heartbeats. */
  public List<RawRecord> messages() {
    return messages;
  }

  /** When the last message is sent. */
  public long endUs() {
    return messages.get(messages.size() - 1).receiveTimeUs();
  }

  /** Messages that are received from a time until before another. */
  public long messagesBetween(long fromUs, long toUs) {
    return messages.stream()
        .filter(message -> message.receiveTimeUs() >= fromUs && message.receiveTimeUs() < toUs)
        .count();
  }

  @Override
  public Iterator<RawRecord> iterator() {
    return new Iterator<>() {
      private long heartbeatUs = heartbeats ? messages.get(0).receiveTimeUs() : Long.MAX_VALUE;
      private int beaten;
      private int taken;

      @Override
      public boolean hasNext() {
        return taken < messages.size();
      }

      @Override
      public RawRecord next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return heartbeatUs <= messages.get(taken).receiveTimeUs() ? beat() : messages.get(taken++);
      }

      private RawRecord beat() {
        String topic = TOPICS.get(beaten / partitions);
        RawRecord beat =
            new RawRecord(topic, beaten % partitions, 0, null, null, null, heartbeatUs);
        beaten = (beaten + 1) % (TOPICS.size() * partitions);
        if (beaten == 0) {
          heartbeatUs += HEARTBEAT_US;
        }
        return beat;
      }
    };
  }
}
