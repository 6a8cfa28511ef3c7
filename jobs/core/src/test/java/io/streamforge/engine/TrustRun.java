package io.streamforge.engine;

import io.streamforge.book.BookStatus;
import io.streamforge.market.BookUpdate;
import io.streamforge.testkit.simulated.Damage;
import io.streamforge.testkit.simulated.SimulatedMessage;
import io.streamforge.testkit.simulated.SimulatedMessage.Kind;
import io.streamforge.testkit.simulated.SimulatedMessage.Legible;
import io.streamforge.testkit.simulated.SimulatedRun;
import io.streamforge.testkit.simulated.SimulatedVenue;
import io.streamforge.testkit.simulated.TrueState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** One run: the log is read, and after each record its book is held against the truth. */
final class TrustRun {
  private static final long HEALS_WITHIN_US = 1_000_000;

  /** What is remembered of one book of the run. */
  private final class Watched {
    private final ProtocolBound bound = ProtocolBound.of(venue);
    private boolean begun;
    private long lostAtUs = Long.MIN_VALUE;
    private long healDueUs = Long.MAX_VALUE;
    private long healFromUs;
    private boolean shallow;
    private long wrongSinceUs;

    /** By session, the venue's time of its first delta: what was before it may be missing. */
    private final Map<Long, Long> firstUs = new HashMap<>();

    private long wrongMessages;
    private Damage wrongAfter;

    private void note(SimulatedMessage message) {
      if (message.kind() == Kind.DELTA) {
        firstUs.putIfAbsent(message.record().session(), message.state().timeUs());
      }
    }

    private long firstOfSession(SimulatedMessage message) {
      return firstUs.getOrDefault(message.record().session(), Long.MIN_VALUE);
    }
  }

  private final SimulatedVenue venue;
  private final long seed;
  private final SimulatedRun run;
  private final SimulatedLog log;
  private final TrustVerdict verdict;
  private final List<Watched> books = new ArrayList<>();
  private final List<String> text = new ArrayList<>();
  private final boolean tells;
  private boolean failed;

  TrustRun(
      SimulatedVenue venue, long seed, UnaryOperator<BookUpdate> reading, TrustVerdict verdict) {
    this(venue, seed, reading, verdict, false);
  }

  private TrustRun(
      SimulatedVenue venue,
      long seed,
      UnaryOperator<BookUpdate> reading,
      TrustVerdict verdict,
      boolean tells) {
    this.venue = venue;
    this.seed = seed;
    this.verdict = verdict;
    this.tells = tells;
    this.run = new SimulatedRun(venue, seed);
    this.log = new SimulatedLog(reading, run::requestSnapshot);
    for (int book = 0; book < run.books(); book++) {
      books.add(new Watched());
    }
  }

  /** The whole run as text, for whoever looks for the fault. */
  static String story(SimulatedVenue venue, long seed, UnaryOperator<BookUpdate> reading)
      throws IOException {
    TrustRun told = new TrustRun(venue, seed, reading, new TrustVerdict(), true);
    told.read();
    return String.join("\n", told.text);
  }

  /** Reads the log to its end, or to the first fault. */
  void read() throws IOException {
    verdict.runs++;
    verdict.soundRuns += run.sound() ? 1 : 0;
    if (tells) {
      text.add("-Dsimulation.venue=%s -Dsimulation.seed=%d: %s".formatted(venue, seed, run));
    }
    SimulatedMessage message = run.next();
    for (; message != null && !failed; message = run.next()) {
      verdict.messages++;
      log.read(message);
      Watched watched = books.get(message.book());
      watched.note(message);
      watched.bound.take(message, log.passedOver());
      if (tells) {
        text.add(message + "\n      " + log.status() + " " + log.touch());
      }
      check(watched, message);
    }
    for (Watched watched : books) {
      endWrong(watched, run.truth(books.indexOf(watched)).timeUs());
    }
  }

  private void check(Watched watched, SimulatedMessage message) {
    long nowUs = message.record().receiveTimeUs();
    TrueState truth = run.truth(message.book());
    boolean live = log.live();
    watched.bound.tellCrossed(log.status() == BookStatus.CROSSED);
    watched.shallow |= message.note().contains("SHALLOW");
    if (message.legible() == Legible.ALL && log.flaw() != null && message.note().isEmpty()) {
      verdict.notRead++;
      fail("a sound message is not read: " + log.flaw());
    }
    if (live && !watched.bound.allows(log.touch()) && !watched.shallow) {
      verdict.beyondBound++;
      fail("a live book shows %s; allowed: %s".formatted(log.touch(), watched.bound));
    }
    countWrong(watched, message, live && !log.touch().isOf(truth), nowUs);
    if (run.sound() && run.tellsDepth() && watched.begun && !live) {
      verdict.falseAlarms++;
      fail("nothing was damaged, and the book is " + log.status());
    }
    watched.begun |= live;
    checkHealing(watched, message, live, nowUs);
  }

  private void countWrong(Watched watched, SimulatedMessage message, boolean wrong, long nowUs) {
    if (wrong) {
      if (watched.wrongMessages == 0) {
        watched.wrongSinceUs = nowUs;
        watched.wrongAfter = run.lastDamage(message.book());
      }
      watched.wrongMessages++;
    } else {
      endWrong(watched, nowUs);
    }
  }

  private void endWrong(Watched watched, long nowUs) {
    if (watched.wrongMessages > 0 && watched.wrongAfter != null) {
      verdict.wrong(watched.wrongAfter, watched.wrongMessages, nowUs - watched.wrongSinceUs);
    }
    watched.wrongMessages = 0;
  }

  /** A sound snapshot of after the incident brings the book back within a second. */
  private void checkHealing(Watched watched, SimulatedMessage message, boolean live, long nowUs) {
    if (live) {
      watched.lostAtUs = Long.MIN_VALUE;
      watched.healDueUs = Long.MAX_VALUE;
      return;
    }
    if (watched.lostAtUs == Long.MIN_VALUE) {
      watched.lostAtUs = nowUs;
    }
    long damagedUs = run.lastDamageUs(message.book());
    if (damagedUs >= watched.healFromUs) {
      watched.healDueUs = Long.MAX_VALUE;
    }
    if (nowUs >= watched.healDueUs) {
      verdict.notHealed++;
      fail("a sound snapshot was of " + watched.healFromUs + ", and the book is " + log.status());
    }
    boolean heals =
        message.kind() == Kind.SNAPSHOT
            && watched.bound.follows(message)
            && message.note().isEmpty()
            && run.receiptsUs(message.state()) > watched.lostAtUs
            && message.state().timeUs() >= watched.firstOfSession(message)
            && run.receiptsUs(message.state()) > damagedUs;
    if (heals && watched.healDueUs == Long.MAX_VALUE) {
      verdict.heals++;
      watched.healFromUs = message.state().timeUs();
      watched.healDueUs = nowUs + HEALS_WITHIN_US;
    }
  }

  private void fail(String what) {
    failed = true;
    if (tells) {
      text.add("FAULT: " + what);
    } else if (verdict.wantsStories()) {
      verdict.tell("%s seed %d: %s".formatted(venue, seed, what));
    }
  }
}
