package io.streamforge.marketgraph;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.graph.model.Node;
import io.streamforge.graph.record.EdgeAttribute;
import io.streamforge.graph.record.GraphSnapshot;
import io.streamforge.instrument.NodeFeatures;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.market.BookUpdate;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.testkit.reference.ReferenceMarket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every recording gives, sample by sample, what plain code makes of it straight from the catalogue
 * of features.
 */
class RecordedGraphsTest {
  private static final double TOLERANCE = 1e-9;

  /** Of variances, which are about 10⁻⁷. */
  private static final double SMALL = 1e-16;

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT) // it is the longest class, and the last
  @ValueSource(
      strings = {
        "kraken-v1-10",
        "kraken-v2-btc",
        "kraken-v2-btc-resubscribed",
        "binance-us-10",
        "binance-spot-3",
        "binance-spot-btc-eth",
        "binance-usdm-btc-eth",
        "binance-spot-nexo-34h",
        "okx-10",
        "bybit-6",
        "coinbase-2",
        "coinbase-pro-10",
        "bitstamp-10",
        "gemini-10"
      })
  void everyValueIsThatOfThePlainCode(String name) throws Exception {
    List<RawMessage> records = RecordingFile.read(name);
    RecordedRun run = RecordedRun.of(records);
    compare(records, run);
    assertThat(run.deadLetters()).isZero();
  }

  static void compare(List<RawMessage> records, RecordedRun run) throws Exception {
    Iterator<Map.Entry<Long, List<SymbolSample>>> samples = run.samples().entrySet().iterator();
    Iterator<GraphSnapshot> graphs = run.graphs().iterator();
    ReferenceMarket.replay(
        records,
        expected -> {
          Map.Entry<Long, List<SymbolSample>> actual = samples.next();
          assertThat(actual.getKey()).isEqualTo(expected.timeUs());
          compareNodes(actual.getValue(), expected);
          GraphSnapshot graph = graphs.next();
          compareBetas(graph, expected);
          compareEdges(graph, expected);
        });
    assertThat(samples.hasNext()).as("samples after the last").isFalse();
  }

  private static void compareNodes(List<SymbolSample> actual, ReferenceMarket.Sample expected) {
    assertThat(actual.stream().map(sample -> sample.instrument().id()).toList())
        .isEqualTo(expected.nodes().stream().map(ReferenceMarket.Node::instrument).toList());
    for (int i = 0; i < actual.size(); i++) {
      SymbolSample sample = actual.get(i);
      ReferenceMarket.Node node = expected.nodes().get(i);
      String where = node.instrument() + " at " + expected.timeUs();
      assertThat(sample.status().text()).as(where).isEqualTo(node.book());
      assertThat(sample.sequence())
          .as(where)
          .isEqualTo(node.sequence() == null ? BookUpdate.NO_SEQUENCE : node.sequence());
      assertThat(List.copyOf(node.features().keySet())).isEqualTo(NodeFeatures.NAMES);
      for (int f = 0; f < NodeFeatures.NAMES.size(); f++) {
        String name = NodeFeatures.NAMES.get(f);
        boolean small = NodeFeatures.ALL.get(f).description().unit().equals("variance");
        compare(
            () -> where + " " + name,
            sample.features()[f],
            node.features().get(name),
            small ? SMALL : TOLERANCE);
      }
    }
  }

  private static void compareBetas(GraphSnapshot actual, ReferenceMarket.Sample expected) {
    for (int i = 0; i < expected.betas().size(); i++) {
      Node node = actual.nodes().get(i);
      compareFloat(
          () -> "beta_market_5m of %s at %d".formatted(node.id(), expected.timeUs()),
          node.x()[node.x().length - 1],
          expected.betas().get(i));
    }
  }

  private static void compareEdges(GraphSnapshot actual, ReferenceMarket.Sample expected) {
    List<ReferenceMarket.Edge> edges = new ArrayList<>(expected.edges());
    List<String> ids = expected.nodes().stream().map(ReferenceMarket.Node::instrument).toList();
    edges.sort(
        Comparator.<ReferenceMarket.Edge>comparingInt(e -> ids.indexOf(e.source()))
            .thenComparingInt(e -> ids.indexOf(e.target())));
    String when = "edges at " + expected.timeUs();
    assertThat(actual.source().length).as(when).isEqualTo(edges.size());
    for (int e = 0; e < edges.size(); e++) {
      ReferenceMarket.Edge edge = edges.get(e);
      assertThat(ids.get(actual.source()[e])).as(when).isEqualTo(edge.source());
      assertThat(ids.get(actual.target()[e])).as(when).isEqualTo(edge.target());
      EdgeAttribute[] attributes = EdgeAttribute.values();
      for (int a = 0; a < attributes.length; a++) {
        EdgeAttribute attribute = attributes[a];
        Double value = edge.attributes().get(attribute.key());
        compareFloat(
            () -> when + " " + edge.source() + " " + edge.target() + " " + attribute.key(),
            actual.edgeAttributes()[e][a],
            value);
      }
    }
  }

  // Millions of values are compared: what names one is made only for the one that differs.

  private static void compare(
      Supplier<String> what, double actual, Double expected, double tolerance) {
    if (expected == null ? Double.isNaN(actual) : isClose(actual, expected, tolerance)) {
      return;
    }
    throw new AssertionError("%s is %s, not %s".formatted(what.get(), actual, expected));
  }

  private static boolean isClose(double actual, double expected, double tolerance) {
    return Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected));
  }

  private static void compareFloat(Supplier<String> what, float actual, Double expected) {
    if (expected == null ? Float.isNaN(actual) : isClose(actual, expected.floatValue())) {
      return;
    }
    throw new AssertionError("%s is %s, not %s".formatted(what.get(), actual, expected));
  }

  private static boolean isClose(float actual, float expected) {
    return Math.abs(actual - expected) <= 2 * Math.ulp(Math.abs(expected));
  }
}
