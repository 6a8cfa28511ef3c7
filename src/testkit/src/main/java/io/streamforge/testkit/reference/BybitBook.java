package io.streamforge.testkit.reference;

/** Bybit: update ids that grow by one; any snapshot begins anew. */
final class BybitBook extends PlainBook {
  private int depth;

  @Override
  public Outcome apply(BookMessage message) {
    if (message.snapshot()) {
      depth = message.depth();
      status = "live";
    } else if (!isLive() || message.last() <= sequence) {
      return Outcome.NOTHING;
    } else if (message.last() != sequence + 1) {
      status = "gap";
      return Outcome.NOTHING;
    }
    put(message);
    bids.truncate(depth);
    asks.truncate(depth);
    return message.snapshot() ? Outcome.SNAPSHOT : Outcome.DELTA;
  }
}
