package io.streamforge.flow;

import io.streamforge.market.ExactSum;
import io.streamforge.section.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Successive trade prices of one sample, as far as the products of successive returns need them,
 * also of those that begin in the run before. Log prices are integers in units of 2⁻⁴⁶: their sums
 * are exact, and equal prices are.
 */
final class PriceRun {
  static final double UNIT = 0x1p-46;

  private final long sample;
  private int prices;
  private long first;
  private long second;
  private long penultimate;
  private long last;
  private final ExactSum products = new ExactSum();

  PriceRun(long sample) {
    this.sample = sample;
  }

  void add(double price) {
    long logPrice = (long) Math.rint(StrictMath.log(price) / UNIT);
    if (prices == 0) {
      first = logPrice;
    } else if (prices == 1) {
      second = logPrice;
    } else {
      products.addProduct(logPrice - last, last - penultimate);
    }
    penultimate = last;
    last = logPrice;
    prices++;
  }

  /** Adds the prices of a later run. */
  void append(PriceRun next) {
    if (prices > 0 && next.prices > 1) {
      products.addProduct(next.second - next.first, next.first - last);
    }
    if (prices > 1) {
      products.addProduct(next.first - last, last - penultimate);
    }
    products.add(next.products);
    if (prices == 0) {
      first = next.first;
      second = next.second;
    } else if (prices == 1) {
      second = next.first;
    }
    penultimate = next.prices > 1 ? next.penultimate : last;
    last = next.last;
    prices += next.prices;
  }

  /**
   * Takes away the prices that this begins with, which are those of {@code run}; others follow.
   *
   * @param next the run after it
   * @param afterNext the run after that, null if there is none
   */
  void removeFirst(PriceRun run, PriceRun next, PriceRun afterNext) {
    long newSecond = next.prices > 1 || afterNext == null ? next.second : afterNext.first;
    products.subtract(run.products);
    if (run.prices > 1) {
      products.addProduct(run.last - next.first, run.last - run.penultimate);
    }
    if (prices - run.prices > 1) {
      products.addProduct(next.first - newSecond, next.first - run.last);
    }
    prices -= run.prices;
    first = next.first;
    second = newSecond;
  }

  long sample() {
    return sample;
  }

  int prices() {
    return prices;
  }

  /** Covariance of successive log returns, population moments over the pairs. */
  double covariance() {
    double pairs = prices - 2;
    double later = last - second;
    double earlier = penultimate - first;
    return (products.toDouble(0) / pairs - later / pairs * (earlier / pairs)) * UNIT * UNIT;
  }

  /** Writes all but the sample. */
  void writeTo(DataOutput out) throws IOException {
    Varint.write(prices, out);
    out.writeLong(first);
    if (prices > 1) {
      Varint.write(Varint.zigZag(second - first), out);
      Varint.write(Varint.zigZag(last - second), out);
      Varint.write(Varint.zigZag(last - penultimate), out);
    }
    if (prices > 2) {
      products.writeTo(out);
    }
  }

  /** Reads what {@link #writeTo} wrote. */
  static PriceRun readFrom(DataInput in, long sample) throws IOException {
    PriceRun run = new PriceRun(sample);
    run.prices = (int) Varint.read(in);
    run.first = in.readLong();
    run.last = run.first;
    if (run.prices > 1) {
      run.second = run.first + Varint.unZigZag(Varint.read(in));
      run.last = run.second + Varint.unZigZag(Varint.read(in));
      run.penultimate = run.last - Varint.unZigZag(Varint.read(in));
    }
    if (run.prices > 2) {
      run.products.readFrom(in);
    }
    return run;
  }
}
