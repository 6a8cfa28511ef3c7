package io.streamforge.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.BookUpdateBuilder;
import io.streamforge.testkit.Updates;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Several writers' sessions of one book, whose messages nothing links. Each begins, loses what it
 * says that it has lost, ends or falls silent; each asks for snapshots now and then. Whatever they
 * do, a live book is the venue's book as it was at some time, and never a mixture of two times.
 */
class SeveralSessionsTest {
  private static final int PRICES = 6;
  private static final long SECOND = 1_000_000;

  @Property(tries = 3_000, shrinking = ShrinkingMode.OFF)
  void aLiveBookIsNeverAMixture(@ForAll long seed) {
    new Market(new Random(seed)).run();
  }

  private record Timed(long atUs, BookUpdate update) {
    @Override
    public String toString() {
      StringBuilder levels = new StringBuilder();
      for (int i = 0; i < update.levels(); i++) {
        levels.append(' ').append(update.price(i)).append('x').append(update.quantity(i));
      }
      return "%n%d session %d %s of %d:%s"
          .formatted(
              atUs,
              update.session(),
              update.kind(),
              update.eventTimeUs() - Updates.START_US,
              levels);
    }
  }

  private static final class Market {
    private final Random random;
    private final List<Timed> log = new ArrayList<>();

    /** The venue's changes: when, of which price, to which quantity. */
    private final List<long[]> changes = new ArrayList<>();

    /** The venue's bids before each change and after the last, by price. */
    private final List<long[]> states = new ArrayList<>();

    Market(Random random) {
      this.random = random;
    }

    void run() {
      change();
      long endUs = changes.get(changes.size() - 1)[0];
      for (int session = 1; session <= 3; session++) {
        write(session, session == 1 ? 0 : random.nextLong(endUs), endUs);
      }
      log.sort(Comparator.comparingLong(Timed::atUs));
      if (random.nextBoolean()) {
        loseRecords();
      }
      check();
    }

    private void change() {
      long[] state = new long[PRICES];
      states.add(state.clone());
      long timeUs = SECOND;
      long every = random.nextBoolean() ? SECOND / 5 : SECOND * 3 / 2;
      for (int i = 0; i < 40 + random.nextInt(120); i++) {
        timeUs += 1 + random.nextLong(2 * every);
        int price = random.nextInt(PRICES);
        state[price] = random.nextInt(3) == 0 ? 0 : i + 2;
        changes.add(new long[] {timeUs, price, state[price]});
        states.add(state.clone());
      }
    }

    /** What one session sends from a time on, of which it loses some and says so. */
    private void write(int session, long fromUs, long endUs) {
      long delayUs = random.nextLong(SECOND / 5);
      long untilUs = random.nextInt(3) == 0 ? fromUs + random.nextLong(endUs) : endUs;
      long lostFromUs = random.nextInt(3) == 0 ? fromUs + random.nextLong(endUs) : Long.MAX_VALUE;
      long lostUntilUs = lostFromUs == Long.MAX_VALUE ? lostFromUs : lostFromUs + 2 * SECOND;
      for (long[] change : changes) {
        boolean sent = change[0] >= fromUs && change[0] <= untilUs;
        if (sent && (change[0] < lostFromUs || change[0] >= lostUntilUs)) {
          BookUpdateBuilder delta = new BookUpdateBuilder().begin();
          delta.delta(BookUpdate.NO_SEQUENCE, Updates.START_US + change[0]);
          delta.level(true, 1 + change[1], 0, change[2], 0);
          add(change[0] + delayUs, delta, change[0], session);
        }
      }
      if (lostUntilUs <= untilUs) {
        BookUpdateBuilder notice = new BookUpdateBuilder().begin().untimed();
        notice.notice(BookUpdate.Kind.DISCONNECTED);
        add(lostUntilUs + delayUs, notice, lostUntilUs + delayUs, session);
      }
      for (int i = random.nextInt(6); i >= 0; i--) {
        long timeUs = fromUs + random.nextLong(endUs);
        long latencyUs = random.nextLong(random.nextBoolean() ? SECOND / 10 : SECOND * 5 / 2);
        boolean lost = timeUs + latencyUs >= lostFromUs && timeUs < lostUntilUs + delayUs;
        if (timeUs <= untilUs && !lost) {
          add(timeUs + delayUs + latencyUs, snapshot(timeUs), timeUs, session);
        }
      }
    }

    private BookUpdateBuilder snapshot(long timeUs) {
      int version = (int) changes.stream().filter(change -> change[0] <= timeUs).count();
      BookUpdateBuilder snapshot = new BookUpdateBuilder().begin();
      snapshot.snapshot(Updates.START_US + timeUs);
      for (int price = PRICES - 1; price >= 0; price--) {
        if (states.get(version)[price] != 0) {
          snapshot.level(true, 1 + price, 0, states.get(version)[price], 0);
        }
      }
      return snapshot;
    }

    private void add(long atUs, BookUpdateBuilder message, long eventUs, int session) {
      long countsUs = Updates.START_US + Math.max(eventUs, atUs - SECOND / 2);
      BookUpdate update = message.build(Updates.ACME, Updates.START_US + eventUs, countsUs);
      log.add(new Timed(atUs, update.inSession(session)));
    }

    /** The log loses some records, of any session, before the job has read them. */
    private void loseRecords() {
      int first = random.nextInt(log.size());
      int end = Math.min(log.size() - 1, first + 1 + random.nextInt(20));
      if (first < end) {
        long leftUs = log.get(end).atUs();
        log.subList(first, end).clear();
        BookUpdateBuilder lost = new BookUpdateBuilder().begin().untimed();
        add(leftUs, lost.notice(BookUpdate.Kind.LOST), leftUs, 0);
        log.add(first, log.remove(log.size() - 1));
      }
    }

    private void check() {
      Set<String> versions = new HashSet<>();
      states.forEach(state -> versions.add(text(state)));
      OrderBook book = new OrderBook(Books.LIMITS);
      List<String> told = new ArrayList<>();
      for (Timed message : log) {
        told.add(message + " " + book.apply(message.update()));
        if (book.status() == BookStatus.LIVE) {
          long[] held = new long[PRICES];
          for (int rank = 0; rank < book.bids().size(); rank++) {
            held[(int) book.bids().price(rank) - 1] = book.bids().quantity(rank);
          }
          assertThat(text(held)).as("after %s", told).isIn(versions);
        }
      }
    }

    private static String text(long[] state) {
      StringBuilder text = new StringBuilder();
      for (long quantity : state) {
        text.append(quantity).append(' ');
      }
      return text.toString();
    }
  }
}
