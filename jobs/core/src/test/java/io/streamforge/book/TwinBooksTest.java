package io.streamforge.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.book.TwinFeed.Style;
import io.streamforge.book.TwinFeed.Timed;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.BookUpdateBuilder;
import io.streamforge.market.Checksum;
import io.streamforge.testkit.Updates;
import io.streamforge.testkit.reference.BookMessage;
import io.streamforge.testkit.reference.Level;
import io.streamforge.testkit.reference.PlainBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both implementations of docs/trust.md say the same, message by message, whatever befalls. */
class TwinBooksTest {
  private static final int RUNS = Integer.getInteger("twins.runs", 1_000);

  @ParameterizedTest
  @EnumSource(Style.class)
  void sayTheSameOfDamagedFeeds(Style style) {
    for (int seed = 0; seed < RUNS; seed++) {
      Random random = new Random(seed);
      double damage = random.nextInt(5) * 0.02;
      List<Timed> log = new TwinFeed(style, random, damage).log(20 + random.nextInt(100));
      String difference = difference(style, log, new Random(~seed));
      if (difference != null) {
        List<Timed> least = least(style, log);
        throw new AssertionError(
            "seed %d: %s%nof at least%n%s"
                .formatted(
                    seed,
                    difference(style, least, null),
                    String.join("\n", least.stream().map(Timed::toString).toList())));
      }
    }
  }

  /**
   * A part of the log of which they say different things; without any of its messages they do not.
   */
  private static List<Timed> least(Style style, List<Timed> log) {
    List<Timed> least = new ArrayList<>(log);
    if (difference(style, least, null) == null) {
      return least;
    }
    for (boolean shorter = true; shorter; ) {
      shorter = false;
      for (int i = least.size() - 1; i >= 0; i--) {
        Timed without = least.remove(i);
        if (difference(style, least, null) == null) {
          least.add(i, without);
        } else {
          shorter = true;
        }
      }
    }
    return least;
  }

  private static String difference(Style style, List<Timed> log, Random evictions) {
    BookUnderTest.Fast fast = new BookUnderTest.Fast();
    BookUnderTest.Plain plain = new BookUnderTest.Plain(style.venue());
    PagesInMemory pages = new PagesInMemory();
    for (int i = 0; i < log.size(); i++) {
      Timed timed = log.get(i);
      Outcome outcome = fast.book().apply(update(style, timed));
      PlainBook.Outcome expected = plain.apply(timed.message(), timed.effectiveUs());
      if (evictions != null && evictions.nextInt(10) == 0) {
        pages.write(fast.book());
      }
      if (evictions != null && evictions.nextInt(20) == 0) {
        fast.evict(pages);
      }
      String one = text(fast, outcome);
      String other = text(plain, expected);
      if (!one.equals(other)) {
        return "after message %d%nfast  %s (%s)%nplain %s".formatted(i, one, outcome, other);
      }
    }
    return null;
  }

  private static String text(BookUnderTest book, Object outcome) {
    String text = book.status() + " " + (outcome instanceof Outcome o ? plain(o) : outcome);
    return book.status().equals("live")
        ? text + " " + book.sequence() + " " + book.bids() + " " + book.asks()
        : text;
  }

  private static PlainBook.Outcome plain(Outcome outcome) {
    return switch (outcome) {
      case APPLIED -> PlainBook.Outcome.DELTA;
      case SNAPSHOT_APPLIED, DRIFT -> PlainBook.Outcome.SNAPSHOT;
      case CONFIRMED -> PlainBook.Outcome.CONFIRMED;
      default -> PlainBook.Outcome.NOTHING;
    };
  }

  private static BookUpdate update(Style style, Timed timed) {
    BookMessage message = timed.message();
    BookUpdateBuilder builder = new BookUpdateBuilder().begin();
    long number = message.last() == null ? BookUpdate.NO_SEQUENCE : message.last();
    long previous = message.previous() == null ? BookUpdate.NO_SEQUENCE : message.previous();
    switch (message.kind()) {
      case DELTA -> builder.delta(previous, number);
      case SNAPSHOT -> builder.snapshot(number);
      case RESTART -> builder.restart(number);
      case SUBSCRIBED -> builder.subscribed(message.depth());
      case DISCONNECTED -> builder.notice(BookUpdate.Kind.DISCONNECTED);
      case UNREADABLE -> builder.notice(BookUpdate.Kind.UNREADABLE);
    }
    if (!message.timed()) {
      builder.untimed();
    }
    if (message.flawed()) {
      builder.flawed();
    }
    if (message.overlapping()) {
      builder.overlapping();
    }
    if (!message.isNotice()) {
      builder.feed(message.feed());
    }
    if (message.depth() != null) {
      builder.depth(message.depth());
    }
    if (message.checksum() != null) {
      builder.checksum(
          style == Style.SUMMED ? Checksum.KRAKEN : Checksum.OKX, message.checksum().intValue());
    }
    levels(builder, true, message.bids());
    levels(builder, false, message.asks());
    return builder
        .build(Updates.ACME, message.eventTimeUs(), timed.effectiveUs())
        .inSession(message.session());
  }

  private static void levels(BookUpdateBuilder builder, boolean bid, List<Level> levels) {
    for (Level level : levels) {
      builder.level(bid, level.price().longValueExact(), 0, level.quantity().longValueExact(), 0);
    }
  }

  /** Most runs hold something to compare. */
  @ParameterizedTest
  @EnumSource(Style.class)
  void undamagedFeedsAreLiveThroughout(Style style) {
    for (int seed = 0; seed < 100; seed++) {
      BookUnderTest.Plain plain = new BookUnderTest.Plain(style.venue());
      boolean live = false;
      for (Timed timed : new TwinFeed(style, new Random(seed), 0).log(100)) {
        plain.apply(timed.message(), timed.effectiveUs());
        assertThat(plain.status().equals("live")).isIn(live, true);
        live |= plain.status().equals("live");
      }
      assertThat(live).isTrue();
    }
  }
}
