package io.streamforge.book;

import io.streamforge.testkit.reference.BookMessage;
import io.streamforge.testkit.reference.BookMessage.Kind;
import io.streamforge.testkit.reference.KrakenBook;
import io.streamforge.testkit.reference.Level;
import io.streamforge.testkit.reference.OkxBook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A random market as the feed of one kind of venue tells it, and the damage that feeds take. */
final class TwinFeed {
  /** How the messages of a venue say whether the book is right. */
  enum Style {
    /** Names the number before; snapshots by request. */
    LINKED,
    /** The same, and a delta may begin before the book's number. */
    OVERLAPPING,
    /** Names the number before and has a checksum; whole books in the stream. */
    LINKED_SUMMED,
    /** Names the number before; whole books in the stream. */
    LINKED_RESTARTS,
    /** Has a number alone, and a checksum. */
    ORDERED_SUMMED,
    /** Has its time as number. */
    ORDERED,
    /** Has a checksum alone. */
    SUMMED,
    /** Has a time alone. */
    TIMED,
    /** Has nothing. */
    BARE;

    boolean linked() {
      return this == LINKED
          || this == OVERLAPPING
          || this == LINKED_SUMMED
          || this == LINKED_RESTARTS;
    }

    boolean summed() {
      return this == LINKED_SUMMED || this == ORDERED_SUMMED || this == SUMMED;
    }

    boolean requested() {
      return this == LINKED || this == OVERLAPPING;
    }

    String venue() {
      return this == SUMMED
          ? "kraken"
          : this == LINKED_SUMMED || this == ORDERED_SUMMED ? "okx" : "acme";
    }
  }

  /** A message and when it counts. */
  record Timed(BookMessage message, long effectiveUs) {
    @Override
    public String toString() {
      BookMessage m = message;
      return "%s%s%s%s s%d f%d [%s..%s after %s] b%s a%s @%d/%d"
          .formatted(
              m.kind(),
              m.timed() ? "" : " untimed",
              m.flawed() ? " flawed" : "",
              m.checksum() == null ? "" : " sum",
              m.session(),
              m.feed(),
              m.first(),
              m.last(),
              m.previous(),
              side(m.bids()),
              side(m.asks()),
              (m.eventTimeUs() - START_US) / 1000,
              (effectiveUs - START_US) / 1000);
    }

    private static String side(List<Level> levels) {
      return levels.stream().map(l -> l.price() + ":" + l.quantity()).toList().toString();
    }
  }

  static final long START_US = 1_723_161_200_000_000L;
  private static final int DEPTH = 6;

  private final Style style;
  private final Random random;
  private final double damage;
  private final TreeMap<Integer, Integer> bids = new TreeMap<>(Comparator.reverseOrder());
  private final TreeMap<Integer, Integer> asks = new TreeMap<>();
  private final List<Timed> log = new ArrayList<>();
  private final List<BookMessage> snapshots = new ArrayList<>();
  private long timeUs = START_US;
  private long number = 1000;
  private long session;
  private int feed = 10;
  private final boolean twoLines;

  TwinFeed(Style style, Random random, double damage) {
    this.style = style;
    this.random = random;
    this.damage = damage;
    twoLines = random.nextBoolean();
  }

  List<Timed> log(int messages) {
    for (int i = 0; i < 12; i++) {
      change();
    }
    boolean early = random.nextBoolean();
    for (int i = 0; i < messages; i++) {
      timeUs += random.nextInt(40) == 0 ? random.nextInt(8_000_000) : random.nextInt(400_000);
      if (i == (early ? 0 : 4) || random.nextInt(12) == 0) {
        snapshots.add(whole());
        send(snapshots.get(snapshots.size() - 1));
      } else {
        delta();
      }
      happen();
    }
    return log;
  }

  private boolean chance(double factor) {
    return random.nextDouble() < damage * factor;
  }

  private void send(BookMessage message) {
    BookMessage sent = message.inSession(session).ofFeed(feed);
    if (chance(0.5)) {
      sent = sent.withFlaw();
    }
    if (chance(0.5)) {
      sent = notice(Kind.UNREADABLE);
    }
    if (chance(1)) {
      return;
    }
    add(sent);
    if (chance(0.5)) {
      add(sent);
    }
  }

  private void add(BookMessage message) {
    int back = chance(1.5) ? 1 + random.nextInt(3) : 0;
    int place = Math.max(0, log.size() - back);
    log.add(place, new Timed(message, effective(message)));
  }

  private long effective(BookMessage message) {
    return Math.max(message.eventTimeUs(), timeUs - 300_000);
  }

  private BookMessage notice(Kind kind) {
    return BookMessage.notice("acme:X", kind, timeUs).inSession(session);
  }

  /** What else may befall a feed. */
  private void happen() {
    if (chance(0.3)) {
      add(notice(Kind.DISCONNECTED));
    }
    if (chance(0.5) && !snapshots.isEmpty()) { // late, or twice
      BookMessage old = snapshots.get(random.nextInt(snapshots.size()));
      add(old.inSession(session).ofFeed(feed));
    }
    if (chance(0.3)) {
      number = random.nextInt(50); // the venue counts anew
    }
    if (chance(0.2)) {
      timeUs += 3_000_000L + random.nextInt(70_000_000);
    }
    if (twoLines && chance(0.3)) {
      session = random.nextInt(3);
    }
    if (!twoLines && chance(0.3)) {
      feed = random.nextBoolean() ? 10 : 5;
    }
  }

  private void delta() {
    long before = number;
    number += style == Style.LINKED_RESTARTS ? 1 : 1 + random.nextInt(3);
    List<Level> bidChanges = new ArrayList<>();
    List<Level> askChanges = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      change(bidChanges, askChanges);
    }
    long follows = before;
    if (style == Style.OVERLAPPING && random.nextInt(4) == 0) {
      follows -= random.nextInt(4);
    }
    BookMessage message =
        message(false, style.linked() ? (Long) Math.max(0, follows) : null, bidChanges, askChanges);
    if (chance(0.3)) {
      message = renumbered(message, 1_000_000L + random.nextInt(1000));
    }
    send(style == Style.OVERLAPPING ? message.mayOverlap() : message);
    if (style.linked() && random.nextInt(15) == 0) { // nothing has changed
      add(message(false, number, List.of(), List.of()).inSession(session).ofFeed(feed));
    }
  }

  private static BookMessage renumbered(BookMessage m, long number) {
    return m.last() == null || m.previous() == null
        ? m
        : new BookMessage(
            m.instrument(),
            false,
            null,
            number,
            number - 1,
            m.depth(),
            m.checksum(),
            m.bids(),
            m.asks(),
            m.eventTimeUs());
  }

  private BookMessage whole() {
    BookMessage whole = message(true, null, levels(bids), levels(asks));
    return style.requested()
        ? whole
        : whole.of(style == Style.ORDERED ? Kind.SNAPSHOT : Kind.RESTART);
  }

  private BookMessage message(boolean whole, Long previous, List<Level> b, List<Level> a) {
    Long named =
        style == Style.ORDERED
            ? (Long) timeUs
            : style.linked() || style == Style.ORDERED_SUMMED ? (Long) number : null;
    boolean untimed = style == Style.BARE || (whole && style.requested() && random.nextBoolean());
    BookMessage message =
        new BookMessage(
            "acme:X",
            whole,
            null,
            named,
            previous,
            style.summed() ? DEPTH : null,
            checksum(),
            b,
            a,
            timeUs);
    return untimed ? message.untimed() : message;
  }

  private Long checksum() {
    if (!style.summed()) {
      return null;
    }
    while (bids.size() > DEPTH) {
      bids.pollLastEntry();
    }
    while (asks.size() > DEPTH) {
      asks.pollLastEntry();
    }
    return style == Style.SUMMED
        ? KrakenBook.checksum(levels(asks), levels(bids))
        : OkxBook.checksum(levels(bids), levels(asks));
  }

  private static List<Level> levels(Map<Integer, Integer> side) {
    List<Level> levels = new ArrayList<>();
    for (Map.Entry<Integer, Integer> level : side.entrySet()) {
      levels.add(level(level.getKey(), level.getValue()));
    }
    return levels;
  }

  private static Level level(int price, int quantity) {
    return Level.of(Integer.toString(price), Integer.toString(quantity));
  }

  private void change() {
    change(new ArrayList<>(), new ArrayList<>());
  }

  /** A new level, a change or a removal; prices that are in the way go. */
  private void change(List<Level> bidChanges, List<Level> askChanges) {
    boolean bid = random.nextBoolean();
    int price = (bid ? 100 : 104) + random.nextInt(8) - 4;
    int quantity = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(9);
    TreeMap<Integer, Integer> own = bid ? bids : asks;
    TreeMap<Integer, Integer> other = bid ? asks : bids;
    List<Level> otherChanges = bid ? askChanges : bidChanges;
    if (quantity == 0) {
      own.remove(price);
    } else {
      own.put(price, quantity);
      while (!other.isEmpty() && (bid ? other.firstKey() <= price : other.firstKey() >= price)) {
        otherChanges.add(level(other.pollFirstEntry().getKey(), 0));
      }
    }
    (bid ? bidChanges : askChanges).add(level(price, quantity));
  }
}
