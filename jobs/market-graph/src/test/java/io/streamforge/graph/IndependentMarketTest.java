package io.streamforge.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.book.BookStatus;
import io.streamforge.graph.model.GraphSettings;
import io.streamforge.graph.model.Node;
import io.streamforge.graph.record.GraphSnapshot;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A market in which nothing has to do with anything has a forest, and hardly an edge besides. */
class IndependentMarketTest {
  private static final GraphSettings SETTINGS =
      new GraphSettings("market", 1_000_000, 8, 30, 10, 0, 10_000_000, 0);
  private static final int NODES = 500;

  @Test
  void chanceMakesOneNeighbourANode() {
    Random random = new Random(41);
    MarketGraph graph = new MarketGraph(SETTINGS);
    for (int second = 1; second < 310; second++) {
      graph.advance(second * 1_000_000L, nodes(random));
    }
    GraphSnapshot snapshot = graph.sample(310_000_000, nodes(random));
    int inForest = 0;
    for (int edge = 0; edge < snapshot.source().length; edge++) {
      inForest += EdgeValues.of(snapshot, edge).get("in_tree") == 1 ? 1 : 0;
    }
    assertThat(inForest).isEqualTo(2 * (NODES - 1));
    double besides = (double) (snapshot.source().length - inForest) / NODES;
    assertThat(besides).isLessThan(1.5);
  }

  private static List<Node> nodes(Random random) {
    return IntStream.range(0, NODES)
        .mapToObj(
            i ->
                new Node(
                    "acme:S%03d".formatted(i),
                    BookStatus.LIVE,
                    1,
                    1e-4 * random.nextGaussian(),
                    new float[0],
                    List.of()))
        .toList();
  }
}
