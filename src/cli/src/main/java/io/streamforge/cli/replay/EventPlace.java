package io.streamforge.cli.replay;

import io.streamforge.record.MarketEventOrigin;
import io.streamforge.record.MarketEventRecord;
import java.io.IOException;
import java.util.Comparator;
import org.apache.kafka.common.header.Headers;

/**
 * A market event's place in its file: by receive time, and of one instrument and topic as in the
 * log. So it is the same whatever the partitions, whose offsets count other records too.
 */
record EventPlace(long receiveTimeUs, MarketEventOrigin origin) implements Comparable<EventPlace> {
  private static final Comparator<MarketEventOrigin> IN_THE_LOG =
      Comparator.comparing(MarketEventOrigin::instrument)
          .thenComparing(MarketEventOrigin::topic)
          .thenComparingLong(MarketEventOrigin::offset)
          .thenComparingInt(MarketEventOrigin::n);

  private static final Comparator<EventPlace> ORDER =
      Comparator.comparingLong(EventPlace::receiveTimeUs)
          .thenComparing(EventPlace::origin, IN_THE_LOG);

  /**
   * The place of a record of {@code market-events}.
   *
   * @throws IOException if it is none
   */
  static EventPlace of(Headers headers, byte[] value) throws IOException {
    return new EventPlace(
        MarketEventRecord.read(value).receiveTimeUs(), MarketEventOrigin.read(headers));
  }

  @Override
  public int compareTo(EventPlace other) {
    return ORDER.compare(this, other);
  }
}
