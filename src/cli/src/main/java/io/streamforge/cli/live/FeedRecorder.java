package io.streamforge.cli.live;

import io.streamforge.cli.recording.RecordingWriter;
import io.streamforge.loader.out.Flow;
import io.streamforge.loader.out.RawSink;
import io.streamforge.testkit.RawMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * What feeds bring as a recording, without Kafka. A message that was held back counts when it was
 * written, so that each symbol's are in the order in which a topic would have them.
 */
final class FeedRecorder implements RawSink {
  /** How far the threads of feeds are apart, at most. */
  private static final long SLACK_US = 1_000_000;

  private record Placed(RawMessage message, long number) {
    private static final Comparator<Placed> ORDER =
        Comparator.comparingLong((Placed placed) -> placed.message.receiveTimeUs())
            .thenComparingLong(Placed::number);
  }

  private final RecordingWriter out;
  private final PriorityQueue<Placed> waiting = new PriorityQueue<>(Placed.ORDER);
  private final Map<Flow, Long> newestOfFlow = new HashMap<>();
  private long newestUs = Long.MIN_VALUE;
  private long taken;
  private IOException failure;

  /**
   * @param file gzipped if its name ends in {@code .gz}; replaced if it exists
   */
  FeedRecorder(Path file) throws IOException {
    out = new RecordingWriter(file);
  }

  @Override
  public synchronized void message(Flow flow, String connection, byte[] value, long receiveTimeUs) {
    RawMessage message =
        new RawMessage(
            flow.topic(),
            flow.symbol(),
            flow.venue(),
            timeUs(flow, receiveTimeUs),
            new String(value, StandardCharsets.UTF_8));
    add(connection == null ? message : message.inSession(connection));
  }

  @Override
  public synchronized void disconnected(Flow flow, String connection, long timeUs) {
    add(
        RawMessage.disconnected(
            flow.topic(), flow.symbol(), flow.venue(), connection, timeUs(flow, timeUs)));
  }

  /** What comes late counts as late as it comes, as it does in a topic. */
  private long timeUs(Flow flow, long receiveTimeUs) {
    long notWrittenUs = newestUs == Long.MIN_VALUE ? receiveTimeUs : newestUs - SLACK_US;
    return newestOfFlow.merge(flow, Math.max(receiveTimeUs, notWrittenUs), Math::max);
  }

  private void add(RawMessage message) {
    waiting.add(new Placed(message, taken++));
    newestUs = Math.max(newestUs, message.receiveTimeUs());
    writeUntil(newestUs - SLACK_US);
  }

  private void writeUntil(long untilUs) {
    try {
      while (!waiting.isEmpty() && waiting.peek().message.receiveTimeUs() <= untilUs) {
        out.write(waiting.poll().message);
      }
    } catch (IOException e) {
      waiting.clear();
      failure = e; // for whoever waits for the recording: feeds can do nothing about it
    }
  }

  /**
   * Says that all is well so far.
   *
   * @throws IOException if the recording could not be written
   */
  synchronized void check() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  /** Messages so far. */
  synchronized long taken() {
    return taken;
  }

  /** Writes the rest. */
  @Override
  public synchronized void close() {
    writeUntil(Long.MAX_VALUE);
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
