package io.streamforge.wire;

import java.util.List;

/**
 * Reads one venue's messages. A decoder is used by one thread and may keep buffers, but nothing of
 * one message reaches the next.
 */
public interface VenueDecoder {

  /**
   * Reads one message: its events, oldest first, and what of it could not be read. A message that
   * is neither book nor trade (a heartbeat, an acknowledgement) adds nothing.
   *
   * @param message the venue's bytes, verbatim
   * @throws DecodeException if nothing of the message can be used; what was added is thrown away
   */
  void decode(byte[] message, Arrival arrival, Decoded decoded) throws DecodeException;

  /**
   * The venues whose instruments a message of this feed may be about, where it cannot be read: its
   * header's alone, unless the messages name their market themselves.
   *
   * @param named the header {@code venue}
   */
  default List<String> venues(String named) {
    return List.of(named);
  }
}
