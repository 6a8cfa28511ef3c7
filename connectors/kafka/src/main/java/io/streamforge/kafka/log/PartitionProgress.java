package io.streamforge.kafka.log;

import io.streamforge.market.Instrument;
import io.streamforge.topic.RawRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How far one partition has been read, and which books it feeds; costs a look-up a message. */
final class PartitionProgress {
  /** Those that were silent for longest are forgotten, and would not be told of a loss. */
  static final int MOST_BOOKS = 10_000;

  private final Map<Instrument, Boolean> books = new BooksByLastChange();
  private long newestUs = RawRecord.NO_TIME;

  /**
   * Goes on with what is in state.
   *
   * @param before null for a partition of which nothing has been read
   */
  PartitionProgress(ReadPartition before) {
    if (before != null) {
      newestUs = before.newestUs();
      before.books().forEach(this::change);
    }
  }

  /** The next record, as it counts. */
  RawRecord receive(RawRecord record, long outOfOrdernessUs) {
    RawRecord counted = record.after(newestUs, outOfOrdernessUs);
    newestUs = Math.max(newestUs, counted.receiveTimeUs());
    return counted;
  }

  /** A message of an instrument's book has come. */
  void change(Instrument book) {
    if (books.get(book) == null) { // which also moves it behind the others
      books.put(book, true);
    }
  }

  ReadPartition toState(String topic, int number) {
    return new ReadPartition(topic, number, newestUs, List.copyOf(books.keySet()));
  }

  private static final class BooksByLastChange extends LinkedHashMap<Instrument, Boolean> {
    private static final long serialVersionUID = 1;

    BooksByLastChange() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Instrument, Boolean> eldest) {
      return size() > MOST_BOOKS;
    }
  }
}
