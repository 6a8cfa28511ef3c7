package io.streamforge.testkit.reference;

/** Coinbase, Gemini: whole books, and nothing that would tell of a lost message. */
final class TrustingBook extends PlainBook {

  @Override
  public Outcome apply(BookMessage message) {
    if (message.snapshot()) {
      put(message);
      status = "live";
      return Outcome.SNAPSHOT;
    }
    if (!isLive()) {
      return Outcome.NOTHING;
    }
    put(message);
    return Outcome.DELTA;
  }
}
