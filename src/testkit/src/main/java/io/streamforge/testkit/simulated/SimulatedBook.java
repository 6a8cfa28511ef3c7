package io.streamforge.testkit.simulated;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One instrument of a run: its true market, the feeds that tell it, and what happens to them. */
final class SimulatedBook {
  private static final int ALL_LEVELS = 1_000_000;
  private static final int SHALLOW_LEVELS = 5;
  private static final int PERCENT_OF_SNAPSHOTS = 30;

  private final SimulatedVenue venue;
  private final RunShape shape;
  private final SplittableRandom random;
  private final TrueMarket market;
  private final List<SimulatedFeed> feeds = new ArrayList<>();
  private final List<LogLine> lines = new ArrayList<>();
  private final LogLine.Log log;
  private final SnapshotOrders orders;
  private boolean begun;
  private int down;
  private int sessions;
  private long nextCheckUs;
  private long lastDamageUs = Long.MIN_VALUE;
  private Damage lastDamage;

  SimulatedBook(
      SimulatedVenue venue, RunShape shape, int book, SplittableRandom random, LogLine.Log log) {
    this.venue = venue;
    this.shape = shape;
    this.random = random;
    this.log = log;
    this.orders = new SnapshotOrders(random);
    this.market = new TrueMarket(random.split(), SimulatedRun.START_US - 1_000_000);
    MessageText text = new MessageText(1 + random.nextInt(3), random.nextInt(5));
    int draw = random.nextInt(3);
    addFeed(book, venue.depth(true, draw), text);
    if (shape.twoDepths()) {
      addFeed(book, venue.depth(false, draw), text);
    }
  }

  private void addFeed(int book, int depth, MessageText text) {
    feeds.add(new SimulatedFeed(venue, book, depth, random.split(), text, market.newest()));
    lines.add(new LogLine(log));
  }

  String symbol() {
    return venue.symbol(feeds.get(0).book());
  }

  TrueState asOf(long timeUs) {
    return market.asOf(timeUs);
  }

  long lastDamageUs() {
    return lastDamageUs;
  }

  Damage lastDamage() {
    return lastDamage;
  }

  private void damaged(Damage damage, long timeUs) {
    lastDamage = damage;
    lastDamageUs = Math.max(lastDamageUs, timeUs);
  }

  /** A snapshot is asked for. */
  void request(long timeUs) {
    orders.request(timeUs);
  }

  /** The market changes once, and its feeds say so. */
  void step(long timeUs) {
    takeSnapshots(timeUs);
    long receivedUs = timeUs + shape.latencyUs();
    if (!begun) {
      begin(timeUs);
    }
    TrueState state = market.step(timeUs);
    boolean resumes = down == 1;
    if (down > 0) {
      down--;
      damaged(lastDamage, receivedUs);
    }
    for (int i = 0; i < feeds.size(); i++) {
      tell(feeds.get(i), lines.get(i), state, receivedUs, down > 0 || resumes);
    }
    if (resumes) {
      resume(state, receivedUs);
    }
    if (shape.checkingUs() > 0 && timeUs >= nextCheckUs) {
      nextCheckUs = timeUs + shape.checkingUs();
      orders.order(timeUs);
    }
  }

  private void begin(long timeUs) {
    begun = true;
    nextCheckUs = timeUs + shape.checkingUs();
    beginSession();
    long receivedUs = timeUs + shape.latencyUs();
    for (int i = 0; i < feeds.size(); i++) {
      if (shape.acknowledged()) {
        lines.get(i).pass(feeds.get(i).acknowledgement(market.newest()), receivedUs);
      }
      if (venue.snapshotsInStream()) {
        lines
            .get(i)
            .pass(feeds.get(i).snapshot(market.newest(), ALL_LEVELS, Spoiling.NONE), receivedUs);
      }
    }
    if (!venue.snapshotsInStream()) {
      orders.order(timeUs);
    }
  }

  private void beginSession() {
    sessions++;
    for (SimulatedFeed feed : feeds) {
      feed.begin(shape.sessions() ? SimulatedRun.session(sessions) : 0);
    }
  }

  /**
   * Whether a snapshot had an absurd number: an absurd delta that then reaches from behind that
   * number to beyond it looks like the first one after the snapshot, and no rule can tell.
   */
  private boolean wrongSnapshot;

  private boolean strikes() {
    return !shape.damages().isEmpty() && random.nextInt(1_000) < shape.rate();
  }

  private void tell(
      SimulatedFeed feed, LogLine line, TrueState state, long receivedUs, boolean isDown) {
    if (line.holdsDamaged()) { // it may come now
      damaged(lastDamage, receivedUs);
    }
    Damage damage =
        strikes() && !isDown ? shape.damages().get(random.nextInt(shape.damages().size())) : null;
    if (damage == Damage.WRONG_NUMBER && wrongSnapshot) {
      damage = null;
    }
    if (damage == Damage.NUMBERS_RESET || damage == Damage.NUMBERS_RESET_TOLD) {
      tellReset(feed, line, state, receivedUs, damage);
      return;
    }
    Spoiling spoiling =
        damage == Damage.WRONG_NUMBER
                || damage == Damage.UNREADABLE_LEVEL
                || damage == Damage.TRUNCATED
            ? Spoiling.of(damage, random)
            : Spoiling.NONE;
    SimulatedMessage message = feed.delta(state, -1, spoiling);
    if (isDown) {
      return;
    }
    if (damage != null) {
      damaged(damage, receivedUs);
    }
    if (message != null) {
      pass(message, line, receivedUs, damage);
      if (shape.lag() > 0) {
        passSecond(message, line, damage == Damage.LOST && random.nextBoolean());
      }
    }
    if (damage != null) {
      besideDelta(damage, feed, line, state, receivedUs);
    }
  }

  private void pass(SimulatedMessage message, LogLine line, long receivedUs, Damage damage) {
    if (damage == Damage.LOST) {
      line.skip(receivedUs);
    } else if (damage == Damage.SWAPPED || damage == Damage.DELAYED) {
      line.skip(receivedUs);
      int others = damage == Damage.SWAPPED ? 0 : 1 + random.nextInt(7);
      line.hold(message, others, damage.name());
    } else {
      line.pass(message, receivedUs);
      if (damage == Damage.REPEATED) {
        line.hold(message, random.nextInt(4) - 1, damage.name());
        if (random.nextInt(4) == 0) {
          line.pass(message, receivedUs);
        }
      }
    }
  }

  private void passSecond(SimulatedMessage message, LogLine line, boolean lost) {
    if (!lost) {
      line.hold(message, shape.lag() - 1, message.note());
    }
  }

  private void besideDelta(
      Damage damage, SimulatedFeed feed, LogLine line, TrueState state, long receivedUs) {
    switch (damage) {
      case SNAPSHOT_OLD, SNAPSHOT_LATE, SNAPSHOT_TWICE, SNAPSHOT_SHALLOW ->
          snapshot(feed, line, state, receivedUs, receivedUs + 200_000, damage);
      case RESTARTED, RESTARTED_TOLD -> {
        if (damage == Damage.RESTARTED_TOLD) {
          line.pass(feed.disconnected(state), receivedUs);
        }
        lines.forEach(LogLine::drop);
        down = 2 + random.nextInt(8);
      }
      default -> {
        // The delta itself.
      }
    }
  }

  private void tellReset(
      SimulatedFeed feed, LogLine line, TrueState state, long receivedUs, Damage damage) {
    SimulatedMessage message;
    if (!feed.canReset()) {
      message = feed.delta(state, -1, Spoiling.NONE);
    } else if (venue == SimulatedVenue.BYBIT) {
      feed.resetToOne();
      message = feed.firstSnapshot(state);
    } else {
      long before = feed.reset();
      message = feed.delta(state, before, Spoiling.NONE);
    }
    damaged(damage, receivedUs);
    if (message == null) {
      return;
    }
    if (damage == Damage.NUMBERS_RESET) {
      line.skip(receivedUs);
    } else {
      line.pass(message, receivedUs);
      if (shape.lag() > 0) {
        passSecond(message, line, false);
      }
    }
  }

  private void resume(TrueState state, long receivedUs) {
    beginSession();
    damaged(lastDamage, receivedUs);
    if (venue.snapshotsInStream()) {
      for (int i = 0; i < feeds.size(); i++) {
        lines.get(i).pass(feeds.get(i).snapshot(state, ALL_LEVELS, Spoiling.NONE), receivedUs);
      }
    } else {
      orders.order(state.timeUs());
    }
  }

  /** Takes the snapshots whose time has come. */
  private void takeSnapshots(long timeUs) {
    for (SnapshotOrders.Order order : orders.takeUntil(timeUs)) {
      if (down > 0 && venue.snapshotsInStream()) {
        continue; // nobody hears it
      }
      boolean damages = !shape.damages().isEmpty() && random.nextInt(100) < PERCENT_OF_SNAPSHOTS;
      Damage damage = damages ? shape.damages().get(random.nextInt(shape.damages().size())) : null;
      for (int i = 0; i < feeds.size(); i++) {
        snapshot(
            feeds.get(i),
            lines.get(i),
            venue.snapshotsInStream() ? market.newest() : market.asOf(order.takenUs()),
            timeUs + shape.latencyUs(),
            Math.max(order.receivedUs(), timeUs + 1),
            damage);
      }
    }
  }

  private void snapshot(
      SimulatedFeed feed,
      LogLine line,
      TrueState state,
      long inStreamUs,
      long asideUs,
      Damage damage) {
    boolean spoils =
        damage == Damage.WRONG_NUMBER
            || damage == Damage.UNREADABLE_LEVEL
            || damage == Damage.TRUNCATED;
    wrongSnapshot |= damage == Damage.WRONG_NUMBER;
    boolean old = damage == Damage.SNAPSHOT_OLD;
    TrueState of =
        old ? market.asOf(state.timeUs() - 1_000_000 - random.nextInt(3_000_000)) : state;
    boolean shallow = damage == Damage.SNAPSHOT_SHALLOW;
    SimulatedMessage message =
        feed.snapshot(
            of,
            shallow ? SHALLOW_LEVELS : ALL_LEVELS,
            spoils ? Spoiling.of(damage, random) : Spoiling.NONE);
    long receivedUs = venue.snapshotsInStream() ? inStreamUs : asideUs;
    boolean late = damage == Damage.SNAPSHOT_LATE;
    if (late) {
      receivedUs += 1_000_000 + random.nextInt(5_000_000);
    }
    if (spoils || old || shallow || late || damage == Damage.SNAPSHOT_TWICE) {
      damaged(damage, receivedUs);
    }
    if (damage == Damage.LOST) {
      damaged(damage, receivedUs);
    } else if (venue.snapshotsInStream() && !late && !old) {
      line.pass(message, receivedUs);
    } else {
      log.add(message, receivedUs, old || late || shallow ? damage.name() : "");
    }
    if (damage == Damage.SNAPSHOT_TWICE) {
      long againUs = receivedUs + 10_000 + random.nextInt(800_000);
      damaged(damage, againUs);
      log.add(message, againUs, damage.name());
    }
  }
}
