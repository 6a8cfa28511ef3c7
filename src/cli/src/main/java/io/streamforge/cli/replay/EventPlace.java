package io.streamforge.cli.replay;

import io.streamforge.record.MarketEventOrigin;
import io.streamforge.record.MarketEventRecord;
import java.io.IOException;
import java.util.Comparator;

/**
 * A market event's place in its file: by receive time, and of one instrument and topic as in the
 * log. So it is the same whatever the partitions, whose offsets count other records too.
 */
record EventPlace(long receiveTimeUs, MarketEventOrigin origin) implements Comparable<EventPlace> {
  private static final Comparator<MarketEventOrigin> BY_INSTRUMENT =
      Comparator.comparing(MarketEventOrigin::instrument)
          .thenComparing(MarketEventOrigin::topic)
          .thenComparing(MarketEventOrigin.IN_THE_LOG);

  private static final Comparator<EventPlace> ORDER =
      Comparator.comparingLong(EventPlace::receiveTimeUs)
          .thenComparing(EventPlace::origin, BY_INSTRUMENT);

  /**
   * The place of a record of {@code market-events}.
   *
   * @throws IOException if it is none
   */
  static EventPlace of(MarketEventOrigin origin, byte[] value) throws IOException {
    return new EventPlace(MarketEventRecord.read(value).receiveTimeUs(), origin);
  }

  @Override
  public int compareTo(EventPlace other) {
    return ORDER.compare(this, other);
  }
}
