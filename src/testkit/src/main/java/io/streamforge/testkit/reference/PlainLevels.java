package io.streamforge.testkit.reference;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The levels of a book as of some message, with the number of that message. */
final class PlainLevels {
  private final PlainBook venue;
  final PlainSide bids = PlainSide.bids();
  final PlainSide asks = PlainSide.asks();
  Long number;
  long eventTimeUs;
  private Integer depth;

  PlainLevels(PlainBook venue) {
    this.venue = venue;
  }

  PlainLevels copy() {
    PlainLevels copy = new PlainLevels(venue);
    copy.bids.copyFrom(bids);
    copy.asks.copyFrom(asks);
    copy.number = number;
    copy.eventTimeUs = eventTimeUs;
    copy.depth = depth;
    return copy;
  }

  /** Puts a message in; a whole book replaces what was there. */
  void put(BookMessage message) {
    if (message.whole()) {
      bids.clear();
      asks.clear();
      depth = venue.depthOf(message);
    }
    bids.apply(message.bids());
    asks.apply(message.asks());
    if (depth != null) {
      bids.truncate(depth);
      asks.truncate(depth);
    }
    if (message.whole()) {
      venue.knowWhole(this, message);
    }
    number = message.last();
    eventTimeUs = message.eventTimeUs();
  }

  /** Whether a message put in last was right about the book; also if it says nothing of it. */
  boolean agrees(BookMessage message) {
    return message.checksum() == null || message.checksum() == venue.checksum(bids, asks);
  }

  boolean crossed() {
    return bids.best() != null
        && asks.best() != null
        && bids.best().price().compareTo(asks.best().price()) >= 0;
  }

  /** Prices and quantities without regard to trailing zeros. */
  List<BigDecimal> numbers() {
    List<BigDecimal> numbers = new ArrayList<>();
    for (PlainSide side : List.of(bids, asks)) {
      numbers.add(BigDecimal.valueOf(side.all().size()));
      for (Level level : side.all()) {
        numbers.add(level.price().stripTrailingZeros());
        numbers.add(level.quantity().stripTrailingZeros());
      }
    }
    return numbers;
  }
}
