package io.streamforge.cli.snapshot;

import io.streamforge.record.GraphFeaturesRecord;
import java.util.Random;
import java.util.stream.IntStream;
import org.jgrapht.Graph;
import org.jgrapht.alg.drawing.FRLayoutAlgorithm2D;
import org.jgrapht.alg.drawing.model.Box2D;
import org.jgrapht.alg.drawing.model.MapLayoutModel2D;
import org.jgrapht.alg.drawing.model.Point2D;
import org.jgrapht.graph.SimpleGraph;

/**
 * Where the nodes of a picture stand, the same each time: the tree is spread out, nodes outside it
 * are in a row beneath.
 */
final class GraphLayout {
  private static final int STEPS = 200;

  /**
   * Of the distance that nodes would have if they filled the box, so that none gets to its walls.
   */
  private static final double CLOSENESS = 0.15;

  private static final double SIDE = 1000;
  private static final double ROW = 0.93;

  private final double[] x;
  private final double[] y;

  GraphLayout(GraphFeaturesRecord graph) {
    Graph<Integer, Integer> drawn = new SimpleGraph<>(null, null, false);
    int nodes = graph.nodeIds().size();
    for (int edge = 0; edge < graph.edges(); edge++) {
      if (graph.source(edge) < graph.target(edge) && graph.isInTree(edge)) {
        drawn.addVertex(graph.source(edge));
        drawn.addVertex(graph.target(edge));
        drawn.addEdge(graph.source(edge), graph.target(edge), edge);
      }
    }
    MapLayoutModel2D<Integer> model = new MapLayoutModel2D<>(Box2D.of(SIDE, SIDE));
    new FRLayoutAlgorithm2D<Integer, Integer>(STEPS, CLOSENESS, new Random(1)).layout(drawn, model);
    x = new double[nodes];
    y = new double[nodes];
    int[] held = drawn.vertexSet().stream().mapToInt(Integer::intValue).toArray();
    int[] loose = IntStream.range(0, nodes).filter(n -> !drawn.containsVertex(n)).toArray();
    for (int node : held) {
      Point2D place = model.get(node);
      x[node] = place.getX();
      y[node] = place.getY();
    }
    stretch(x, held, 1);
    stretch(y, held, loose.length == 0 ? 1 : ROW);
    for (int i = 0; i < loose.length; i++) {
      x[loose[i]] = (double) i / loose.length;
      y[loose[i]] = 1;
    }
  }

  /** To all of 0…{@code end}. */
  private static void stretch(double[] places, int[] nodes, double end) {
    double least = IntStream.of(nodes).mapToDouble(node -> places[node]).min().orElse(0);
    double most = IntStream.of(nodes).mapToDouble(node -> places[node]).max().orElse(0);
    for (int node : nodes) {
      places[node] = most > least ? end * (places[node] - least) / (most - least) : end / 2;
    }
  }

  /** From the left, 0…1. */
  double x(int node) {
    return x[node];
  }

  /** From the top, 0…1. */
  double y(int node) {
    return y[node];
  }
}
