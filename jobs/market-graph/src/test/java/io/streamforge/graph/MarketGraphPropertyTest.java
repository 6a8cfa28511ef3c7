package io.streamforge.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.graph.leadlag.MidPage;
import io.streamforge.graph.leadlag.MidPageChanges;
import io.streamforge.graph.model.GraphSettings;
import io.streamforge.graph.model.Node;
import io.streamforge.graph.record.GraphJson;
import io.streamforge.graph.record.GraphRecordSize;
import io.streamforge.graph.record.GraphSnapshot;
import io.streamforge.graph.returns.PageChanges;
import io.streamforge.graph.returns.PageKey;
import io.streamforge.graph.returns.ReturnPage;
import io.streamforge.graph.returns.ReturnSeries;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** A graph over random markets: against its definition, and against itself after restores. */
class MarketGraphPropertyTest {
  private static final long SECOND = 1_000_000;
  private static final int SAMPLES = 700;

  private final GraphJson json = new GraphJson(List.of("r"));

  private String text(GraphSnapshot snapshot) {
    return new String(json.write(snapshot), StandardCharsets.UTF_8);
  }

  @Property(tries = 60)
  void saysWhatItsDefinitionSays(@ForAll long seed) {
    RandomMarket market = new RandomMarket(seed);
    MarketGraph graph = new MarketGraph(market.settings());
    PlainMarketGraph plain = new PlainMarketGraph(market.settings());
    for (int i = 0; i < SAMPLES; i++) {
      List<Node> nodes = market.next();
      GraphSnapshot snapshot = graph.sample(market.timeUs(), nodes);
      if (i % 5 > 0) {
        plain.follow(market.timeUs(), nodes);
      } else {
        assertThat(text(snapshot)).isEqualTo(text(plain.sample(market.timeUs(), nodes)));
      }
    }
  }

  /** So it may be forgotten: {@link GraphEngine#forgetBefore}. */
  @Property(tries = 30, shrinking = ShrinkingMode.OFF)
  void saysAfterADayOfSilenceWhatOneThatBeginsAnewSays(@ForAll long seed) {
    RandomMarket market = new RandomMarket(seed);
    MarketGraph old = new MarketGraph(market.settings());
    for (int i = 0; i < 200; i++) {
      List<Node> nodes = market.next();
      old.sample(market.timeUs(), nodes);
    }
    MarketGraph fresh = new MarketGraph(market.settings());
    for (int i = 0; i < 100; i++) {
      List<Node> nodes =
          market.next().stream()
              .map(n -> new Node(n.id(), n.book(), n.mid(), n.logReturn(), n.x(), List.of()))
              .toList();
      long laterUs = market.timeUs() + 90_000_000_000L;
      assertThat(text(old.sample(laterUs, nodes))).isEqualTo(text(fresh.sample(laterUs, nodes)));
    }
  }

  /** So many that the forest is made in several steps. */
  @Property(tries = 6, shrinking = ShrinkingMode.OFF)
  void saysWhatItsDefinitionSaysOfManyNodes(@ForAll long seed) {
    List<String> ids = IntStream.range(0, 50).mapToObj("acme:S%02d"::formatted).toList();
    RandomMarket market = new RandomMarket(seed, ids);
    MarketGraph graph = new MarketGraph(market.settings());
    PlainMarketGraph plain = new PlainMarketGraph(market.settings());
    for (int i = 0; i < 45; i++) {
      List<Node> nodes = market.next();
      GraphSnapshot snapshot = graph.sample(market.timeUs(), nodes);
      assertThat(text(snapshot)).isEqualTo(text(plain.sample(market.timeUs(), nodes)));
    }
  }

  /** A store that follows a graph by its page changes alone. */
  private static final class Store {
    final Map<ReturnSeries, Map<PageKey, int[]>> pages = new EnumMap<>(ReturnSeries.class);
    final Map<PageKey, int[]> midPages = new HashMap<>();
    final ByteArrayOutputStream header = new ByteArrayOutputStream();

    void save(MarketGraph graph) throws IOException {
      header.reset();
      graph.writeHeader(new DataOutputStream(header));
      for (ReturnSeries series : ReturnSeries.values()) {
        save(graph.takePageChanges(series), pages.computeIfAbsent(series, any -> new HashMap<>()));
      }
      MidPageChanges mids = graph.takeMidPageChanges();
      assertThat(mids.changed()).extracting(MidPage::key).doesNotHaveDuplicates();
      assertThat(mids.changed()).extracting(MidPage::key).noneMatch(mids.obsolete()::contains);
      for (MidPage page : mids.changed()) {
        midPages.put(page.key(), page.changes());
      }
      for (PageKey key : mids.obsolete()) {
        assertThat(midPages.remove(key)).as("page to delete: %s", key).isNotNull();
      }
    }

    private static void save(PageChanges changes, Map<PageKey, int[]> pages) {
      assertThat(changes.changed()).extracting(ReturnPage::key).doesNotHaveDuplicates();
      assertThat(changes.changed())
          .extracting(ReturnPage::key)
          .noneMatch(changes.obsolete()::contains);
      for (ReturnPage page : changes.changed()) {
        pages.put(page.key(), page.returns());
      }
      for (PageKey key : changes.obsolete()) {
        assertThat(pages.remove(key)).as("page to delete: %s", key).isNotNull();
      }
    }

    /** Of how many symbols there are returns. */
    int symbols() {
      return (int)
          pages.values().stream()
              .flatMap(series -> series.keySet().stream())
              .map(PageKey::symbol)
              .distinct()
              .count();
    }

    MarketGraph restore(GraphSettings settings) throws IOException {
      return MarketGraph.restore(
          settings,
          new DataInputStream(new ByteArrayInputStream(header.toByteArray())),
          series ->
              pages.get(series).entrySet().stream()
                  .map(e -> new ReturnPage(e.getKey(), e.getValue()))
                  .toList(),
          midPages.entrySet().stream().map(e -> new MidPage(e.getKey(), e.getValue())).toList());
    }
  }

  @Property(tries = 150)
  void goesOnAfterARestoreAsIfNothingHadHappened(@ForAll long seed) throws IOException {
    RandomMarket market = new RandomMarket(seed);
    MarketGraph steady = new MarketGraph(market.settings());
    MarketGraph graph = new MarketGraph(market.settings());
    Store store = new Store();
    for (int i = 0; i < SAMPLES; i++) {
      int event = market.random().nextInt(60);
      if (event <= 2) {
        store.save(graph);
      }
      if (event == 0) {
        graph = store.restore(market.settings());
        assertThat(graph.timeUs()).isEqualTo(steady.timeUs());
      }
      List<Node> nodes = market.next();
      if (event == 3) { // a sample without a snapshot counts as any other
        graph.advance(market.timeUs(), nodes);
        steady.sample(market.timeUs(), nodes);
      } else {
        assertThat(text(graph.sample(market.timeUs(), nodes)))
            .isEqualTo(text(steady.sample(market.timeUs(), nodes)));
      }
    }
    assertNothingIsLeftBehind(market, graph, store);
  }

  /** A day of names that somebody makes up, twice as many at a time as there are seats. */
  @Test
  void madeUpNamesLeaveNoReturns() throws IOException {
    GraphSettings settings = RandomMarket.settings(SECOND, 5);
    MarketGraph graph = new MarketGraph(settings);
    Store store = new Store();
    int most = 0;
    for (int sample = 1; sample <= 2_000; sample++) {
      int group = sample / 20;
      List<Node> nodes =
          IntStream.range(10 * group, 10 * group + 10)
              .mapToObj(i -> RandomMarket.node("acme:S%05d".formatted(i), 0.001))
              .toList();
      graph.sample(sample * SECOND, nodes);
      if (sample % 100 == 0) {
        store.save(graph);
        most = Math.max(most, store.symbols());
      }
    }
    assertThat(most).isEqualTo(2 * settings.maxNodes());
  }

  /** Pages of what is out of the window for good are deleted in the end. */
  @Property(tries = 50)
  void recordsAreNoLargerThanWasSaid(@ForAll long seed) {
    RandomMarket market = new RandomMarket(seed);
    MarketGraph graph = new MarketGraph(market.settings());
    GraphJson json = new GraphJson(List.of("x"));
    for (int sample = 0; sample < 100; sample++) {
      List<Node> nodes = market.next();
      assertThat((long) json.write(graph.sample(market.timeUs(), nodes)).length)
          .isLessThanOrEqualTo(GraphRecordSize.bytes(market.settings(), nodes.size(), 1));
    }
  }

  private static void assertNothingIsLeftBehind(RandomMarket market, MarketGraph graph, Store store)
      throws IOException {
    long later = market.timeUs() + 26 * 3_600_000_000L;
    graph.sample(later, List.of());
    store.save(graph);
    assertThat(store.pages.values()).hasSize(3).allMatch(Map::isEmpty);
    assertThat(store.midPages).isEmpty();
  }
}
