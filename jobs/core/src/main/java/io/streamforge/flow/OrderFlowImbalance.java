package io.streamforge.flow;

import io.streamforge.book.BookSide;
import io.streamforge.book.OrderBook;
import io.streamforge.market.Decimals;
import io.streamforge.market.ExactSum;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Order flow imbalance of one interval, exact: what each message changed at the best prices. Cont,
 * Kukanov & Stoikov 2014, <a href="https://arxiv.org/abs/1011.6402">arXiv:1011.6402</a>.
 */
public final class OrderFlowImbalance {
  private final ExactSum sum = new ExactSum();
  private int sumScale;
  private boolean primed;
  private long bid;
  private long bidQuantity;
  private long ask;
  private long askQuantity;
  private int priceScale;
  private int quantityScale;

  /** Counts a delta that was just applied. */
  public void update(OrderBook book) {
    BookSide bids = book.bids();
    BookSide asks = book.asks();
    if (primed && bids.hasBest() && asks.hasBest() && toScaleOf(book)) {
      long change = 0;
      change += bids.bestPrice() >= bid ? bids.bestQuantity() : 0;
      change -= bids.bestPrice() <= bid ? bidQuantity : 0;
      change -= asks.bestPrice() <= ask ? asks.bestQuantity() : 0;
      change += asks.bestPrice() >= ask ? askQuantity : 0;
      add(change);
    }
    prime(book);
  }

  /** Starts from a book that no message led to: a snapshot's. */
  public void prime(OrderBook book) {
    primed = book.bids().hasBest() && book.asks().hasBest();
    if (primed) {
      bid = book.bids().bestPrice();
      bidQuantity = book.bids().bestQuantity();
      ask = book.asks().bestPrice();
      askQuantity = book.asks().bestQuantity();
      priceScale = book.priceScale();
      quantityScale = book.quantityScale();
    }
  }

  /** The book stopped being live: what comes next follows nothing. */
  public void interrupt() {
    primed = false;
  }

  /** The interval's sum in base units; the next interval begins. */
  public double take() {
    double value = sum.toDouble(sumScale);
    sum.reset();
    return value;
  }

  /**
   * Brings the last prices to the scale of the book, which a delta may have changed; false if they
   * do not fit.
   */
  private boolean toScaleOf(OrderBook book) {
    int priceDigits = book.priceScale() - priceScale;
    int quantityDigits = book.quantityScale() - quantityScale;
    bid = Decimals.shift(bid, priceDigits);
    ask = Decimals.shift(ask, priceDigits);
    bidQuantity = Decimals.shift(bidQuantity, quantityDigits);
    askQuantity = Decimals.shift(askQuantity, quantityDigits);
    priceScale = book.priceScale();
    quantityScale = book.quantityScale();
    return bid >= 0 && ask >= 0 && bidQuantity >= 0 && askQuantity >= 0;
  }

  // The sum stays as fine as its finest term; a snapshot may have made the book coarser since.
  private void add(long change) {
    if (quantityScale > sumScale) {
      sum.rescale(quantityScale - sumScale);
      sumScale = quantityScale;
    }
    sum.addProduct(change, Decimals.powerOfTen(sumScale - quantityScale));
  }

  public void writeTo(DataOutput out) throws IOException {
    sum.writeTo(out);
    out.writeByte(sumScale);
    out.writeBoolean(primed);
    out.writeLong(bid);
    out.writeLong(bidQuantity);
    out.writeLong(ask);
    out.writeLong(askQuantity);
    out.writeByte(priceScale);
    out.writeByte(quantityScale);
  }

  public void readFrom(DataInput in) throws IOException {
    sum.readFrom(in);
    sumScale = in.readByte();
    primed = in.readBoolean();
    bid = in.readLong();
    bidQuantity = in.readLong();
    ask = in.readLong();
    askQuantity = in.readLong();
    priceScale = in.readByte();
    quantityScale = in.readByte();
  }
}
