package io.streamforge.testkit.simulated;

import io.streamforge.testkit.simulated.SimulatedMessage.Kind;
import io.streamforge.testkit.simulated.SimulatedMessage.Legible;
import io.streamforge.topic.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** What a venue sends of one book at one depth, and how it numbers that. */
final class SimulatedFeed {
  private static final long RESET_BELOW = 1_000_000;

  private final SimulatedVenue venue;
  private final int book;
  private final int depth;
  private final SplittableRandom random;
  private final MessageText out;
  private final VenueText text;
  private final byte[] key;

  /** By version: the number then, and how many messages had been sent. */
  private final List<long[]> sent = new ArrayList<>();

  private TrueState told;
  private long number;
  private int ordinal;
  private long session;

  SimulatedFeed(
      SimulatedVenue venue,
      int book,
      int depth,
      SplittableRandom random,
      MessageText out,
      TrueState first) {
    this.venue = venue;
    this.book = book;
    this.depth = depth;
    this.random = random;
    this.out = out;
    String symbol = venue.symbol(book);
    this.text = venue.text(symbol, out, depth);
    this.key = symbol.getBytes(StandardCharsets.ISO_8859_1);
    this.number = 10 * RESET_BELOW + random.nextLong(10_000_000_000L);
    this.told = first;
    sent.add(new long[] {number, 0});
  }

  int book() {
    return book;
  }

  int depth() {
    return depth;
  }

  /** From now on its records name a session; 0 for none. */
  void begin(long newSession) {
    session = newSession;
  }

  /** Whether the numbers are still far above those that a reset leads to. */
  boolean canReset() {
    return number > RESET_BELOW;
  }

  /**
   * The venue counts anew.
   *
   * @return the number that the next message follows, if it is told
   */
  long reset() {
    long before = number;
    number = 2L + random.nextInt(5_000);
    return before;
  }

  /** Begins anew at 1, as Bybit does. */
  void resetToOne() {
    number = 0;
  }

  /**
   * The message that leads to a state; null where nothing within its depth has changed.
   *
   * @param linkTo the number that it says it follows, {@code -1} for the one before
   */
  SimulatedMessage delta(TrueState state, long linkTo, Spoiling spoiling) {
    if (!LevelForm.differ(told, state, depth)) {
      sent.add(new long[] {number, ordinal});
      return null;
    }
    long before = linkTo >= 0 ? linkTo : number;
    long first = number + 1;
    number += venue == SimulatedVenue.BYBIT ? 1L : 1L + random.nextInt(40);
    ordinal++;
    sent.add(new long[] {number, ordinal});
    Numbers numbers = spoiling.of(new Numbers(before, first, number, state.timeUs()));
    spoiling.beginLevels(out);
    text.delta(told, state, numbers, depth);
    SimulatedMessage message = message(Kind.DELTA, state, ordinal, numbers, spoiling);
    told = state;
    return message;
  }

  /** A snapshot of a state that was. */
  SimulatedMessage snapshot(TrueState state, int levels, Spoiling spoiling) {
    long[] then = sent.get(state.version());
    long timeUs = venue == SimulatedVenue.BITSTAMP ? state.timeUs() : state.timeUs() + 500;
    Numbers numbers = spoiling.of(new Numbers(then[0], then[0], then[0], timeUs));
    spoiling.beginLevels(out);
    text.snapshot(state, numbers, Math.min(levels, venue.snapshotsInStream() ? depth : levels));
    return message(Kind.SNAPSHOT, state, (int) then[1], numbers, spoiling);
  }

  /** A message that says what the last one said, of a book that is begun anew at 1. */
  SimulatedMessage firstSnapshot(TrueState state) {
    number = 1;
    ordinal++;
    sent.add(new long[] {number, ordinal});
    told = state;
    return snapshot(state, depth, Spoiling.NONE);
  }

  /** The venue's answer to the subscription. */
  SimulatedMessage acknowledgement(TrueState state) {
    ((KrakenText) text).acknowledgement(depth);
    Numbers none = new Numbers(0, 0, 0, state.timeUs());
    return message(Kind.ACKNOWLEDGEMENT, state, ordinal, none, Spoiling.NONE);
  }

  /** The record of whoever owns the feed, that its connection has ended. */
  SimulatedMessage disconnected(TrueState state) {
    return message(Kind.DISCONNECTED, state, ordinal, -1, -1, Legible.ALL, "", null);
  }

  private SimulatedMessage message(
      Kind kind, TrueState state, int at, Numbers numbers, Spoiling spoiling) {
    byte[] value = out.bytes();
    Legible legible = spoiling.endLevels(out);
    if (spoiling.truncates()) {
      value = Arrays.copyOf(value, 1 + random.nextInt(value.length - 1));
      legible = Legible.NOTHING;
    }
    String note = legible == Legible.ALL && !spoiling.renumbers() ? "" : spoiling.note();
    return message(kind, state, at, numbers.previous(), numbers.last(), legible, note, value);
  }

  private SimulatedMessage message(
      Kind kind,
      TrueState state,
      int at,
      long previous,
      long last,
      Legible legible,
      String note,
      byte[] value) {
    return new SimulatedMessage(
        book,
        kind,
        state,
        depth,
        at,
        previous,
        last,
        venue.rule() != SimulatedVenue.Rule.UNTIMED,
        legible,
        note,
        new RawRecord(
            "raw-orderbooks",
            0,
            0,
            key,
            value,
            venue.header(),
            state.timeUs(),
            null,
            session,
            kind == Kind.DISCONNECTED ? RawRecord.DISCONNECTED : null,
            false));
  }
}
