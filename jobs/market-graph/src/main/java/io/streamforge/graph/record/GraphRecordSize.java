package io.streamforge.graph.record;

import io.streamforge.graph.model.GraphSettings;

/**
 * How large a {@link GraphJson} record may become, known before there is one. A bound for what
 * markets bring, not for every float: numbers are taken to have 11 digits (7 to 8 on the
 * recordings' average), ids 60 characters.
 */
public final class GraphRecordSize {
  private static final long NUMBER = 12;

  /** Id, status of the book, mid. */
  private static final long NODE = 128;

  /**
   * Names, keys, {@code u}: 4 kB; headers of 64 partitions a topic: 10 kB; names of instruments
   * that were left out: 10 kB.
   */
  private static final long REST = 26_624;

  private GraphRecordSize() {}

  /**
   * Bytes before compression of a graph of {@code nodes} nodes.
   *
   * @param xFeatures length of a row of {@code x} without the graph's own features
   */
  public static long bytes(GraphSettings settings, int nodes, int xFeatures) {
    long numbers = nodes * (long) (xFeatures + MarketFeature.values().length);
    long edges = 2 * settings.filter().maxEdges(nodes, settings.neighbours());
    numbers += edges * (EdgeAttribute.values().length + 1); // an index is half a number
    return REST + nodes * NODE + numbers * NUMBER;
  }
}
