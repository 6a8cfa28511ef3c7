package io.streamforge.cli.replay;

import io.streamforge.record.BookResyncRecord;
import io.streamforge.record.SymbolFeaturesRecord;
import io.streamforge.record.SymbolFeaturesRecord.Trust;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which books could not be trusted, since when and why, by what a replay has published. Records are
 * taken in order of time.
 */
final class UntrustedBooks {
  private static final String LIVE = "live";
  private static final int MOST_ROWS = 20;

  /** By instrument, in order of time. */
  private final Map<String, List<UntrustedBook>> ended = new TreeMap<>();

  /** By instrument. */
  private final Map<String, UntrustedBook> lasting = new HashMap<>();

  /** Reasons of requests for snapshots, by instrument and time. */
  private final Map<String, NavigableMap<Long, String>> requests = new HashMap<>();

  private long samples;

  /**
   * Takes the next record of {@code symbol-features}.
   *
   * @throws IOException if it is none
   */
  void addSample(byte[] record) throws IOException {
    Trust book = SymbolFeaturesRecord.trust(record);
    UntrustedBook before = lasting.get(book.instrument());
    boolean live = book.status().equals(LIVE);
    if (before != null && !live && before.status().equals(book.status())) {
      lasting.put(book.instrument(), before.andAt(book.timeUs()));
    } else {
      end(before);
      lasting.remove(book.instrument());
      if (!live) {
        lasting.put(
            book.instrument(),
            new UntrustedBook(
                book.instrument(), book.status(), null, book.timeUs(), book.timeUs(), 1));
      }
    }
    samples += live ? 0 : 1;
  }

  private void end(UntrustedBook interval) {
    if (interval != null) {
      ended.computeIfAbsent(interval.instrument(), id -> new ArrayList<>()).add(interval);
    }
  }

  /**
   * Takes the next record of {@code book-resync}.
   *
   * @throws IOException if it is none
   */
  void addRequest(byte[] record) throws IOException {
    BookResyncRecord request = BookResyncRecord.read(record);
    requests
        .computeIfAbsent(request.instrument(), id -> new TreeMap<>())
        .put(request.timeUs(), request.reason());
  }

  /** Records of symbols whose book was not live. */
  long samples() {
    return samples;
  }

  /** All of it, by instrument and then by time; no more is taken. */
  List<UntrustedBook> all() {
    lasting.values().forEach(this::end);
    lasting.clear();
    return ended.values().stream().flatMap(List::stream).map(this::withReason).toList();
  }

  private UntrustedBook withReason(UntrustedBook interval) {
    NavigableMap<Long, String> asked = requests.get(interval.instrument());
    Map.Entry<Long, String> first = asked == null ? null : asked.ceilingEntry(interval.fromUs());
    return first == null || first.getKey() > interval.toUs()
        ? interval
        : interval.because(first.getValue());
  }

  /** A table for a person, empty where all were trusted; what is too much for one is left out. */
  static String table(List<UntrustedBook> books) {
    if (books.isEmpty()) {
      return "";
    }
    int width = books.stream().mapToInt(book -> book.instrument().length()).max().orElse(0);
    String row = "%-" + Math.max(width, 10) + "s  %-17s  %-17s  %-20s  %-20s  %8s%n";
    StringBuilder table = new StringBuilder("books that were not trusted, by their samples:\n");
    table.append(row.formatted("instrument", "status", "reason", "from", "to", "samples"));
    for (UntrustedBook book : books.subList(0, Math.min(books.size(), MOST_ROWS))) {
      table.append(
          row.formatted(
              book.instrument(),
              book.status(),
              book.reason() == null ? "-" : book.reason(),
              time(book.fromUs()),
              time(book.toUs()),
              book.samples()));
    }
    if (books.size() > MOST_ROWS) {
      table.append("and %,d more, in summary.json%n".formatted(books.size() - MOST_ROWS));
    }
    return table.toString();
  }

  private static Instant time(long timeUs) {
    return Instant.EPOCH.plus(timeUs, ChronoUnit.MICROS);
  }
}
