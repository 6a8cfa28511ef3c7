package io.streamforge.cli.live;

import io.streamforge.loader.config.FeedConfig;
import io.streamforge.loader.venue.Channel;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a check of a venue's feed has found, as text, and whether all of it is sound. */
final class CheckReport {
  /** Clocks that differ by more count a venue's events at a wrong time. */
  private static final long LARGEST_LAG_US = 5_000_000;

  private final StringBuilder text = new StringBuilder();
  private final List<String> faults = new ArrayList<>();

  CheckReport(FeedConfig feed, int seconds, CheckWatch watch, CheckedBooks books, int begun) {
    text.append(
        "%s at %s, %s, %d s%n"
            .formatted(
                feed.venue(),
                feed.stream(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                seconds));
    connection(watch);
    subscriptions(feed, watch, begun);
    messages(watch, books);
    books(feed, books);
    clock(watch);
    verdict();
  }

  private void line(String name, String what) {
    text.append("  %-14s %s%n".formatted(name, what));
  }

  private void faultIf(boolean wrong, String what) {
    if (wrong) {
      faults.add(what);
    }
  }

  private void connection(CheckWatch watch) {
    line(
        "connections",
        "%d opened, %d kinds of end".formatted(watch.connects(), watch.ends().size()));
    faultIf(watch.connects() == 0, "no connection");
    watch.ends().forEach(end -> faultIf(true, "a connection ended: %s".formatted(end)));
  }

  private void subscriptions(FeedConfig feed, CheckWatch watch, int begun) {
    int wanted = feed.channels().contains(Channel.BOOK) ? feed.symbols().size() : 0;
    line(
        "subscriptions",
        "%d symbols; %d refused, %d without an answer in 10 s"
            .formatted(feed.symbols().size(), watch.refusals().size(), watch.unacknowledged()));
    line(
        "snapshots",
        "%d of %d books have one; %d asked for, %.0f %% of the REST budget used"
            .formatted(begun, wanted, watch.requests(), watch.budgetUsed() * 100));
    watch.refusals().forEach(refusal -> faultIf(true, "refused: %s".formatted(refusal)));
    faultIf(watch.unacknowledged() > 0, "subscriptions were not acknowledged");
    faultIf(begun < wanted, "%d books have no snapshot".formatted(wanted - begun));
    watch
        .failedRequests()
        .forEach(failure -> faultIf(begun < wanted, "no book of %s".formatted(failure)));
  }

  private void messages(CheckWatch watch, CheckedBooks books) {
    line(
        "messages",
        "%,d of books, %,d of trades; %d kinds could not be read, %,d of no known form"
            .formatted(
                watch.messages(Channel.BOOK),
                watch.messages(Channel.TRADES),
                watch.unreadable().size(),
                watch.unknown()));
    line(
        "trades",
        "%,d with ids that count by one, %,d ids missing"
            .formatted(watch.trades(), watch.missingTrades()));
    watch
        .unreadable()
        .forEach(flaw -> faultIf(true, "a message cannot be read: %s".formatted(flaw)));
    faultIf(watch.unknown() > 0, "%d messages have no known form".formatted(watch.unknown()));
    faultIf(watch.severalSymbols() > 0, "messages name several symbols");
    faultIf(books.unusable() > 0, "a job could not use %d messages".formatted(books.unusable()));
    faultIf(watch.missingTrades() > 0, "%d trades are missing".formatted(watch.missingTrades()));
  }

  private void books(FeedConfig feed, CheckedBooks books) {
    Map<String, String> statuses = books.statuses();
    long live = statuses.values().stream().filter("live"::equals).count();
    line("books", "%d live at the end".formatted(live));
    line(
        "verified",
        "%,d checksums, %,d failed; %,d linked changes, %,d gaps"
            .formatted(books.checksums(), books.failedChecksums(), books.linked(), books.gaps()));
    faultIf(books.failedChecksums() > 0, "%d checksums failed".formatted(books.failedChecksums()));
    faultIf(books.gaps() > 0, "%d times messages of a book were missing".formatted(books.gaps()));
    if (feed.channels().contains(Channel.BOOK)) {
      Map<String, List<String>> symbols = new TreeMap<>();
      for (String symbol : feed.symbols()) {
        String id = feed.venue() + ':' + symbol;
        String status = statuses.getOrDefault(id, "without any message");
        String reason = books.reasons().get(id);
        symbols
            .computeIfAbsent(
                reason == null || status.equals("live") ? status : status + " (" + reason + ")",
                each -> new ArrayList<>())
            .add(symbol);
      }
      symbols.remove("live");
      symbols.forEach(
          (status, those) ->
              faultIf(true, "books that are %s: %s".formatted(status, String.join(", ", those))));
    }
  }

  private void clock(CheckWatch watch) {
    Long least = watch.leastLagUs();
    if (least == null) {
      line("clock", "the venue's messages have no time");
      return;
    }
    line(
        "clock",
        String.format(
            Locale.ROOT,
            "from the venue's time to the receipt %.1f ms at least, %.1f ms in the middle",
            least / 1e3,
            watch.middleLagUs() / 1e3));
    faultIf(
        Math.abs(least) > LARGEST_LAG_US,
        "the venue's clock and this machine's differ by %d s".formatted(least / 1_000_000));
  }

  private void verdict() {
    if (faults.isEmpty()) {
      text.append("All of it is sound.\n");
    } else {
      text.append("Not sound:\n")
          .append(
              faults.stream().map(fault -> "  - " + fault + "\n").collect(Collectors.joining()));
    }
  }

  String text() {
    return text.toString();
  }

  boolean isSound() {
    return faults.isEmpty();
  }
}
