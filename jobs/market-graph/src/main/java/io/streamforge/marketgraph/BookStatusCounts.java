package io.streamforge.marketgraph;

import io.streamforge.book.BookStatus;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.MetricGroup;

/** How many books had each status at the newest sample, as gauges {@code books_live} and so on. */
final class BookStatusCounts {
  private final Map<BookStatus, Integer> counting = new EnumMap<>(BookStatus.class);
  private long countingUs = Long.MIN_VALUE;
  private volatile Map<BookStatus, Integer> counted = Map.of();

  BookStatusCounts(MetricGroup metrics) {
    for (BookStatus status : BookStatus.values()) {
      metrics.gauge(
          "books_" + status.text().replace('-', '_'), () -> counted.getOrDefault(status, 0));
    }
  }

  /** An instrument samples; samples do not run backwards. */
  void count(long sampleUs, BookStatus status) {
    if (sampleUs != countingUs) {
      counting.clear();
      countingUs = sampleUs;
    }
    counting.merge(status, 1, Integer::sum);
  }

  /** Shows the counts of a sample, zeros if no instrument sampled then. */
  void publish(long sampleUs) {
    counted = sampleUs == countingUs ? Map.copyOf(counting) : Map.of();
  }
}
