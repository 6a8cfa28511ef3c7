package io.streamforge.marketgraph;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.graph.MarketGraph;
import io.streamforge.graph.RandomMarket;
import io.streamforge.graph.leadlag.MidPage;
import io.streamforge.graph.model.GraphSettings;
import io.streamforge.graph.model.Node;
import io.streamforge.graph.record.GraphJson;
import io.streamforge.graph.record.GraphSnapshot;
import io.streamforge.graph.returns.ReturnPage;
import io.streamforge.graph.returns.ReturnSeries;
import io.streamforge.marketgraph.StoredSections.Form;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.apache.flink.core.memory.DataInputDeserializer;

/** A graph's header as another version of the program would have written it. */
class ChangedGraphTest {
  private static final int NODES = 3;
  private static final int EDGES = 4;
  private static final int UNKNOWN = 99;

  private final GraphJson json = new GraphJson(List.of("r"));

  /** What is stored of a graph. */
  private static final class Stored {
    final byte[] header;
    final Map<ReturnSeries, List<ReturnPage>> pages = new EnumMap<>(ReturnSeries.class);
    final List<MidPage> midPages;

    Stored(MarketGraph graph) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      graph.writeHeader(new DataOutputStream(bytes));
      header = bytes.toByteArray();
      for (ReturnSeries series : ReturnSeries.values()) {
        pages.put(series, graph.takePageChanges(series).changed());
      }
      midPages = graph.takeMidPageChanges().changed();
    }

    StoredSections sections() throws IOException {
      return new StoredSections(header, Form.PAGE);
    }

    MarketGraph restore(GraphSettings settings, StoredSections changed) throws IOException {
      return MarketGraph.restore(
          settings, new DataInputDeserializer(changed.bytes()), pages::get, midPages);
    }
  }

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void anUnknownSectionIsPassedOverAndAMissingOneIsEmpty(@ForAll long seed) throws IOException {
    RandomMarket market = new RandomMarket(seed);
    GraphSettings settings = market.settings();
    MarketGraph steady = new MarketGraph(settings);
    for (int i = 0; i < 100; i++) {
      List<Node> nodes = market.next();
      steady.sample(market.timeUs(), nodes);
    }
    Stored stored = new Stored(steady);
    MarketGraph later = stored.restore(settings, stored.sections().with(UNKNOWN, new byte[] {9}));
    MarketGraph withoutEdges = stored.restore(settings, stored.sections().without(EDGES));
    MarketGraph withoutNodes = stored.restore(settings, stored.sections().without(NODES));
    assertThat(withoutEdges.timeUs()).isEqualTo(steady.timeUs());
    for (int i = 0; i < 60; i++) {
      List<Node> nodes = market.next();
      GraphSnapshot expected = steady.sample(market.timeUs(), nodes);
      assertThat(text(later.sample(market.timeUs(), nodes))).isEqualTo(text(expected));
      List<String> expectedNodes = nodes(expected);
      assertThat(nodes(withoutEdges.sample(market.timeUs(), nodes))).isEqualTo(expectedNodes);
      assertThat(nodes(withoutNodes.sample(market.timeUs(), nodes))).isEqualTo(expectedNodes);
    }
  }

  private String text(GraphSnapshot snapshot) {
    return new String(json.write(snapshot), StandardCharsets.UTF_8);
  }

  private static List<String> nodes(GraphSnapshot snapshot) {
    return snapshot.nodes().stream().map(node -> node.id() + Arrays.toString(node.x())).toList();
  }
}
