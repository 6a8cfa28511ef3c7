package io.streamforge.bench.market;

import io.streamforge.cli.recording.RecordedMessage;
import io.streamforge.cli.recording.Recording;
import io.streamforge.topic.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The messages of a recording, once. */
public final class RecordedInput implements Iterator<RawRecord> {
  private final Recording recording;
  private long taken;

  public RecordedInput(Recording recording) {
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
