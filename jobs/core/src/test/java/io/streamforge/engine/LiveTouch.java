package io.streamforge.engine;

import io.streamforge.book.OrderBook;
import io.streamforge.testkit.simulated.TrueState;

/** The best prices and quantities of a live book, in ticks and units of the true market. */
record LiveTouch(long bid, long bidUnits, long ask, long askUnits) {

  /** The market writes all its decimals, so that the book's scales are the market's. */
  static LiveTouch of(OrderBook book) {
    return new LiveTouch(
        book.bids().hasBest() ? book.bids().bestPrice() : 0,
        book.bids().hasBest() ? book.bids().bestQuantity() : 0,
        book.asks().hasBest() ? book.asks().bestPrice() : 0,
        book.asks().hasBest() ? book.asks().bestQuantity() : 0);
  }

  boolean isOf(TrueState state) {
    return bid == state.bestBidTick()
        && bidUnits == state.bestBidUnits()
        && ask == state.bestAskTick()
        && askUnits == state.bestAskUnits();
  }
}
