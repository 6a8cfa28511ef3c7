package io.streamforge.graph.model;

import io.streamforge.graph.filter.EdgeFilter;
import io.streamforge.market.InstrumentRegistry;
import io.streamforge.mid.MidPath;
import java.io.Serializable;

/**
 * What a graph is made with. Times are microseconds.
 *
 * @param name key and name of the graph
 * @param intervalUs {@code graph.interval}: time between two samples
 * @param neighbours {@code graph.neighbours}: strongest neighbours that a node keeps
 * @param minObservations {@code graph.min-observations}: samples that both ends of an edge need
 * @param minMoves {@code graph.min-moves}: samples in which both ends of an edge must have moved
 * @param minT {@code graph.min-t}: what |correlation_t_5m| of an edge outside the forest is above
 * @param rewireIntervalUs {@code graph.rewire-interval}: time between two choices of edges
 * @param availabilityDelayUs from a sample to the earliest receive time at which it can be known
 * @param filter {@code graph.filter}: which pairs become edges
 * @param threshold {@code graph.threshold}: smallest |correlation_5m| of an edge where the filter
 *     is {@code threshold}
 * @param maxNodes {@code graph.max-nodes}: seats; instruments without one are left out
 * @param publishIntervalUs {@code graph.publish-interval}: time between two snapshots
 * @param registry what the instruments are
 */
public record GraphSettings(
    String name,
    long intervalUs,
    int neighbours,
    int minObservations,
    int minMoves,
    double minT,
    long rewireIntervalUs,
    long availabilityDelayUs,
    EdgeFilter filter,
    double threshold,
    int maxNodes,
    long publishIntervalUs,
    InstrumentRegistry registry)
    implements Serializable {

  private static final long RETURN_US = 5_000_000;

  /** Default of {@code graph.max-nodes}: with it a record fits a topic with Kafka's defaults. */
  public static final int MAX_NODES = 500;

  /** Window 5m. */
  public static final long WINDOW_US = 300_000_000;

  /** Checks every value and their fit; the message names the setting. */
  public GraphSettings {
    require(
        intervalUs > 0 && RETURN_US % intervalUs == 0 && intervalUs % MidPath.STEP_US == 0,
        "graph.interval",
        intervalUs + " us",
        "a whole part of 5 s and a multiple of 100 ms");
    require(neighbours >= 1, "graph.neighbours", neighbours, "at least 1");
    require(minObservations >= 0, "graph.min-observations", minObservations, "at least 0");
    require(minMoves >= 0, "graph.min-moves", minMoves, "at least 0");
    require(minT >= 0 && Double.isFinite(minT), "graph.min-t", minT, "at least 0");
    require(
        rewireIntervalUs > 0 && rewireIntervalUs % intervalUs == 0,
        "graph.rewire-interval",
        rewireIntervalUs + " us",
        "a multiple of graph.interval");
    require(threshold >= 0 && threshold <= 1, "graph.threshold", threshold, "from 0 to 1");
    require(maxNodes >= 1, "graph.max-nodes", maxNodes, "at least 1");
    require(
        publishIntervalUs > 0 && publishIntervalUs % intervalUs == 0,
        "graph.publish-interval",
        publishIntervalUs + " us",
        "a multiple of graph.interval");
    require(availabilityDelayUs >= 0, "source.max-lateness", availabilityDelayUs, "at least 0");
  }

  /** With the default filter, and a snapshot of every sample. */
  public GraphSettings(
      String name,
      long intervalUs,
      int neighbours,
      int minObservations,
      int minMoves,
      double minT,
      long rewireIntervalUs,
      long availabilityDelayUs) {
    this(
        name,
        intervalUs,
        neighbours,
        minObservations,
        minMoves,
        minT,
        rewireIntervalUs,
        availabilityDelayUs,
        EdgeFilter.MST_KNN,
        0.5,
        MAX_NODES,
        intervalUs,
        InstrumentRegistry.EMPTY);
  }

  /** The same for a graph of another name. */
  public GraphSettings named(String graph) {
    return new GraphSettings(
        graph,
        intervalUs,
        neighbours,
        minObservations,
        minMoves,
        minT,
        rewireIntervalUs,
        availabilityDelayUs,
        filter,
        threshold,
        maxNodes,
        publishIntervalUs,
        registry);
  }

  /** Whether there is a snapshot of a sample. */
  public boolean isPublishedAt(long timeUs) {
    return timeUs % publishIntervalUs == 0;
  }

  private static void require(boolean right, String key, Object value, String expected) {
    if (!right) {
      throw new IllegalArgumentException(key + " is " + value + ", must be " + expected);
    }
  }

  /** Samples in window 5m. */
  public int windowSamples() {
    return (int) (WINDOW_US / intervalUs);
  }

  /** Grid returns in one 5 s return. */
  public int returnSamples() {
    return (int) (RETURN_US / intervalUs);
  }
}
