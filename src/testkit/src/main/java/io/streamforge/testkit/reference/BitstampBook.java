package io.streamforge.testkit.reference;

import java.util.ArrayList;
import java.util.List;

/** Bitstamp: what is older than the book by the venue's clock is in it already. */
final class BitstampBook extends PlainBook {
  private final List<BookMessage> early = new ArrayList<>();

  @Override
  public Outcome apply(BookMessage message) {
    if (isLive() && message.last() < sequence) {
      return Outcome.NOTHING;
    }
    if (message.snapshot()) {
      put(message);
      status = "live";
      early.forEach(this::apply);
      early.clear();
      return Outcome.SNAPSHOT;
    }
    if (!isLive()) {
      early.add(message);
      return Outcome.NOTHING;
    }
    put(message);
    return Outcome.DELTA;
  }
}
