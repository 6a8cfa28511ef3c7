package io.streamforge.marketgraph;

import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;

/** Shows as a metric what is counted elsewhere. */
final class CountMetric implements Counter {
  private final LongSupplier count;

  CountMetric(LongSupplier count) {
    this.count = count;
  }

  @Override
  public long getCount() {
    return count.getAsLong();
  }

  @Override
  public void inc() {
    inc(1);
  }

  @Override
  public void inc(long n) {
    throw new UnsupportedOperationException("counted elsewhere");
  }

  @Override
  public void dec() {
    inc(-1);
  }

  @Override
  public void dec(long n) {
    inc(-n);
  }
}
