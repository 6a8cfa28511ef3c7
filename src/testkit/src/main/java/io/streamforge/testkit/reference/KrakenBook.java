package io.streamforge.testkit.reference;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Kraken: no sequence but a checksum of the best ten levels of each side. Where the venue has not
 * said how many levels it keeps, the book is kept for each number that it may be; a checksum that
 * does not agree rules one out. What all of the others hold is known.
 */
public final class KrakenBook extends PlainBook {
  private static final List<Integer> DEPTHS = List.of(10, 25, 100, 500, 1000);

  /** The book if the venue keeps so many levels. */
  private record Candidate(int depth, PlainSide bids, PlainSide asks) {
    Candidate(int depth) {
      this(depth, PlainSide.bids(), PlainSide.asks());
    }

    void put(BookMessage message) {
      bids.apply(message.bids());
      asks.apply(message.asks());
      bids.truncate(depth);
      asks.truncate(depth);
    }

    boolean agrees(Long sum) {
      return sum == null || sum == checksum(asks.best(10), bids.best(10));
    }
  }

  private final List<Candidate> candidates = new ArrayList<>();
  private Integer subscribed;
  private int verified;

  @Override
  public Outcome apply(BookMessage message) {
    if (message.bids() == null) {
      subscribed = message.depth();
      return Outcome.NOTHING;
    }
    if (!message.snapshot() && !isLive()) {
      return Outcome.NOTHING;
    }
    if (message.snapshot()) {
      candidates.clear();
      depths(message).forEach(depth -> candidates.add(new Candidate(depth)));
    }
    candidates.forEach(candidate -> candidate.put(message));
    candidates.removeIf(candidate -> !candidate.agrees(message.checksum()));
    if (candidates.isEmpty()) {
      status = "checksum-mismatch";
      return Outcome.NOTHING;
    }
    Candidate least = candidates.get(0);
    Candidate most = candidates.get(candidates.size() - 1);
    bids = most.bids;
    asks = most.asks;
    bids.knowAs(least.bids);
    asks.knowAs(least.asks);
    appliedEventTimeUs = message.eventTimeUs();
    verified += message.checksum() == null ? 0 : 1;
    status = "live";
    return message.snapshot() ? Outcome.SNAPSHOT : Outcome.DELTA;
  }

  private List<Integer> depths(BookMessage snapshot) {
    if (!snapshot.depthGuessed()) {
      return List.of(snapshot.depth());
    }
    if (subscribed != null && subscribed >= snapshot.depth()) {
      return List.of(subscribed);
    }
    return DEPTHS.stream().filter(depth -> depth >= snapshot.depth()).toList();
  }

  /** How many checksums were right. */
  public int verified() {
    return verified;
  }

  /** CRC-32 of price and quantity, without dots and leading zeros, of ten asks and ten bids. */
  public static long checksum(List<Level> asks, List<Level> bids) {
    StringBuilder text = new StringBuilder();
    for (List<Level> side : List.of(asks, bids)) {
      for (Level level : side.subList(0, Math.min(10, side.size()))) {
        text.append(digits(level.price().toPlainString()));
        text.append(digits(level.quantity().toPlainString()));
      }
    }
    CRC32 crc = new CRC32();
    crc.update(text.toString().getBytes(StandardCharsets.US_ASCII));
    return crc.getValue();
  }

  private static String digits(String decimal) {
    return decimal.replace(".", "").replaceFirst("^0+", "");
  }
}
