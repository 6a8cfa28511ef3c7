package io.streamforge.loader.feed;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Names of sessions, for the header {@code connection}: no two are alike, in any process. */
public final class SessionNames {
  private final String process = UUID.randomUUID().toString().substring(0, 8);
  private final AtomicLong count = new AtomicLong();

  String next() {
    return process + '-' + count.incrementAndGet();
  }
}
