package io.streamforge.testkit.exchange.market;

import io.streamforge.testkit.reference.BookMessage;
import io.streamforge.testkit.reference.Level;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** One book of the venue's, as far as its recording has been played. Levels keep their texts. */
public final class PlayedBook {
  private final NavigableMap<BigDecimal, Level> bids = new TreeMap<>(Comparator.reverseOrder());
  private final NavigableMap<BigDecimal, Level> asks = new TreeMap<>();

  /** Deltas from before the first whole book, which may be older than them. */
  private final List<BookMessage> early = new ArrayList<>();

  private boolean known;
  private Integer depth;
  private long lastId = -1;
  private long timeUs;

  /** Takes the next message of the book. */
  public void apply(BookMessage message) {
    switch (message.kind()) {
      case SNAPSHOT, RESTART -> begin(message);
      case DELTA -> change(message);
      default -> {}
    }
  }

  private void begin(BookMessage whole) {
    if (known && whole.last() != null && whole.last() <= lastId) {
      return; // taken before what has been played
    }
    bids.clear();
    asks.clear();
    known = true;
    depth = whole.depth();
    put(whole);
    early.forEach(this::change);
    early.clear();
  }

  private void change(BookMessage delta) {
    if (!known) {
      early.add(delta);
    } else if (delta.last() == null || delta.last() > lastId) {
      put(delta);
    }
  }

  private void put(BookMessage message) {
    message.bids().forEach(level -> put(bids, level));
    message.asks().forEach(level -> put(asks, level));
    lastId = message.last() == null ? -1 : message.last();
    timeUs = message.eventTimeUs();
    while (depth != null && bids.size() > depth) {
      bids.pollLastEntry();
    }
    while (depth != null && asks.size() > depth) {
      asks.pollLastEntry();
    }
  }

  private static void put(NavigableMap<BigDecimal, Level> side, Level level) {
    side.remove(level.price()); // so that the key, too, has the newest text
    if (level.quantity().signum() != 0) {
      side.put(level.price(), level);
    }
  }

  /** Whether a whole book has been played. */
  public boolean isKnown() {
    return known;
  }

  /** How many levels a side the recording subscribed to; null where the venue does not say. */
  public Integer depth() {
    return depth;
  }

  /** The newest update id; -1 where the venue has none. */
  public long lastId() {
    return lastId;
  }

  /** The venue's time of the newest message, microseconds since the epoch. */
  public long timeUs() {
    return timeUs;
  }

  /** The best bids, the highest first. */
  public List<Level> bids(int most) {
    return bids.values().stream().limit(most).toList();
  }

  /** The best asks, the lowest first. */
  public List<Level> asks(int most) {
    return asks.values().stream().limit(most).toList();
  }
}
