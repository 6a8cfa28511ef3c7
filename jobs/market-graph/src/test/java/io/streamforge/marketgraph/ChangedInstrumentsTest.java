package io.streamforge.marketgraph;

import static io.streamforge.testkit.Updates.ACME;
import static io.streamforge.testkit.Updates.START_US;
import static io.streamforge.testkit.Updates.delta;
import static io.streamforge.testkit.Updates.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.instrument.NodeFeatures;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.Side;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import io.streamforge.marketgraph.StoredSections.Form;
import io.streamforge.marketgraph.SubtaskHarness.Saved;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Instruments in RocksDB, as another version of the program would have stored them: with a series
 * less or more, with shorter or longer windows. Each is restored, and what was there goes on
 * unchanged.
 */
class ChangedInstrumentsTest {
  private static final long HEADER = -1;
  private static final int WINDOWS = 1;
  private static final int FLOW = 3;
  private static final int SAMPLE_GRID = 1;
  private static final long SAMPLE_PANES = 1L << 56;

  /** Volume, signed volume and both in quote units. */
  private static final Set<Integer> VOLUMES = Set.of(2, 3, 4, 5);

  private static final int UNKNOWN = 99;
  private static final int SAVED_AT = 400;
  private static final int END = 760;
  private static final int LONGEST_WINDOW = 301;

  /** Every page that was ever stored, and those of the savepoint. */
  private static final Map<Long, byte[]> ever = new TreeMap<>();

  private static Map<Long, byte[]> saved;
  private static Map<Long, byte[]> savedBook;

  /** Of an instrument that was not interrupted, from the savepoint on. */
  private static List<SymbolSample> expected;

  /** The pages that it has at the end. */
  private static Set<Long> expectedPages;

  @BeforeAll
  static void runOnce() throws Exception {
    try (var operator = SubtaskHarness.instruments(RecordedRun.INSTRUMENTS, Saved.NOTHING)) {
      for (int second = 0; second < SAVED_AT; second += 10) {
        play(operator, second, second + 10);
        ever.putAll(operator.instrument(ACME.id()));
      }
      operator.take();
      operator.flush();
      saved = operator.instrument(ACME.id());
      savedBook = operator.book(ACME.id());
      play(operator, SAVED_AT, END);
      expected = operator.take();
      operator.flush();
      expectedPages = operator.instrument(ACME.id()).keySet();
    }
    assertThat(expected).hasSize(END - SAVED_AT);
  }

  /** A message and a trade a second, the same whoever asks. */
  private static void play(SubtaskHarness<MarketEvent, SymbolSample> operator, int from, int to)
      throws Exception {
    for (int second = from; second < to; second++) {
      long us = START_US + second * 1_000_000L;
      if (second == 0) {
        operator.process(
            snapshot().bid("99.%02d".formatted(move(-1)), "1").ask("101", "1").at(us).build());
      }
      int move = move(second);
      operator.process(
          delta()
              .bid("99.%02d".formatted(move(second - 1)), "0")
              .bid("99.%02d".formatted(move), Integer.toString(1 + move % 5))
              .at(us + 100_000)
              .build());
      operator.process(
          new Trade(
              ACME,
              TradeIds.CONSECUTIVE,
              second,
              9900 + move,
              2,
              1 + move,
              1,
              Side.ofSign(move % 3 - 1),
              us + 200_000,
              us + 200_000));
      operator.completeUntil(us + 1_000_000);
    }
  }

  /** Of the best bid, in its smallest steps. */
  private static int move(int second) {
    return 1 + Math.floorMod(second * second, 17);
  }

  /** Changes the header and every pane of the grid of samples. */
  private interface Change {
    StoredSections of(StoredSections sections) throws IOException;
  }

  private static Map<Long, byte[]> changed(Change change) throws IOException {
    Map<Long, byte[]> stored = new HashMap<>();
    for (Map.Entry<Long, byte[]> page : saved.entrySet()) {
      byte[] bytes = page.getValue();
      if (page.getKey() == HEADER) {
        bytes = changedHeader(change);
      } else if (page.getKey() >> 56 == SAMPLE_GRID) {
        bytes = change.of(new StoredSections(bytes, Form.PAGE)).bytes();
      }
      stored.put(page.getKey(), bytes);
    }
    return stored;
  }

  private static byte[] changedHeader(Change change) throws IOException {
    StoredSections header = new StoredSections(saved.get(HEADER), Form.INSTRUMENT);
    StoredSections windows = header.within(WINDOWS);
    StoredSections samples = change.of(windows.within(SAMPLE_GRID));
    return header.with(WINDOWS, windows.with(SAMPLE_GRID, samples.bytes()).bytes()).bytes();
  }

  /** By sample from the savepoint on, which features are not as without an interruption. */
  private static List<Set<String>> differences(Map<Long, byte[]> stored) throws Exception {
    try (var operator =
        SubtaskHarness.instruments(RecordedRun.INSTRUMENTS)
            .open(Map.of(ACME.id(), stored), Map.of(ACME.id(), savedBook))) {
      play(operator, SAVED_AT, END);
      List<SymbolSample> samples = operator.take();
      assertThat(samples).hasSameSizeAs(expected);
      List<Set<String>> differences = new ArrayList<>();
      for (int i = 0; i < samples.size(); i++) {
        differences.add(differences(samples.get(i), expected.get(i)));
      }
      operator.flush();
      assertThat(operator.instrument(ACME.id())).containsOnlyKeys(expectedPages);
      for (Map.Entry<Long, byte[]> page : operator.instrument(ACME.id()).entrySet()) {
        if (page.getKey() != HEADER) {
          assertThat(new StoredSections(page.getValue(), Form.PAGE).parts())
              .doesNotContainKey(Integer.toString(UNKNOWN));
        }
      }
      return differences;
    }
  }

  private static Set<String> differences(SymbolSample one, SymbolSample other) {
    assertThat(one.timeUs()).isEqualTo(other.timeUs());
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < one.features().length; i++) {
      if (Double.compare(one.features()[i], other.features()[i]) != 0) {
        names.add(NodeFeatures.NAMES.get(i));
      }
    }
    return names;
  }

  @Test
  void unchangedItGoesOnUnchanged() throws Exception {
    assertThat(differences(saved)).allMatch(Set::isEmpty);
  }

  @Test
  void seriesThatAreNewBeginEmptyAndAllElseGoesOn() throws Exception {
    List<Set<String>> differences =
        differences(
            changed(
                sections -> {
                  VOLUMES.forEach(sections::without);
                  return sections;
                }));
    assertThat(differences.get(0))
        .containsExactly("amihud_1m", "kyle_lambda_1m", "trade_imbalance_1m");
    assertThat(differences.subList(1, 59)).allMatch(names -> differences.get(0).containsAll(names));
    assertThat(differences.subList(60, differences.size())).allMatch(Set::isEmpty);
  }

  @Test
  void whatIsNotKnownAnyMoreIsPassedOver() throws Exception {
    Map<Long, byte[]> stored = changed(sections -> sections.with(UNKNOWN, new byte[] {1, 2, 3}));
    StoredSections header = new StoredSections(stored.get(HEADER), Form.INSTRUMENT);
    StoredSections flow = header.within(FLOW).with(UNKNOWN, new byte[100]);
    header.with(FLOW, flow.bytes()).with(UNKNOWN, new byte[0]);
    stored.put(HEADER, header.bytes());
    assertThat(differences(stored)).allMatch(Set::isEmpty);
  }

  /** More panes are stored than this version's windows reach: they are read, and then deleted. */
  @Test
  void windowsMayBecomeShorter() throws Exception {
    Map<Long, byte[]> stored = new HashMap<>(ever);
    stored.putAll(saved);
    long panes = stored.keySet().stream().filter(page -> page >> 56 == SAMPLE_GRID).count();
    assertThat(panes).isGreaterThan(LONGEST_WINDOW / 16 + 2);
    stored.put(HEADER, changedHeader(samples -> samples.withStoredPanes(panes)));
    assertThat(differences(stored)).allMatch(Set::isEmpty);
  }

  /** Fewer panes are stored than this version's windows reach: they fill from then on. */
  @Test
  void windowsMayBecomeLonger() throws Exception {
    int panes = 4;
    StoredSections header = new StoredSections(saved.get(HEADER), Form.INSTRUMENT);
    long underWay = header.within(WINDOWS).within(SAMPLE_GRID).numbers()[0];
    Map<Long, byte[]> stored = new HashMap<>(saved);
    stored
        .keySet()
        .removeIf(page -> page >> 56 == SAMPLE_GRID && page < SAMPLE_PANES + underWay - panes);
    stored.put(HEADER, changedHeader(samples -> samples.withStoredPanes(panes)));
    List<Set<String>> differences = differences(stored);
    assertThat(differences.get(0)).contains("return_5m_bps");
    assertThat(differences)
        .allMatch(names -> names.stream().allMatch(name -> name.contains("_5m")));
    assertThat(differences.subList(LONGEST_WINDOW, differences.size())).allMatch(Set::isEmpty);
  }
}
