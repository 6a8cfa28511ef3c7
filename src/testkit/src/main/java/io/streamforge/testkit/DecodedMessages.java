package io.streamforge.testkit;

import io.streamforge.market.MarketEvent;
import io.streamforge.topic.RawRecord;
import io.streamforge.wire.DecodeException;
import io.streamforge.wire.MessageDecoder;
import java.util.Iterator;
import java.util.function.Consumer;

/** Messages as the events that the job's own decoders make of them. */
public final class DecodedMessages {
  private final Iterator<RawRecord> records;
  private final MessageDecoder decoder;

  public DecodedMessages(Iterator<RawRecord> records, MessageDecoder decoder) {
    this.records = records;
    this.decoder = decoder;
  }

  /**
   * Decodes all of them.
   *
   * @throws IllegalArgumentException if one cannot be read
   */
  public void forEach(Consumer<MarketEvent> consumer) {
    while (records.hasNext()) {
      RawRecord record = records.next();
      try {
        decoder
            .decode(record.venue(), record.keyText(), record.value(), record.receiveTimeUs())
            .forEach(consumer);
      } catch (DecodeException e) {
        throw new IllegalArgumentException("message " + record.offset() + " cannot be read", e);
      }
    }
  }
}
