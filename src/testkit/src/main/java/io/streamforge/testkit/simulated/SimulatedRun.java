package io.streamforge.testkit.simulated;

import io.streamforge.topic.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One run of a simulation: true markets, told in a venue's words, over a feed that damages what it
 * carries. The same venue and seed give the same run, as long as snapshots are asked for at the
 * same places.
 */
public final class SimulatedRun {
  /** When runs begin, microseconds since the epoch. */
  public static final long START_US = 1_723_161_200_000_000L;

  private final SimulatedVenue venue;
  private final RunShape shape;
  private final SplittableRandom random;
  private final LogLine.Log log = new LogLine.Log();
  private final List<SimulatedBook> books = new ArrayList<>();
  private long clockUs = START_US;
  private long nextStepUs = START_US;
  private int stepsLeft;

  public SimulatedRun(SimulatedVenue venue, long seed) {
    this.venue = venue;
    this.random = new SplittableRandom(seed);
    this.shape = RunShape.draw(venue, random);
    this.stepsLeft = shape.steps();
    for (int book = 0; book < shape.books(); book++) {
      books.add(new SimulatedBook(venue, shape, book, random.split(), log));
    }
  }

  /** The instruments of this run. */
  public int books() {
    return books.size();
  }

  public SimulatedVenue venue() {
    return venue;
  }

  /** Whether nothing is damaged. */
  public boolean sound() {
    return shape.damages().isEmpty();
  }

  /**
   * Whether readers are told how deep the feed is, or need not know: else they guess, and a sound
   * feed may show a guess to be wrong.
   */
  public boolean tellsDepth() {
    return venue != SimulatedVenue.KRAKEN || shape.acknowledged();
  }

  /** The next record of the log; null at its end. */
  public SimulatedMessage next() {
    while (stepsLeft > 0 && log.nextUs() > nextStepUs + Math.min(0, shape.latencyUs())) {
      step();
    }
    if (log.nextUs() == Long.MAX_VALUE) {
      return null;
    }
    SimulatedMessage message = log.poll();
    clockUs = message.record().receiveTimeUs();
    return message;
  }

  private void step() {
    long timeUs = nextStepUs;
    books.get(random.nextInt(books.size())).step(timeUs);
    stepsLeft--;
    boolean pauses = random.nextInt(25) == 0;
    // Whole milliseconds: not every venue tells finer ones.
    nextStepUs += 1_000L * (pauses ? 1_000L + random.nextInt(1_500) : 20L + random.nextInt(230));
  }

  /** A snapshot of a book is asked for; it comes after 50 to 900 ms. */
  public void requestSnapshot(String symbol) {
    for (SimulatedBook book : books) {
      if (book.symbol().equals(symbol)) {
        book.request(clockUs);
      }
    }
  }

  /** The state that a reader of an undamaged feed would know by now. */
  public TrueState truth(int book) {
    return books.get(book).asOf(clockUs - shape.latencyUs());
  }

  /** When a state was, by the receipts' clock, or before. */
  public long receiptsUs(TrueState state) {
    return state.timeUs() + Math.min(0, shape.latencyUs());
  }

  /** When the last damage was done to a book's feed, its effects included, microseconds. */
  public long lastDamageUs(int book) {
    return books.get(book).lastDamageUs();
  }

  /** What that damage was; null for none. */
  public Damage lastDamage(int book) {
    return books.get(book).lastDamage();
  }

  /** What the run is like. */
  @Override
  public String toString() {
    return venue + " " + shape;
  }

  /** The hash of the name of a session. */
  static long session(int number) {
    return RawRecord.sessionOf(("session-" + number).getBytes(StandardCharsets.ISO_8859_1));
  }
}
