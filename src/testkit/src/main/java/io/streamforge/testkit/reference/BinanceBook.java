package io.streamforge.testkit.reference;

import java.util.ArrayDeque;
import java.util.Deque;

/** Binance: update ids without a hole; on futures each message names the one before. */
final class BinanceBook extends PlainBook {
  private final boolean futures;
  private final Deque<BookMessage> waiting = new ArrayDeque<>();
  private boolean firstAfterSnapshot;

  BinanceBook(boolean futures) {
    this.futures = futures;
  }

  @Override
  public Outcome apply(BookMessage message) {
    if (message.snapshot()) {
      return isLive() && message.last() < sequence ? Outcome.NOTHING : take(message);
    }
    if (isLive() && message.last() <= sequence) {
      return Outcome.NOTHING;
    }
    if (isLive() && follows(message)) {
      put(message);
      firstAfterSnapshot = false;
      return Outcome.DELTA;
    }
    if (isLive()) {
      status = "gap";
    }
    waiting.add(message);
    return Outcome.NOTHING;
  }

  private Outcome take(BookMessage snapshot) {
    put(snapshot);
    bids.knowBinanceSnapshot(snapshot.bids().size());
    asks.knowBinanceSnapshot(snapshot.asks().size());
    status = "live";
    firstAfterSnapshot = true;
    Deque<BookMessage> deltas = new ArrayDeque<>(waiting);
    waiting.clear();
    deltas.forEach(this::apply);
    return isLive() ? Outcome.SNAPSHOT : Outcome.NOTHING;
  }

  private boolean follows(BookMessage delta) {
    if (futures) {
      return firstAfterSnapshot ? delta.previous() <= sequence : delta.previous().equals(sequence);
    }
    return firstAfterSnapshot ? delta.first() <= sequence + 1 : delta.first() == sequence + 1;
  }
}
