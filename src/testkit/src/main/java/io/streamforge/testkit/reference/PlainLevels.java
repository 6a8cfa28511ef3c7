package io.streamforge.testkit.reference;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The levels of a book as of some message, with the number of that message. Where the venue has not
 * said how many levels it keeps, they are kept for each number that it may be; a checksum that does
 * not agree rules one out. What all of the others hold is known.
 */
final class PlainLevels {
  private static final List<Integer> DEPTHS = List.of(10, 25, 100, 500, 1000);

  /** The book if the venue keeps so many levels; null for all of them. */
  private record Candidate(Integer depth, PlainSide bids, PlainSide asks) {
    Candidate(Integer depth) {
      this(depth, PlainSide.bids(), PlainSide.asks());
    }

    void put(BookMessage message) {
      bids.apply(message.bids());
      asks.apply(message.asks());
      if (depth != null) {
        bids.truncate(depth);
        asks.truncate(depth);
      }
    }

    /** A feed of all levels: there are no bids where asks are, and no asks where bids are. */
    void widen() {
      boolean both = bids.best() != null && asks.best() != null;
      if (depth == null && both && !new Quote(bids.best(), asks.best()).crossed()) {
        bids.knowAtLeastTo(asks.best().price());
        asks.knowAtLeastTo(bids.best().price());
      }
    }

    Candidate copy() {
      Candidate copy = new Candidate(depth);
      copy.bids.copyFrom(bids);
      copy.asks.copyFrom(asks);
      return copy;
    }
  }

  private final PlainBook venue;
  private List<Candidate> candidates = new ArrayList<>(List.of(new Candidate((Integer) null)));
  Long number;
  long eventTimeUs;

  /** Whether a delta said something unreadable, of levels that its checksum does not cover. */
  private boolean knownAsChecked;

  PlainLevels(PlainBook venue) {
    this.venue = venue;
  }

  PlainLevels copy() {
    PlainLevels copy = new PlainLevels(venue);
    copy.candidates = new ArrayList<>(candidates.stream().map(Candidate::copy).toList());
    copy.knownAsChecked = knownAsChecked;
    copy.number = number;
    copy.eventTimeUs = eventTimeUs;
    return copy;
  }

  PlainSide bids() {
    return candidates.get(candidates.size() - 1).bids;
  }

  PlainSide asks() {
    return candidates.get(candidates.size() - 1).asks;
  }

  /** Puts a message in; a whole book replaces what was there. */
  void put(BookMessage message) {
    if (message.whole()) {
      knownAsChecked = false;
      candidates = new ArrayList<>();
      depths(message).forEach(depth -> candidates.add(new Candidate(depth)));
    }
    candidates.forEach(candidate -> candidate.put(message));
    know();
    if (message.whole()) {
      venue.knowWhole(this, message);
    }
    candidates.forEach(Candidate::widen);
    number = message.last();
    eventTimeUs = message.eventTimeUs();
  }

  private List<Integer> depths(BookMessage whole) {
    if (whole.depth() == null) {
      return Collections.singletonList(null);
    }
    if (!whole.depthGuessed()) {
      return List.of(whole.depth());
    }
    Integer subscribed = venue.subscribedDepth();
    if (subscribed != null && subscribed >= whole.depth()) {
      return List.of(subscribed);
    }
    return DEPTHS.stream().filter(depth -> depth >= whole.depth()).toList();
  }

  private void know() {
    if (candidates.size() > 1) {
      bids().knowAs(candidates.get(0).bids);
      asks().knowAs(candidates.get(0).asks);
    }
    if (knownAsChecked) {
      bids().knowAtMost(venue.checkedLevels());
      asks().knowAtMost(venue.checkedLevels());
    }
  }

  /** Whether the message put in last was right about the book; also if it says nothing of it. */
  boolean agrees(BookMessage message) {
    if (message.checksum() == null) {
      return true;
    }
    List<Candidate> right =
        candidates.stream()
            .filter(c -> message.checksum() == venue.checksum(c.bids, c.asks))
            .toList();
    if (right.isEmpty()) {
      return false;
    }
    candidates = new ArrayList<>(right);
    knownAsChecked |= message.flawed();
    know();
    venue.countVerified();
    return true;
  }

  boolean crossed() {
    return bids().best() != null
        && asks().best() != null
        && bids().best().price().compareTo(asks().best().price()) >= 0;
  }

  /** Prices and quantities without regard to trailing zeros. */
  List<BigDecimal> numbers() {
    List<BigDecimal> numbers = new ArrayList<>();
    for (PlainSide side : List.of(bids(), asks())) {
      numbers.add(BigDecimal.valueOf(side.all().size()));
      for (Level level : side.all()) {
        numbers.add(level.price().stripTrailingZeros());
        numbers.add(level.quantity().stripTrailingZeros());
      }
    }
    return numbers;
  }
}
