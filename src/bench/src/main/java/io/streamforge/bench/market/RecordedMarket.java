package io.streamforge.bench.market;

import io.streamforge.kafka.RawRecord;
import io.streamforge.local.RecordedMessage;
import io.streamforge.local.Recording;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The messages of a recording, once. */
public final class RecordedMarket implements Iterator<RawRecord> {
  private final Recording recording;
  private long taken;

  public RecordedMarket(Recording recording) {
    this.recording = recording;
  }

  @Override
  public boolean hasNext() {
    return recording.peek() != null;
  }

  @Override
  public RawRecord next() {
    RecordedMessage message = recording.poll();
    if (message == null) {
      throw new NoSuchElementException();
    }
    return new RawRecord(
        message.topic(),
        0,
        taken++,
        message.key() == null ? null : message.key().getBytes(StandardCharsets.UTF_8),
        message.value().getBytes(StandardCharsets.UTF_8),
        message.venue(),
        message.receiveTimeUs());
  }
}
