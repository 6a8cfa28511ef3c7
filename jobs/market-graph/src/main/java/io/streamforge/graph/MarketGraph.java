package io.streamforge.graph;

import io.streamforge.graph.filter.ChosenEdges;
import io.streamforge.graph.leadlag.LeadLag;
import io.streamforge.graph.leadlag.LeadLags;
import io.streamforge.graph.leadlag.MidPage;
import io.streamforge.graph.leadlag.MidPageChanges;
import io.streamforge.graph.leadlag.MidWindow;
import io.streamforge.graph.model.GraphSettings;
import io.streamforge.graph.model.Node;
import io.streamforge.graph.record.Edge;
import io.streamforge.graph.record.GraphAttribute;
import io.streamforge.graph.record.GraphSnapshot;
import io.streamforge.graph.returns.EwmaWeights;
import io.streamforge.graph.returns.LongCorrelations;
import io.streamforge.graph.returns.PageChanges;
import io.streamforge.graph.returns.ReturnHistory;
import io.streamforge.graph.returns.ReturnPage;
import io.streamforge.graph.returns.ReturnSampling;
import io.streamforge.graph.returns.ReturnSeries;
import io.streamforge.graph.returns.ReturnWindow;
import io.streamforge.graph.returns.SampleRing;
import io.streamforge.graph.returns.Significance;
import io.streamforge.market.Utf8Order;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The state of one graph: nodes and their returns in, a snapshot a sample out. A snapshot is a
 * function of the samples up to it alone. Its state is a header and pages of returns; an object
 * made from them goes on exactly like the one that wrote them. Not thread-safe.
 */
public final class MarketGraph {
  private static final int MAX_NODES_OF_EIGENVALUE = 1_000;

  private final GraphSettings settings;
  private final ReturnWindow window;
  private final MarketReturns market;
  private final MidWindow mids = new MidWindow();
  private final LongCorrelations oneHour;
  private final LongCorrelations oneDay;
  private final LeadLags leadLags = new LeadLags();
  private final EwmaWeights ewma;
  private final Significance significance;
  private final Seats seats;
  private long timeUs = GraphHeader.NEVER;
  private List<String> nodeIds = List.of();
  private ChosenEdges edges = ChosenEdges.NONE;
  private List<LeadLag> leads = List.of();
  private long cutCorrelations;

  /** A graph that has seen nothing. */
  public MarketGraph(GraphSettings settings) {
    this.settings = settings;
    this.window = new ReturnWindow(settings);
    this.market = new MarketReturns(settings.windowSamples());
    this.oneHour = new LongCorrelations(ReturnSampling.oneHour(settings));
    this.oneDay = new LongCorrelations(ReturnSampling.oneDay(settings));
    this.ewma = new EwmaWeights(settings);
    this.significance = new Significance(settings);
    this.seats = new Seats(settings);
  }

  /**
   * The graph as of a sample later than any before; samples left out are samples without nodes'
   * returns.
   *
   * @param sampling those that have the sample, sorted by id in {@link Utf8Order}, each once; its
   *     nodes are those of them that have a seat
   */
  public GraphSnapshot sample(long timeUs, List<Node> sampling) {
    List<Node> nodes = seated(timeUs, sampling);
    int[] slots = moveTo(timeUs, nodes);
    long sample = timeUs / settings.intervalUs();
    double share =
        nodes.size() > MAX_NODES_OF_EIGENVALUE
            ? Double.NaN
            : correlations(slots, sample).firstEigenvalueShare();
    List<Node> complete = withMarketFeatures(nodes, slots, sample);
    return GraphSnapshot.of(
        settings,
        timeUs,
        edges,
        new GraphAttribute.Market(complete, attributes(slots, leads, sample), share),
        seats.leftOut(),
        seats.firstLeftOut());
  }

  /** Goes on as {@link #sample} does, without a snapshot. */
  public void advance(long timeUs, List<Node> sampling) {
    moveTo(timeUs, seated(timeUs, sampling));
  }

  private List<Node> seated(long timeUs, List<Node> sampling) {
    checkTime(timeUs);
    checkOrder(sampling);
    return seats.of(timeUs, sampling, isRewiredAt(timeUs));
  }

  private int[] moveTo(long timeUs, List<Node> nodes) {
    List<String> ids = nodes.stream().map(Node::id).toList();
    long sample = timeUs / settings.intervalUs();
    long last = this.timeUs == GraphHeader.NEVER ? sample - 1 : this.timeUs / settings.intervalUs();
    int[] slots = window.advance(last, sample, nodes, seats::areReturnsKept, market::remove);
    int[] places = ChosenEdges.places(nodeIds, ids);
    edges = edges.renumbered(places);
    if (Arrays.stream(places).anyMatch(place -> place < 0) || isRewiredAt(timeUs)) {
      edges =
          settings
              .filter()
              .choose(
                  correlations(slots, sample),
                  settings.neighbours(),
                  settings.threshold(),
                  edges.pairs());
    }
    this.timeUs = timeUs;
    nodeIds = ids;
    leads = leadLags.advance(edges, places, mids.advance(timeUs, nodes));
    ReturnHistory[] histories = histories(slots);
    oneHour.advance(sample, histories, edges, places, seats::areReturnsKept);
    oneDay.advance(sample, histories, edges, places, seats::areReturnsKept);
    market.put(sample, returns(slots));
    return slots;
  }

  private Correlations correlations(int[] slots, long sample) {
    return new Correlations(settings, window, significance, slots, sample);
  }

  private ReturnHistory[] histories(int[] slots) {
    return Arrays.stream(slots).mapToObj(window::history).toArray(ReturnHistory[]::new);
  }

  private SampleRing[] returns(int[] slots) {
    SampleRing[] returns = new SampleRing[slots.length];
    Arrays.setAll(returns, node -> window.history(slots[node]).returns());
    return returns;
  }

  private List<Node> withMarketFeatures(List<Node> nodes, int[] slots, long sample) {
    SampleRing[] returns = returns(slots);
    List<Node> complete = new ArrayList<>(returns.length);
    for (int node = 0; node < returns.length; node++) {
      complete.add(nodes.get(node).with(market.betaOf(returns[node], sample)));
    }
    return complete;
  }

  /**
   * Whether a multiple of the rewire interval lies after the last sample and not after this one.
   */
  private boolean isRewiredAt(long now) {
    long interval = settings.rewireIntervalUs();
    return timeUs == GraphHeader.NEVER
        || Math.floorDiv(now, interval) != Math.floorDiv(timeUs, interval);
  }

  private List<Edge> attributes(int[] slots, List<LeadLag> leads, long sample) {
    List<Edge> attributes = new ArrayList<>(edges.size());
    for (int edge = 0; edge < edges.size(); edge++) {
      int source = slots[edges.source(edge)];
      int target = slots[edges.target(edge)];
      Edge made =
          Edge.between(
              window.history(source),
              window.history(target),
              window.covariance().get(source, target),
              oneHour.of(edge),
              oneDay.of(edge),
              settings.minObservations(),
              ewma,
              significance,
              sample,
              leads.get(edge),
              edges.inTree(edge));
      cutCorrelations += made.isCut() ? 1 : 0;
      attributes.add(made);
    }
    return attributes;
  }

  private void checkTime(long now) {
    if (now <= timeUs || now % settings.intervalUs() != 0) {
      throw new IllegalArgumentException(
          "sample " + now + " is not a multiple of the interval after " + timeUs);
    }
  }

  private static void checkOrder(List<Node> nodes) {
    for (int i = 1; i < nodes.size(); i++) {
      String before = nodes.get(i - 1).id();
      String id = nodes.get(i).id();
      if (Utf8Order.INSTANCE.compare(before, id) >= 0) {
        throw new IllegalArgumentException("nodes are not sorted: " + before + " before " + id);
      }
    }
  }

  /** Time of the last sample, {@link Long#MIN_VALUE} before the first. */
  public long timeUs() {
    return timeUs;
  }

  /**
   * Returns and increments clamped to the fixed-point range since this object was made; those of
   * window 1h are those of window 5m.
   */
  public long clampedReturns() {
    return window.clamps() + oneDay.returns().clamps() + mids.clamps();
  }

  /** Values of hy_correlation_5m cut to ±1 in the snapshots since this object was made. */
  public long cutCorrelations() {
    return cutCorrelations;
  }

  /** Writes the state besides the pages. */
  public void writeHeader(DataOutput out) throws IOException {
    new GraphHeader(settings.intervalUs(), timeUs, nodeIds, edges, seats.all()).write(out);
  }

  /** Pages of returns to write and to delete, since the last call for the series. */
  public PageChanges takePageChanges(ReturnSeries series) {
    return switch (series) {
      case GRID -> window.takeChanges();
      case ONE_HOUR -> oneHour.returns().takeChanges();
      case ONE_DAY -> oneDay.returns().takeChanges();
    };
  }

  /** Pages of mid changes to write and to delete, since the last call. */
  public MidPageChanges takeMidPageChanges() {
    return mids.takeChanges();
  }

  /** The graph that wrote {@code header} after its pages were brought up to date. */
  public static MarketGraph restore(
      GraphSettings settings,
      DataInput header,
      Function<ReturnSeries, ? extends Iterable<ReturnPage>> pages,
      Iterable<MidPage> midPages)
      throws IOException {
    GraphHeader saved = GraphHeader.read(header, settings.intervalUs());
    if (saved.intervalUs() != settings.intervalUs()) {
      throw new IllegalStateException(
          "graph.interval is %d us, the saved graph has %d us: it is fixed for a job's life"
              .formatted(settings.intervalUs(), saved.intervalUs()));
    }
    MarketGraph graph = new MarketGraph(settings);
    graph.timeUs = saved.timeUs();
    graph.nodeIds = saved.nodeIds();
    graph.edges = saved.edges();
    graph.seats.restore(saved.seats());
    long sample = saved.timeUs() / settings.intervalUs();
    graph.window.restore(sample, saved.nodeIds(), pages.apply(ReturnSeries.GRID));
    graph.oneHour.returns().restore(sample, pages.apply(ReturnSeries.ONE_HOUR));
    graph.oneDay.returns().restore(sample, pages.apply(ReturnSeries.ONE_DAY));
    graph.market.rebuild(graph.window.returns());
    graph.mids.restore(saved.timeUs(), midPages);
    return graph;
  }
}
