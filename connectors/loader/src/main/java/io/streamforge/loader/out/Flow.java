package io.streamforge.loader.out;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

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

  /** Sessions that Kafka may know, and of which it has not been told that they have ended. */
  final Set<String> open = new LinkedHashSet<>();

  private String newest;

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

  /** A message of a session is on its way. */
  void opened(String session) {
    if (session != null && !session.equals(newest)) {
      newest = session;
      open.add(session);
    }
  }

  /** Kafka knows that a session has ended. */
  void ended(String session) {
    open.remove(session);
  }

  void tellLost() {
    lost.run();
  }
}
