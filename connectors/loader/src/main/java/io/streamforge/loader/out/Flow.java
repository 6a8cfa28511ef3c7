package io.streamforge.loader.out;

import java.nio.charset.StandardCharsets;

/**
 * The messages of one symbol for one topic. If one of them cannot be delivered, none of those that
 * wait is: the flow is lost, and begins anew.
 */
public final class Flow {
  private final String topic;
  private final String symbol;
  private final byte[] key;
  private final String venue;
  private final Runnable lost;

  // The rest belongs to the outbox, under its lock.
  long generation;
  long queuedBytes;
  boolean isLost;

  /**
   * @param symbol as the venue's messages write it: the key
   * @param venue the header
   * @param lost told, by another thread, when records were lost and others can be taken again
   */
  public Flow(String topic, String symbol, String venue, Runnable lost) {
    this.topic = topic;
    this.symbol = symbol;
    this.key = symbol.getBytes(StandardCharsets.UTF_8);
    this.venue = venue;
    this.lost = lost;
  }

  public String topic() {
    return topic;
  }

  public String symbol() {
    return symbol;
  }

  public byte[] key() {
    return key;
  }

  public String venue() {
    return venue;
  }

  void tellLost() {
    lost.run();
  }
}
