package io.streamforge.loader.out;

/** Is told what becomes of records, by several threads. */
public interface OutboxWatch {
  /**
   * Kafka has a message.
   *
   * @param delayUs since its receipt
   */
  void delivered(Flow flow, long delayUs);

  /** Messages of a flow are lost on this side of Kafka. */
  void lost(Flow flow, String reason);

  /** Kafka takes records again, and so many flows begin anew. */
  void recovered(int flows);

  /** What waits for Kafka in the outbox. */
  void queued(long bytes);
}
