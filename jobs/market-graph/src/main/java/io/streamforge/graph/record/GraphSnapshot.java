package io.streamforge.graph.record;

import io.streamforge.graph.filter.ChosenEdges;
import io.streamforge.graph.model.GraphSettings;
import io.streamforge.graph.model.Node;
import java.util.List;

/**
 * The graph as of one sample. Arrays are not copied and not to be written.
 *
 * @param graph name
 * @param timeUs the sample
 * @param intervalUs time between two samples
 * @param publishIntervalUs time between two snapshots
 * @param availableUs earliest receive time at which it can be known
 * @param nodes sorted by id
 * @param source by edge, both directions, sorted by (source, target): where it starts in nodes
 * @param target by edge: where it ends
 * @param edgeAttributes by edge, every {@link EdgeAttribute}, NaN where it is not defined
 * @param u every {@link GraphAttribute}, NaN where it is not defined
 * @param nodesLeftOut how many instruments sample and have no seat
 * @param firstLeftOut ids of the first of them, in the order in which they would be seated
 */
public record GraphSnapshot(
    String graph,
    long timeUs,
    long intervalUs,
    long publishIntervalUs,
    long availableUs,
    List<Node> nodes,
    int[] source,
    int[] target,
    float[][] edgeAttributes,
    float[] u,
    int nodesLeftOut,
    List<String> firstLeftOut) {

  public static GraphSnapshot of(
      GraphSettings settings,
      long timeUs,
      ChosenEdges chosen,
      GraphAttribute.Market market,
      int nodesLeftOut,
      List<String> firstLeftOut) {
    List<Node> nodes = market.nodes();
    List<Edge> edges = market.edges();
    int[] directed = chosen.bothWays(nodes.size());
    int[] source = new int[directed.length];
    int[] target = new int[directed.length];
    float[][] attributes = new float[directed.length][];
    for (int i = 0; i < directed.length; i++) {
      int edge = directed[i] / 2;
      boolean reversed = directed[i] % 2 == 1;
      source[i] = reversed ? chosen.target(edge) : chosen.source(edge);
      target[i] = reversed ? chosen.source(edge) : chosen.target(edge);
      attributes[i] = EdgeAttribute.all(reversed ? edges.get(edge).reversed() : edges.get(edge));
    }
    return new GraphSnapshot(
        settings.name(),
        timeUs,
        settings.intervalUs(),
        settings.publishIntervalUs(),
        timeUs + settings.availabilityDelayUs(),
        nodes,
        source,
        target,
        attributes,
        GraphAttribute.all(market),
        nodesLeftOut,
        firstLeftOut);
  }
}
