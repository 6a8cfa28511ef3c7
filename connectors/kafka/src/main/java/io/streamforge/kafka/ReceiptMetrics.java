package io.streamforge.kafka;

import io.streamforge.wire.Venues;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What is seen of producers' clocks: how far receive times are from the broker's clock, and how
 * often they are not believed, by venue.
 */
final class ReceiptMetrics {
  /** Longer than Prometheus takes from one look to the next. */
  private static final long WINDOW_US = 60_000_000;

  private static final String OTHER = "other";

  private final MetricGroup group;
  private final Counter unchecked;
  private final Counter unreadable;
  private final Map<String, Counter> ahead = new HashMap<>();
  private final Map<String, Counter> behind = new HashMap<>();

  /** The largest distance of this window and of the one before, and when this one ends. */
  private long skewUs;

  private long skewBeforeUs;
  private long windowEndUs = Long.MIN_VALUE;

  ReceiptMetrics(MetricGroup group) {
    this.group = group;
    unchecked = group.counter("receive_times_unchecked");
    unreadable = group.counter("receive_times_unreadable");
    group.gauge("receipt_skew_ms", this::skewMs);
  }

  /** A record's timestamp is its producer's, too: there is no other clock. */
  void unchecked() {
    unchecked.inc();
  }

  /** A receive time is no time: the time of the append stands for it. */
  void unreadable() {
    unreadable.inc();
  }

  /**
   * A receive time was held against the broker's clock. Microseconds.
   *
   * @param cutUs as far as it is believed
   */
  void checked(String venue, long receivedUs, long appendedUs, long cutUs) {
    if (appendedUs >= windowEndUs) {
      skewBeforeUs = skewUs;
      skewUs = 0;
      windowEndUs = appendedUs + WINDOW_US;
    }
    long distance = receivedUs - appendedUs;
    if (Math.abs(distance) > Math.abs(skewUs)) {
      skewUs = distance;
    }
    if (cutUs < receivedUs) {
      counter(ahead, venue, "receive_times_ahead").inc();
    } else if (cutUs > receivedUs) {
      counter(behind, venue, "receive_times_behind").inc();
    }
  }

  /** The largest distance from the broker's clock of late: positive is ahead. */
  private long skewMs() {
    return (Math.abs(skewBeforeUs) > Math.abs(skewUs) ? skewBeforeUs : skewUs) / 1000;
  }

  /** A producer may write anything for a venue: only those that are known get a series. */
  private Counter counter(Map<String, Counter> counters, String venue, String name) {
    String known = venue != null && Venues.decoder(venue) != null ? venue : OTHER;
    return counters.computeIfAbsent(known, label -> group.addGroup("venue", label).counter(name));
  }
}
