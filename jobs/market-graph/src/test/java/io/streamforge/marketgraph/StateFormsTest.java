package io.streamforge.marketgraph;

import static io.streamforge.market.TradeIds.CONSECUTIVE;
import static io.streamforge.market.TradeIds.CONSECUTIVE_AGGREGATE;
import static io.streamforge.market.TradeIds.NONE;
import static io.streamforge.market.TradeIds.UNORDERED;
import static io.streamforge.testkit.Updates.START_US;
import static io.streamforge.testkit.Updates.delta;
import static io.streamforge.testkit.Updates.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertAll;

import io.streamforge.book.BookStatus;
import io.streamforge.graph.MarketGraph;
import io.streamforge.graph.model.GraphSettings;
import io.streamforge.graph.model.Node;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.market.Instrument;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.Side;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import io.streamforge.marketgraph.StoredSections.Form;
import io.streamforge.marketgraph.SubtaskHarness.Saved;
import io.streamforge.mid.MidChange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.DefaultOpenContext;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/**
 * The bytes of every version of every state that was ever released are in the test resources, and
 * are read for ever. A new version gets files of its own; those of the old ones stay.
 */
class StateFormsTest {
  private static final Instrument LIVE = new Instrument("acme", "LIVE/USD");
  private static final Instrument GAP = new Instrument("acme", "ﬁ/USD");
  private static final GraphSettings GRAPH =
      new GraphSettings("market", 1_000_000, 2, 2, 1, 0, 5_000_000, 600_000);

  private static final long HEADER = -1;

  /** The header, and the pane of the grid of samples that has ended. */
  private static final Long[] PANE_PAGES = {HEADER, (1L << 56) + 107_697_574};

  private static final Map<String, String> NAMES = Map.of(LIVE.id(), "live", GAP.id(), "gap");

  private static final Trade SOLD = trade(LIVE, CONSECUTIVE, 9, 99, 0, 3, 0, Side.SELL, 2200, 2200);

  private static long us(long ms) {
    return START_US + ms * 1000;
  }

  private static Trade trade(
      Instrument instrument,
      TradeIds ids,
      long id,
      long price,
      int priceScale,
      long quantity,
      int quantityScale,
      Side side,
      long eventMs,
      long effectiveMs) {
    return new Trade(
        instrument,
        ids,
        id,
        price,
        priceScale,
        quantity,
        quantityScale,
        side,
        us(eventMs),
        us(effectiveMs));
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream in = StateFormsTest.class.getResourceAsStream("v1/" + name + ".bin")) {
      return in == null ? new byte[0] : in.readAllBytes();
    }
  }

  /** The bytes written now are those in the resources; if not, they are left in target/golden. */
  private static void isGolden(String name, byte[] bytes) throws IOException {
    keep(name, bytes, Arrays.equals(bytes, golden(name)));
    assertThat(HexFormat.of().formatHex(bytes))
        .as("%s is written as in version 1", name)
        .isEqualTo(HexFormat.of().formatHex(golden(name)));
  }

  /** The same of what version 1 knew: sections may have come since. */
  private static void isGolden(String name, byte[] bytes, Form form) throws IOException {
    Map<String, String> written = new StoredSections(bytes, form).parts();
    byte[] golden = golden(name);
    Map<String, String> known =
        golden.length == 0 ? Map.of("golden", "none") : new StoredSections(golden, form).parts();
    keep(name, bytes, written.entrySet().containsAll(known.entrySet()));
    assertThat(written).as("%s is written as in version 1", name).containsAllEntriesOf(known);
  }

  private static void keep(String name, byte[] bytes, boolean same) throws IOException {
    if (!same) {
      Path file = Path.of("target", "golden", "v1", name + ".bin");
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    }
  }

  /** Published and unpublished samples, a book with texts of several scales, a book in a gap. */
  private static void begin(SubtaskHarness<MarketEvent, SymbolSample> operator) throws Exception {
    List<MarketEvent> events =
        List.of(
            snapshot().of(LIVE).depth(3).bid("99", "1").ask("101", "1").at(us(-19_900)).build(),
            snapshot()
                .of(LIVE)
                .depth(3)
                .bid("99.5", "1.25")
                .bid("99", "2")
                .bid("98.75", "3")
                .ask("100.5", "0.001")
                .at(us(100))
                .build(),
            trade(LIVE, CONSECUTIVE, 7, 1001, 1, 25, 2, Side.BUY, 150, 350),
            delta().of(LIVE).bid("99.55", "7").at(us(900)).build(),
            delta().of(LIVE).ask("100.25", "0.5").at(us(1400)).build(),
            snapshot(10).of(GAP).cut().bid("5", "1").ask("6", "1").at(us(200)).build(),
            delta(12).of(GAP).bid("5", "2").at(us(300)).build(),
            delta(13).of(GAP).ask("6.5", "0").at(us(400), us(500)).build());
    for (MarketEvent event : events) {
      operator.process(event);
    }
    operator.completeUntil(us(2000));
    assertThat(operator.take()).hasSize(24);
    operator.process(delta().of(LIVE).bid("99.6", "1").at(us(2500)).build());
    operator.process(delta().of(LIVE).bid("99.6", "0").at(us(3500)).build());
    operator.process(SOLD);
    operator.process(trade(LIVE, UNORDERED, -5, 98, 0, 3, 0, Side.UNKNOWN, 3200, 3200));
    operator.process(trade(GAP, CONSECUTIVE_AGGREGATE, 1, 98, 0, 3, 0, Side.UNKNOWN, 3200, 3200));
    operator.process(snapshot(11).of(GAP).bid("5", "1").ask("6", "1").at(us(2700)).build());
    operator.process(delta(15).of(GAP).ask("6.5", "3").at(us(2800)).build());
  }

  private static List<String> goOn(SubtaskHarness<MarketEvent, SymbolSample> operator)
      throws Exception {
    operator.process(delta().of(LIVE).ask("100.25", "0").at(us(4100)).build());
    operator.process(snapshot(14).of(GAP).bid("5", "1").ask("6", "1").at(us(4200)).build());
    operator.process(trade(GAP, NONE, 0, 5, 0, 1, 0, Side.BUY, 4300, 4300));
    operator.process(SOLD); // again
    operator.completeUntil(us(6000));
    SymbolFeaturesJson json = new SymbolFeaturesJson(1_000_000);
    json.open(DefaultOpenContext.INSTANCE);
    List<String> records = new ArrayList<>();
    for (SymbolSample sample : operator.take()) {
      records.add(new String(json.map(sample).value(), StandardCharsets.UTF_8));
    }
    return records;
  }

  /** The header; of the one that is live also panes of windows that have ended. */
  private static Map<String, Map<Long, byte[]>> storedInstruments() throws IOException {
    return Map.of(
        LIVE.id(),
        stored("instrument-live", PANE_PAGES),
        GAP.id(),
        stored("instrument-gap", HEADER));
  }

  /** The header, bids, asks and the deltas that are kept. */
  private static Map<String, Map<Long, byte[]>> storedBooks() throws IOException {
    return Map.of(
        LIVE.id(),
        stored("book-live", -1L, 0L, 1L, 2L),
        GAP.id(),
        stored("book-gap", -1L, 0L, 1L, 2L));
  }

  private static Map<Long, byte[]> stored(String name, Long... pages) throws IOException {
    Map<Long, byte[]> stored = new HashMap<>();
    for (long page : pages) {
      stored.put(page, golden("%s-page%d".formatted(name, page)));
    }
    return stored;
  }

  private static void arePagesGolden(
      String name, Map<Long, byte[]> written, Map<Long, byte[]> known, Form header, Form page) {
    assertThat(written).containsKeys(known.keySet().toArray(Long[]::new));
    assertAll(
        known.keySet().stream()
            .map(
                number ->
                    () -> {
                      String file = "%s-page%d".formatted(name, number);
                      if (number == HEADER) {
                        isGolden(file, written.get(number), header);
                      } else if (page != null) {
                        isGolden(file, written.get(number), page);
                      } else {
                        isGolden(file, written.get(number));
                      }
                    }));
  }

  private static void areInstrumentsGolden(SubtaskHarness<MarketEvent, SymbolSample> operator)
      throws Exception {
    for (var known : storedInstruments().entrySet()) {
      arePagesGolden(
          "instrument-" + NAMES.get(known.getKey()),
          operator.instrument(known.getKey()),
          known.getValue(),
          Form.INSTRUMENT,
          Form.PAGE);
    }
  }

  private static void areBooksGolden(SubtaskHarness<MarketEvent, SymbolSample> operator)
      throws Exception {
    for (var known : storedBooks().entrySet()) {
      arePagesGolden(
          "book-" + NAMES.get(known.getKey()),
          operator.book(known.getKey()),
          known.getValue(),
          Form.PAGE,
          null);
      assertThat(operator.book(known.getKey())).hasSameSizeAs(known.getValue());
    }
  }

  @Test
  void instrumentsAndBooks() throws Exception {
    List<String> expected;
    try (var operator = SubtaskHarness.instruments(RecordedRun.INSTRUMENTS, Saved.NOTHING)) {
      begin(operator);
      operator.flush();
      assertAll(() -> areInstrumentsGolden(operator), () -> areBooksGolden(operator));
      expected = goOn(operator);
    }
    assertThat(expected).hasSize(8).anyMatch(record -> record.contains("\"book\":\"gap\""));
    try (var operator =
        SubtaskHarness.instruments(RecordedRun.INSTRUMENTS)
            .open(storedInstruments(), storedBooks())) {
      assertThat(goOn(operator)).isEqualTo(expected);
    }
  }

  @Test
  void anInstrumentOfAnotherVersionIsRefused() throws Exception {
    Map<String, Map<Long, byte[]>> stored = storedInstruments();
    stored.get(LIVE.id()).get(-1L)[0] = 2;
    try (var operator = SubtaskHarness.instruments(RecordedRun.INSTRUMENTS)) {
      assertThatThrownBy(() -> operator.open(stored, storedBooks()))
          .isInstanceOf(IOException.class)
          .hasMessage("state of an instrument has version 2, this StreamForge reads 1");
    }
  }

  @Test
  void aBookOfAnotherVersionIsRefused() throws Exception {
    isRefused(-1, "state of an instrument has version 2, this StreamForge reads 1");
    isRefused(0, "a page of a book has version 2, this StreamForge reads 1");
  }

  /** A book is read when it is needed. */
  private static void isRefused(long changedPage, String why) throws Exception {
    Map<String, Map<Long, byte[]>> books = storedBooks();
    books.get(LIVE.id()).get(changedPage)[0] = 2;
    cannotGoOn(books, why);
  }

  @Test
  void aPageThatIsLostIsNoEmptyPage() throws Exception {
    Map<String, Map<Long, byte[]>> books = storedBooks();
    books.get(LIVE.id()).remove(0L);
    cannotGoOn(books, "page 0 of acme:LIVE/USD is lost");
  }

  private static void cannotGoOn(Map<String, Map<Long, byte[]>> books, String why)
      throws Exception {
    try (var operator = SubtaskHarness.instruments(RecordedRun.INSTRUMENTS)) {
      operator.open(storedInstruments(), books);
      assertThatThrownBy(() -> operator.process(delta().of(LIVE).at(us(4000)).build()))
          .isInstanceOf(IOException.class)
          .hasMessage(why);
    }
  }

  @Test
  void samplesThatWaitForTheirGraph() throws IOException {
    SymbolSample sample =
        new SymbolSample(
            GAP,
            us(1000),
            BookStatus.STALE,
            1L << 60,
            100.25,
            Double.NaN,
            new double[] {-0.0, Double.NaN, 1e-300, 61_837.635},
            List.of(
                new MidChange(us(123), MidChange.LONGEST_HELD_US, -1e-5),
                new MidChange(us(999), 876_000, 2e-5)));
    SymbolSampleSerializer serializer = new SymbolSampleSerializer();
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(sample, out);
    isGolden("symbol-sample", out.getCopyOfBuffer());
    byte[] bytes = golden("symbol-sample");
    SymbolSample read = serializer.deserialize(new DataInputDeserializer(bytes));
    assertThat(read)
        .usingRecursiveComparison()
        .withEqualsForType(Double::equals, Double.class) // NaN is NaN, −0.0 is not 0.0
        .isEqualTo(sample);
    bytes[0] = 2;
    assertThatThrownBy(() -> serializer.deserialize(new DataInputDeserializer(bytes)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("SymbolSampleSerializer reads versions 1 to 1, found 2");
  }

  @Test
  void theGraphsHeader() throws Exception {
    MarketGraph graph = new MarketGraph(GRAPH);
    double[][] returns = {
      {1, 2, -1, 3, 1, 2, -2, 1}, {2, 3, -1, 4, 1, 1, -1, 2}, {1, -1, 2, 0, 1, 0, 3, 1}
    };
    List<String> ids = List.of("acme:A", "acme:ﬁ", "acme:𝕏");
    for (int second = 0; second < 8; second++) {
      List<Node> nodes = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        nodes.add(
            new Node(
                ids.get(i),
                BookStatus.LIVE,
                100,
                returns[i][second] * 1e-4,
                new float[] {i},
                List.of()));
      }
      graph.sample(us(second * 1000L), nodes);
    }
    DataOutputSerializer out = new DataOutputSerializer(64);
    graph.writeHeader(out);
    isGolden("graph-header", out.getCopyOfBuffer(), Form.PAGE);

    byte[] bytes = golden("graph-header");
    MarketGraph read =
        MarketGraph.restore(
            GRAPH,
            new DataInputDeserializer(bytes),
            series -> graph.takePageChanges(series).changed(),
            List.of());
    assertThat(read.timeUs()).isEqualTo(us(7000));
    DataOutputSerializer again = new DataOutputSerializer(64);
    read.writeHeader(again);
    assertThat(again.getCopyOfBuffer()).isEqualTo(bytes);
    bytes[0] = 2;
    assertThatThrownBy(
            () ->
                MarketGraph.restore(
                    GRAPH, new DataInputDeserializer(bytes), series -> List.of(), List.of()))
        .isInstanceOf(IOException.class)
        .hasMessage("graph state has version 2, this program reads 1");
    try (var operator = SubtaskHarness.graph(GRAPH)) {
      assertThatThrownBy(() -> operator.open(Map.of("header", Map.of("market", bytes))))
          .hasMessage("graph state has version 2, this program reads 1");
    }
  }
}
