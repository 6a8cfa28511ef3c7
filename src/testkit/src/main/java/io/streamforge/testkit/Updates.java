package io.streamforge.testkit;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.BookUpdateBuilder;
import io.streamforge.market.Checksum;
import io.streamforge.market.Instrument;
import java.math.BigDecimal;

/** Book messages as a test reads best: decimal texts, quantity 0 removes a level. */
public final class Updates {
  /** A multiple of 100 seconds. */
  public static final long START_US = 1_723_161_200_000_000L;

  /** A market that no venue has. */
  public static final Instrument ACME = new Instrument("acme", "X/USD");

  private final BookUpdateBuilder builder = new BookUpdateBuilder().begin();
  private Instrument instrument = ACME;
  private long effectiveUs = START_US;
  private long eventUs = START_US;

  private Updates() {}

  /** Of a venue that numbers nothing. */
  public static Updates snapshot() {
    return snapshot(BookUpdate.NO_SEQUENCE);
  }

  public static Updates snapshot(long sequence) {
    Updates updates = new Updates();
    updates.builder.snapshot(sequence);
    return updates;
  }

  /** Of a venue that numbers nothing. */
  public static Updates delta() {
    return new Updates();
  }

  /** The message that follows number {@code sequence − 1}. */
  public static Updates delta(long sequence) {
    Updates updates = new Updates();
    updates.builder.delta(sequence - 1, sequence);
    return updates;
  }

  /** What happened to the feed. */
  public static Updates notice(BookUpdate.Kind kind) {
    Updates updates = new Updates();
    updates.builder.notice(kind);
    return updates;
  }

  public Updates of(Instrument named) {
    instrument = named;
    return this;
  }

  /** Event time and effective time. */
  public Updates at(long timeUs) {
    return at(timeUs, timeUs);
  }

  public Updates at(long happenedUs, long countsUs) {
    eventUs = happenedUs;
    effectiveUs = countsUs;
    return this;
  }

  public Updates bid(String price, String quantity) {
    return level(true, price, quantity);
  }

  public Updates ask(String price, String quantity) {
    return level(false, price, quantity);
  }

  public Updates level(boolean bid, String price, String quantity) {
    BigDecimal p = new BigDecimal(price);
    BigDecimal q = new BigDecimal(quantity);
    builder.level(
        bid,
        p.unscaledValue().longValueExact(),
        p.scale(),
        q.unscaledValue().longValue(),
        q.scale());
    return this;
  }

  /** A feed that keeps so many levels a side up to date. */
  public Updates depth(int levels) {
    builder.depth(levels);
    return this;
  }

  /** A full-depth snapshot that may have been cut at its worst levels. */
  public Updates cut() {
    builder.complete(false, false);
    return this;
  }

  /** A level of it could not be read. */
  public Updates flawed() {
    builder.flawed();
    return this;
  }

  public Updates krakenChecksum(long value) {
    builder.checksum(Checksum.KRAKEN, (int) value);
    return this;
  }

  public BookUpdate build() {
    return builder.build(instrument, eventUs, effectiveUs);
  }
}
