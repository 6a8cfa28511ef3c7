package io.streamforge.wire;

import io.streamforge.market.MarketEvent;
import java.util.List;

/**
 * Reads one venue's messages. A decoder is used by one thread and may keep buffers, but nothing of
 * one message reaches the next.
 */
public interface VenueDecoder {

  /**
   * Appends the events of one message, in the message's order; oldest first where it lists the
   * newest first.
   *
   * @param message the venue's bytes, verbatim
   * @throws DecodeException if the message cannot be used; what was appended before is to be thrown
   *     away
   */
  void decode(byte[] message, Arrival arrival, List<MarketEvent> events) throws DecodeException;
}
