package io.streamforge.job;

import io.streamforge.book.BookStatus;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.MetricGroup;

/** How many books had each status at the newest tick, as gauges {@code books_live} and so on. */
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

  /** An instrument ticks; ticks do not run backwards. */
  void count(long tickUs, BookStatus status) {
    if (tickUs != countingUs) {
      counting.clear();
      countingUs = tickUs;
    }
    counting.merge(status, 1, Integer::sum);
  }

  /** Shows the counts of a tick, zeros if no instrument ticked then. */
  void publish(long tickUs) {
    counted = tickUs == countingUs ? Map.copyOf(counting) : Map.of();
  }
}
