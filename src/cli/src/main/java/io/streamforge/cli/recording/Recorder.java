package io.streamforge.cli.recording;

import io.streamforge.kafka.RawRecordDeserializer;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingLine;
import io.streamforge.time.ReceiptBounds;
import io.streamforge.time.TimePolicy;
import io.streamforge.topic.RawHeaders;
import io.streamforge.topic.RawRecord;
import io.streamforge.wire.RecordDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Writes records of raw topics into a recording, in order of receive time over all partitions: a
 * record is written when every partition has been read as far. The receive time is the one that
 * counts in a job, which has held clocks against the broker's. Heartbeats are not written. What has
 * no receive time, has a key or venue that is no text, or comes later than others were written, is
 * left out and counted.
 */
public final class Recorder implements AutoCloseable {
  private static final long LIVE_SLACK_US = 1_000_000;

  /** Headers that the job reads as they are. */
  private static final Set<String> READ =
      Set.of(RawHeaders.VENUE, RawHeaders.CONNECTION, RawHeaders.EVENT);

  /** A record, its place in time, and in the log as it was read, which decides between equals. */
  private record Held(long timeUs, long place, RawMessage message) {
    private static final Comparator<Held> ORDER =
        Comparator.comparingLong(Held::timeUs).thenComparingLong(Held::place);
  }

  /** What an instrument's messages of a topic have in common. */
  private record Place(TopicPartition partition, String key) {}

  private final RawRecordDeserializer deserializer;
  private final TimePolicy time;
  private final RecordingWriter out;
  private final PriorityQueue<Held> held = new PriorityQueue<>(Held.ORDER);
  private final Map<TopicPartition, Long> newest = new HashMap<>();
  private final Map<Place, Long> newestOfKey = new HashMap<>();
  private long newestUs = Long.MIN_VALUE;
  private long writtenUntilUs = Long.MIN_VALUE;
  private long leftOut;

  /**
   * @param file gzipped if its name ends in {@code .gz}; replaced if it exists
   */
  public Recorder(Path file, TimePolicy time, ReceiptBounds bounds) throws IOException {
    this.time = time;
    deserializer = new RawRecordDeserializer(null, Long.MAX_VALUE / 2, bounds);
    out = new RecordingWriter(file);
  }

  /** Takes the next record of a partition. */
  public void add(ConsumerRecord<byte[], byte[]> record) {
    List<RawRecord> read = new ArrayList<>(1);
    deserializer.deserialize(record, new ListCollector<>(read));
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    long newestBeforeUs = newest.getOrDefault(partition, RawRecord.NO_TIME);
    RawRecord raw = read.get(0).after(newestBeforeUs, time.maxOutOfOrdernessUs());
    if (!raw.hasReceiveTime()) {
      leftOut++;
      return;
    }
    newest.merge(partition, raw.receiveTimeUs(), Math::max);
    newestUs = Math.max(newestUs, raw.receiveTimeUs());
    if (RecordDecoder.isHeartbeat(raw)) {
      return;
    }
    long timeUs = timeUs(partition, raw);
    RawMessage message = timeUs < writtenUntilUs ? null : message(record, raw);
    if (message == null) {
      leftOut++;
      return;
    }
    held.add(new Held(timeUs, raw.offset(), message));
  }

  /**
   * Where a record stands in the recording: by its receive time, but an instrument's messages are
   * in the order of the log where a clock falls back within disorder.
   */
  private long timeUs(TopicPartition partition, RawRecord raw) {
    Place place = new Place(partition, raw.keyText());
    long newestUs = newestOfKey.merge(place, raw.receiveTimeUs(), Math::max);
    boolean disorder = newestUs - raw.receiveTimeUs() <= time.maxOutOfOrdernessUs();
    return disorder ? newestUs : raw.receiveTimeUs();
  }

  /**
   * Null if its key or a header of it that counts is no text: written as one, it would be another.
   */
  private static RawMessage message(ConsumerRecord<byte[], byte[]> record, RawRecord raw) {
    Map<String, String> headers = new TreeMap<>();
    for (Header header : record.headers()) { // of several by one name the last counts
      String text = RecordingLine.textOf(header.value());
      if (text == null && header.value() != null && READ.contains(header.key())) {
        return null;
      }
      headers.remove(header.key());
      if (text != null) {
        headers.put(header.key(), text);
      }
    }
    String key = RecordingLine.textOf(raw.key());
    if (key == null && raw.key() != null) {
      return null;
    }
    headers.remove(RawHeaders.RECEIVE_TIME);
    String venue = headers.remove(RawHeaders.VENUE);
    String connection = headers.remove(RawHeaders.CONNECTION);
    String event = raw.value() == null ? headers.remove(RawHeaders.EVENT) : null;
    String text = RecordingLine.textOf(raw.value());
    boolean binary = text == null && raw.value() != null;
    return new RawMessage(
        raw.topic(),
        key,
        venue,
        raw.receiveTimeUs(),
        text,
        binary ? Base64.getEncoder().encodeToString(raw.value()) : null,
        event,
        connection,
        headers);
  }

  /**
   * Writes what nothing earlier can come before.
   *
   * @param behind partitions of which more is there to be read
   */
  public void write(List<TopicPartition> behind) throws IOException {
    long untilUs = newestUs - LIVE_SLACK_US;
    for (TopicPartition partition : behind) {
      untilUs = Math.min(untilUs, newest.getOrDefault(partition, Long.MIN_VALUE));
    }
    writeUntil(untilUs);
  }

  private void writeUntil(long untilUs) throws IOException {
    while (!held.isEmpty() && held.peek().timeUs() <= untilUs) {
      Held next = held.poll();
      out.write(next.message());
      writtenUntilUs = next.timeUs();
    }
  }

  /** Messages written so far. */
  public long written() {
    return out.written();
  }

  /** Records that could not be written in order. */
  public long leftOut() {
    return leftOut;
  }

  /** Writes the rest. */
  @Override
  public void close() throws IOException {
    writeUntil(Long.MAX_VALUE);
    out.close();
  }
}
