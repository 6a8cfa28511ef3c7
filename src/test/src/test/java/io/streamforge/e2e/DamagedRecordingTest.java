package io.streamforge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.cli.replay.ReplaySummary;
import io.streamforge.record.BookResyncRecord;
import io.streamforge.record.SymbolFeaturesRecord;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordSchema;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.testkit.reference.BookMessage;
import io.streamforge.testkit.reference.Level;
import io.streamforge.testkit.reference.PlainBook;
import io.streamforge.testkit.reference.PlainSide;
import io.streamforge.testkit.reference.VenueMessages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A recording in which one book loses a delta and gets a snapshot later, one gets a delta twice,
 * one gets two in the wrong order, and one line is garbage, against the recording as it was.
 */
@Timeout(180)
class DamagedRecordingTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LOST = "BTCUSD";
  private static final String REPEATED = "HNTUSD";
  private static final String SWAPPED = "SOLUSD";
  private static final String GARBAGE = "{\"u\": not a message";

  @TempDir static Path folder;

  private static final Map<String, NavigableMap<Long, SymbolFeaturesRecord>> WHOLE =
      new HashMap<>();
  private static final Map<String, NavigableMap<Long, SymbolFeaturesRecord>> DAMAGED =
      new HashMap<>();
  private static ReplaySummary summary;
  private static long lostAtUs;
  private static long healedAtUs;
  private static long swappedBackUs;

  @BeforeAll
  static void replayBoth() throws Exception {
    replay(Replays.recording("binance-us-10"), "whole", WHOLE);
    Path file = folder.resolve("damaged.jsonl");
    Files.write(file, damaged(), StandardCharsets.UTF_8);
    summary = replay(file, "damaged", DAMAGED);
  }

  private static ReplaySummary replay(
      Path recording, String name, Map<String, NavigableMap<Long, SymbolFeaturesRecord>> records)
      throws Exception {
    ReplaySummary result = Replays.replay(recording, folder.resolve(name), 2, 1, Replays.MAX_SPEED);
    for (String line : Files.readAllLines(folder.resolve(name).resolve("symbol-features.jsonl"))) {
      SymbolFeaturesRecord record =
          SymbolFeaturesRecord.read(line.getBytes(StandardCharsets.UTF_8));
      records
          .computeIfAbsent(record.instrument(), id -> new TreeMap<>())
          .put(record.timeUs(), record);
    }
    return result;
  }

  private static List<String> damaged() throws IOException {
    List<RawMessage> log = new ArrayList<>(RecordingFile.read("binance-us-10"));
    RawMessage healer = healer(log);
    int swapped = delta(log, SWAPPED, 20);
    int afterSwapped = delta(log, SWAPPED, 21);
    swappedBackUs = log.get(afterSwapped).receiveTimeUs();
    RawMessage first = log.get(swapped);
    RawMessage second = log.get(afterSwapped);
    log.set(swapped, at(second, first.receiveTimeUs()));
    log.set(afterSwapped, at(first, second.receiveTimeUs()));
    log.add(log.indexOf(place(log, healer)), healer);
    RawMessage repeated = log.get(delta(log, REPEATED, 20));
    log.add(log.indexOf(repeated) + 1, repeated);
    int lost = delta(log, LOST, 20);
    RawMessage gone = log.get(lost);
    lostAtUs = gone.receiveTimeUs();
    log.set(
        lost,
        new RawMessage(gone.topic(), gone.key(), gone.venue(), gone.receiveTimeUs(), GARBAGE));
    return log.stream().map(DamagedRecordingTest::line).toList();
  }

  private static RawMessage at(RawMessage record, long receiveTimeUs) {
    return new RawMessage(
        record.topic(), record.key(), record.venue(), receiveTimeUs, record.value());
  }

  /** The record before which a snapshot belongs. */
  private static RawMessage place(List<RawMessage> log, RawMessage healer) {
    return log.stream()
        .filter(record -> record.receiveTimeUs() >= healer.receiveTimeUs())
        .findFirst()
        .orElseThrow();
  }

  /** What the venue would answer a minute later to the question for a snapshot. */
  private static RawMessage healer(List<RawMessage> log) throws IOException {
    PlainBook book = PlainBook.of("binance-us");
    healedAtUs = log.get(0).receiveTimeUs() + 60_000_000;
    for (RawMessage record : log) {
      if (!record.isTrade() && record.key().equals(LOST) && record.receiveTimeUs() < healedAtUs) {
        for (BookMessage message : VenueMessages.books(record)) {
          book.apply(message);
        }
      }
    }
    String value =
        "{\"lastUpdateId\":%d,\"bids\":[%s],\"asks\":[%s]}"
            .formatted(book.sequence(), levels(book.bids()), levels(book.asks()));
    return new RawMessage("raw-orderbooks", LOST, "binance-us", healedAtUs, value);
  }

  private static String levels(PlainSide side) {
    return side.all().stream().map(DamagedRecordingTest::level).collect(Collectors.joining(","));
  }

  private static String level(Level level) {
    return "[\"%s\",\"%s\"]"
        .formatted(level.price().toPlainString(), level.quantity().toPlainString());
  }

  private static int delta(List<RawMessage> log, String key, int which) {
    int seen = 0;
    for (int i = 0; i < log.size(); i++) {
      RawMessage record = log.get(i);
      if (record.key().equals(key) && record.value().contains("depthUpdate") && ++seen == which) {
        return i;
      }
    }
    throw new AssertionError("no delta " + which + " of " + key);
  }

  private static String line(RawMessage record) {
    ObjectNode line = JSON.createObjectNode();
    line.put("topic", record.topic());
    line.put("key", record.key());
    line.put("venue", record.venue());
    line.put("receive_time_us", record.receiveTimeUs());
    line.put("value", record.value());
    return line.toString();
  }

  @Test
  void anUnreadableDeltaSaysSoAtOnceAndNoPriceUntilTheSnapshot() {
    NavigableMap<Long, SymbolFeaturesRecord> whole = WHOLE.get("binance-us:" + LOST);
    NavigableMap<Long, SymbolFeaturesRecord> damaged = DAMAGED.get("binance-us:" + LOST);
    assertThat(damaged.keySet()).isEqualTo(whole.keySet());
    // The snapshot takes half a second at most.
    List<SymbolFeaturesRecord> during =
        new ArrayList<>(damaged.subMap(lostAtUs + 2_000_000, healedAtUs).values());
    assertThat(during).hasSizeGreaterThan(30);
    for (SymbolFeaturesRecord record : during) {
      assertThat(record.book()).isEqualTo("unreadable");
      for (String feature : List.of("mid", "spread_bps", "ofi", "book_updates", "return_bps")) {
        assertThat(record.feature(feature)).as(feature).isNaN();
      }
      // Trades go on.
      assertThat(record.feature("volume")).isEqualTo(whole.get(record.timeUs()).feature("volume"));
    }
    for (SymbolFeaturesRecord record : damaged.tailMap(healedAtUs + 2_000_000).values()) {
      assertThat(record.book()).isEqualTo("live");
    }
    assertNoWrongPrice(LOST);
  }

  /** With requests for snapshots and a dead letter. */
  @Test
  void theDirectReplayWritesTheSame() throws IOException {
    DirectReplayTest.assertSame(
        List.of(folder.resolve("damaged.jsonl")),
        Map.of(),
        folder.resolve("direct"),
        folder.resolve("damaged"),
        summary);
    assertThat(folder.resolve("direct").resolve("book-resync.jsonl")).isNotEmptyFile();
    assertThat(folder.resolve("direct").resolve("dead-letters.jsonl")).isNotEmptyFile();
  }

  @Test
  void aRepeatedDeltaChangesNoByte() {
    assertThat(DAMAGED.get("binance-us:" + REPEATED))
        .isEqualTo(WHOLE.get("binance-us:" + REPEATED));
  }

  @Test
  void swappedDeltasAreAGapUntilBothAreHere() {
    NavigableMap<Long, SymbolFeaturesRecord> damaged = DAMAGED.get("binance-us:" + SWAPPED);
    assertThat(damaged.tailMap(swappedBackUs + 1_000_000).values())
        .isNotEmpty()
        .allSatisfy(record -> assertThat(record.book()).isEqualTo("live"));
    assertNoWrongPrice(SWAPPED);
  }

  private static void assertNoWrongPrice(String symbol) {
    DAMAGED
        .get("binance-us:" + symbol)
        .forEach(
            (time, record) -> {
              double mid = record.feature("mid");
              if (!Double.isNaN(mid)) {
                assertThat(mid)
                    .isEqualTo(WHOLE.get("binance-us:" + symbol).get(time).feature("mid"));
              }
            });
  }

  @Test
  void theOtherBooksAreNotTouched() {
    for (String symbol : List.of("ETHBTC", "DOGEUSD", "MANAUSD", "VTHOUSD")) {
      assertThat(DAMAGED.get("binance-us:" + symbol)).isEqualTo(WHOLE.get("binance-us:" + symbol));
    }
  }

  @Test
  void garbageIsADeadLetterWithItsOwnBytes() throws IOException {
    assertThat(summary.deadLetters()).isEqualTo(1);
    assertThat(Files.readAllLines(folder.resolve("damaged").resolve("dead-letters.jsonl")))
        .singleElement()
        .satisfies(
            line -> {
              JsonNode letter = new ObjectMapper().readTree(line);
              assertThat(letter.get("reason").textValue()).isEqualTo("malformed-json");
              assertThat(letter.get("value").textValue()).isEqualTo(GARBAGE);
            });
  }

  @Test
  void theFeedIsAskedForASnapshotAndAgainWhileTheLossLasts() throws IOException {
    List<BookResyncRecord> all = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("damaged").resolve("book-resync.jsonl"))) {
      assertThat(RecordSchema.BOOK_RESYNC.errors(line)).isEmpty();
      all.add(BookResyncRecord.read(line.getBytes(StandardCharsets.UTF_8)));
    }
    // Those for the sake of depth are of books that are right.
    List<BookResyncRecord> requests =
        all.stream().filter(request -> !request.reason().equals("shallow")).toList();
    assertThat(requests)
        .filteredOn(request -> request.instrument().equals("binance-us:" + LOST))
        .allSatisfy(request -> assertThat(request.reason()).isEqualTo("unreadable"));
    List<Long> lost = times(requests, LOST);
    assertThat(lost.get(0)).isBetween(lostAtUs, lostAtUs + 8_000_000);
    assertThat(lost).allSatisfy(time -> assertThat(time).isLessThan(healedAtUs + 2_000_000));
    assertThat(lost).hasSizeGreaterThan(1);
    for (int i = 1; i < lost.size(); i++) {
      assertThat(lost.get(i) - lost.get(i - 1)).isEqualTo(30_000_000);
    }
    List<Long> swapped = times(requests, SWAPPED);
    assertThat(swapped).allSatisfy(time -> assertThat(time).isLessThan(swappedBackUs + 2_000_000));
    assertThat(lost.size() + swapped.size()).isEqualTo(requests.size());
    assertThat(summary.bookResyncs()).isEqualTo(all.size());
  }

  private static List<Long> times(List<BookResyncRecord> requests, String symbol) {
    return requests.stream()
        .filter(request -> request.instrument().equals("binance-us:" + symbol))
        .map(BookResyncRecord::timeUs)
        .toList();
  }

  @Test
  void theSummaryCountsTheGaps() {
    assertThat(summary.bookGaps()).isEqualTo(1); // the swap; a loss that is known is none
    assertThat(summary.recordsBehindWatermark()).isZero();
    assertThat(Collections.max(DAMAGED.get("binance-us:" + LOST).keySet()))
        .isEqualTo(Collections.max(WHOLE.get("binance-us:" + LOST).keySet()));
  }
}
