package io.streamforge.cli.replay;

import io.streamforge.record.MarketEventOrigin;
import io.streamforge.topic.OutputRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;

/** The file of market events, which are written in their order before all of them are there. */
final class EventFile implements AutoCloseable {
  /** A line of a recording may be so far behind one above it. */
  private static final long DISORDER_US = 1_000_000;

  /** So many are added before it is looked what can be written. */
  private static final int BATCH = 1_000;

  private final OutputStream out;
  private final TreeMap<EventPlace, byte[]> waiting = new TreeMap<>();
  private int count;

  EventFile(OutputStream out) {
    this.out = out;
  }

  void add(OutputRecord record) throws IOException {
    MarketEventOrigin origin = MarketEventOrigin.of(record.headers());
    waiting.put(EventPlace.of(origin, record.value()), record.value());
    if (++count % BATCH == 0) {
      writeUntil(waiting.lastKey().receiveTimeUs() - DISORDER_US);
    }
  }

  private void writeUntil(long receiveTimeUs) throws IOException {
    while (!waiting.isEmpty() && waiting.firstKey().receiveTimeUs() < receiveTimeUs) {
      Map.Entry<EventPlace, byte[]> first = waiting.pollFirstEntry();
      out.write(first.getValue());
      out.write('\n');
    }
  }

  /** Writes those that are left. */
  void finish() throws IOException {
    writeUntil(Long.MAX_VALUE);
  }

  int count() {
    return count;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
