package io.streamforge.graph.record;

import io.streamforge.catalogue.Feature;
import io.streamforge.graph.model.Node;
import io.streamforge.record.GraphFeaturesWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Snapshots as values of records of {@code graph-features}. Not thread-safe. */
public final class GraphJson {
  private final GraphFeaturesWriter writer;

  /** Records whose nodes bring the features {@code xNames}, in that order. */
  public GraphJson(List<String> xNames) {
    writer =
        new GraphFeaturesWriter(
            Stream.concat(xNames.stream(), names(MarketFeature.values()).stream()).toList(),
            names(EdgeAttribute.values()),
            names(GraphAttribute.values()));
  }

  /** The record's bytes. */
  public byte[] write(GraphSnapshot graph) {
    int count = graph.nodes().size();
    String[] ids = new String[count];
    String[] books = new String[count];
    double[] mids = new double[count];
    float[][] x = new float[count][];
    for (int i = 0; i < count; i++) {
      Node node = graph.nodes().get(i);
      ids[i] = node.id();
      books[i] = node.book().text();
      mids[i] = node.mid();
      x[i] = node.x();
    }
    return writer.write(
        new GraphFeaturesWriter.Values(
            graph.graph(),
            graph.timeUs(),
            graph.intervalUs(),
            graph.publishIntervalUs(),
            graph.availableUs(),
            ids,
            books,
            mids,
            graph.nodesLeftOut(),
            graph.firstLeftOut(),
            x,
            graph.source(),
            graph.target(),
            graph.edgeAttributes(),
            graph.u()));
  }

  private static List<String> names(Feature[] features) {
    return Arrays.stream(features).map(Feature::key).toList();
  }
}
