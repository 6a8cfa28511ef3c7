package io.streamforge.loader.out;

/** Takes what feeds have received, from several threads. */
public interface RawSink extends AutoCloseable {
  /**
   * Takes a venue's message.
   *
   * @param connection the session of the book that it belongs to; null for none
   * @param receiveTimeUs microseconds since the epoch
   */
  void message(Flow flow, String connection, byte[] value, long receiveTimeUs);

  /** Says that messages of a book's session may be missing. */
  void disconnected(Flow flow, String connection, long timeUs);

  /** Says that messages of a flow will come that were received from then on. */
  default void hold(Flow flow, long sinceUs) {}

  /** Says that no messages of a flow are held back any more. */
  default void release(Flow flow) {}

  @Override
  default void close() {}
}
