package io.streamforge.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.streamforge.book.BookStatus;
import io.streamforge.graph.leadlag.MidPage;
import io.streamforge.graph.leadlag.MidPageChanges;
import io.streamforge.graph.model.GraphSettings;
import io.streamforge.graph.model.Node;
import io.streamforge.graph.record.GraphSnapshot;
import io.streamforge.graph.returns.PageKey;
import io.streamforge.graph.returns.ReturnPage;
import io.streamforge.graph.returns.ReturnSeries;
import io.streamforge.mid.MidChange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

public class MarketGraphTest {
  private static final long SECOND = 1_000_000;
  private static final float NULL = Float.NaN;

  /** Few observations are enough, edges are chosen every sample. */
  private static GraphSettings lenient(long intervalUs, int minObservations) {
    return new GraphSettings("market", intervalUs, 8, minObservations, 1, 0, intervalUs, 0);
  }

  private static Node node(String id, double units) {
    return new Node(id, BookStatus.LIVE, 1, units * 1e-8, new float[0], List.of());
  }

  /** Plays returns in units of 10⁻⁸, a row a node, from the first sample on; NaN is missing. */
  private static GraphSnapshot play(MarketGraph graph, long intervalUs, double[]... returns) {
    GraphSnapshot snapshot = null;
    for (int sample = 0; sample < returns[0].length; sample++) {
      List<Node> nodes = new ArrayList<>();
      for (int i = 0; i < returns.length; i++) {
        nodes.add(node(Character.toString('a' + i), returns[i][sample]));
      }
      snapshot = graph.sample((sample + 1) * intervalUs, nodes);
    }
    return snapshot;
  }

  /** R_st = 12 + 12, R_ss = 9 + 16, R_tt = 16 + 9 + 25; the fourth sample lacks b, the fifth a. */
  @Test
  void momentsAreThoseOfTheSamplesInWhichBothExist() {
    GraphSnapshot graph =
        play(
            new MarketGraph(lenient(5 * SECOND, 3)),
            5 * SECOND,
            new double[] {3, 4, 0, 100, Double.NaN},
            new double[] {4, 3, 5, Double.NaN, 100});
    assertThat(graph.source()).containsExactly(0, 1);
    assertThat(graph.target()).containsExactly(1, 0);
    float correlation = (float) (24 / Math.sqrt(1250));
    float t = (float) Math.sqrt(2);
    double w = Math.pow(2, -1 / 12.0); // of 5 s
    double ss = 9 * Math.pow(w, 4) + 16 * Math.pow(w, 3);
    double tt = 16 * Math.pow(w, 4) + 9 * Math.pow(w, 3) + 25 * Math.pow(w, 2);
    float ewma = (float) (12 * (Math.pow(w, 4) + Math.pow(w, 3)) / Math.sqrt(ss * tt));
    assertThat(EdgeValues.of(graph, 0))
        .containsOnly(
            entry("correlation_5m", correlation),
            entry("correlation_t_5m", t),
            entry("correlation_1s_5m", correlation),
            entry("ewma_correlation", ewma),
            entry("beta_5m", 0.96f),
            entry("observations", 3f),
            entry("moves", 2f),
            entry("in_tree", 1f),
            entry("same_venue", 1f));
    assertThat(EdgeValues.of(graph, 1))
        .containsOnly(
            entry("correlation_5m", correlation),
            entry("correlation_t_5m", t),
            entry("correlation_1s_5m", correlation),
            entry("ewma_correlation", ewma),
            entry("beta_5m", 0.48f),
            entry("observations", 3f),
            entry("moves", 2f),
            entry("in_tree", 1f),
            entry("same_venue", 1f));
    assertThat(graph.u())
        .containsExactly(1, correlation, correlation, (float) ((1 + 24 / Math.sqrt(1250)) / 2));
  }

  /** 5 s returns: a 15, 20; b 5, −1. */
  @Test
  void returnsOfFiveSecondsOverlap() {
    GraphSnapshot graph =
        play(
            new MarketGraph(lenient(SECOND, 2)),
            SECOND,
            new double[] {1, 2, 3, 4, 5, 6},
            new double[] {1, 1, 1, 1, 1, -5});
    float correlation = (float) (55 / Math.sqrt(625 * 26));
    float t = (float) (55 / Math.sqrt(75 * 75 + 20 * 20));
    float grid = (float) (-15 / Math.sqrt(91 * 30));
    double w = Math.pow(2, -1 / 60.0); // of 1 s
    float ewma = (float) ((75 * w - 20) / Math.sqrt((225 * w + 400) * (25 * w + 1)));
    assertThat(EdgeValues.of(graph, 0))
        .containsOnly(
            entry("correlation_5m", correlation),
            entry("correlation_t_5m", t),
            entry("correlation_1s_5m", grid),
            entry("ewma_correlation", ewma),
            entry("beta_5m", (float) (55 / 625.0)),
            entry("observations", 2f),
            entry("moves", 2f),
            entry("in_tree", 1f),
            entry("same_venue", 1f));
  }

  @Test
  void aSampleWithoutOneOfTheFiveHasNoReturn() {
    GraphSnapshot graph =
        play(
            new MarketGraph(lenient(SECOND, 1)),
            SECOND,
            new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
            new double[] {1, 1, 1, 1, 1, Double.NaN, 1, 1, 1, 1, 1});
    assertThat(EdgeValues.of(graph, 0)).contains(entry("observations", 2f), entry("moves", 2f));
  }

  @Test
  void noEdgeNoMeans() {
    MarketGraph graph = new MarketGraph(lenient(5 * SECOND, 1));
    List<Node> nodes =
        List.of(
            node("a", 1),
            new Node("b", BookStatus.STALE, Double.NaN, Double.NaN, new float[0], List.of()));
    assertThat(graph.sample(5 * SECOND, nodes).u()).containsExactly(0.5f, NULL, NULL, NULL);
    assertThat(graph.sample(10 * SECOND, List.of()).u()).containsExactly(NULL, NULL, NULL, NULL);
  }

  @Test
  void edgesAreChosenAtMultiplesOfTheRewireInterval() {
    MarketGraph graph =
        new MarketGraph(new GraphSettings("market", 5 * SECOND, 8, 2, 1, 0, 20 * SECOND, 0));
    List<Integer> edges = new ArrayList<>();
    for (int sample = 1; sample <= 5; sample++) {
      List<Node> nodes = List.of(node("a", sample), node("b", sample));
      edges.add(graph.sample(sample * (5 * SECOND), nodes).source().length);
    }
    assertThat(edges).containsExactly(0, 0, 0, 2, 2);
  }

  @Test
  void edgesStayUntilThenWhateverJoinsAndAreChosenAnewWhenANodeLeaves() {
    MarketGraph graph =
        new MarketGraph(new GraphSettings("market", 5 * SECOND, 8, 2, 1, 0, 100 * SECOND, 0));
    List<Node> nodes = List.of(node("b", 1), node("c", 2), node("d", 3));
    graph.sample(95 * SECOND, nodes);
    assertThat(graph.sample(100 * SECOND, nodes).source()).containsExactly(0, 0, 1, 1, 2, 2);
    List<Node> joined = List.of(node("a", 5), node("b", 1), node("c", 2), node("d", 3));
    graph.sample(105 * SECOND, joined);
    GraphSnapshot stayed = graph.sample(110 * SECOND, joined);
    assertThat(stayed.source()).containsExactly(1, 1, 2, 2, 3, 3);
    assertThat(stayed.target()).containsExactly(2, 3, 1, 3, 1, 2);
    GraphSnapshot left = graph.sample(115 * SECOND, joined.subList(0, 3));
    assertThat(left.source()).containsExactly(0, 0, 1, 1, 2, 2);
  }

  @Test
  void refusesSamplesOutOfOrderOffTheGridAndUnsorted() {
    MarketGraph graph = new MarketGraph(lenient(SECOND, 1));
    graph.sample(2 * SECOND, List.of());
    assertThatThrownBy(() -> graph.sample(2 * SECOND, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> graph.sample(3 * SECOND + 1, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> graph.sample(3 * SECOND, List.of(node("b", 0), node("a", 0))))
        .hasMessage("nodes are not sorted: b before a");
    assertThatThrownBy(() -> graph.sample(3 * SECOND, List.of(node("a", 0), node("a", 0))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void settingsAreCheckedByName() {
    assertThatThrownBy(() -> lenient(3 * SECOND, 1))
        .hasMessage(
            "graph.interval is 3000000 us, must be a whole part of 5 s and a multiple of 100 ms");
    assertThatThrownBy(() -> lenient(SECOND / 8, 1))
        .hasMessageStartingWith("graph.interval is 125000 us");
    assertThatThrownBy(() -> new GraphSettings("m", SECOND, 8, 30, 10, 0, SECOND * 3 / 2, 0))
        .hasMessageStartingWith("graph.rewire-interval is 1500000 us");
  }

  /** Version 1, byte for byte: never to change. */
  private static final String HEADER_1 =
      "01"
          + ("010108" + "00000000004c4b40") // interval
          + ("020108" + "0000000001312d00") // time
          + ("030107" + "02" + "000161" + "000162") // nodes
          + ("040103" + "01" + "00" + "03") // edges
          + ("05010b" + "02" + "000161" + "0007" + "000162" + "0007") // seats
          + "00";

  @Test
  void headerHasItsBytes() throws IOException {
    MarketGraph graph =
        new MarketGraph(new GraphSettings("market", 5 * SECOND, 8, 2, 1, 0, 20 * SECOND, 0));
    for (int sample = 1; sample <= 4; sample++) {
      graph.sample(sample * (5 * SECOND), List.of(node("a", sample), node("b", sample)));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    graph.writeHeader(new DataOutputStream(bytes));
    assertThat(HexFormat.of().formatHex(bytes.toByteArray())).isEqualTo(HEADER_1);
  }

  private static MarketGraph restore(GraphSettings settings, String header) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(header);
    return MarketGraph.restore(
        settings,
        new DataInputStream(new ByteArrayInputStream(bytes)),
        series -> List.of(),
        List.of());
  }

  @Test
  void readsEveryVersionOfTheHeader() throws IOException {
    GraphSettings settings = new GraphSettings("m", 5 * SECOND, 8, 2, 1, 0, 100 * SECOND, 0);
    MarketGraph graph = restore(settings, HEADER_1);
    assertThat(graph.timeUs()).isEqualTo(20 * SECOND);
    GraphSnapshot next = graph.sample(25 * SECOND, List.of(node("a", 1), node("b", 1)));
    assertThat(next.source()).containsExactly(0, 1);
    assertThat(EdgeValues.of(next, 0))
        .containsOnly(
            entry("observations", 1f),
            entry("moves", 1f),
            entry("in_tree", 1f),
            entry("same_venue", 1f));
  }

  @Test
  void refusesAnUnknownVersionAndAnotherInterval() {
    assertThatThrownBy(() -> restore(lenient(5 * SECOND, 1), "02" + HEADER_1.substring(2)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 2");
    assertThatThrownBy(() -> restore(lenient(SECOND, 1), HEADER_1))
        .hasMessageContaining("graph.interval");
  }

  @Test
  void onlyPagesThatChangedAreWritten() {
    MarketGraph graph = new MarketGraph(lenient(SECOND, 1));
    graph.sample(63 * SECOND, List.of(node("a", 1)));
    assertThat(graph.takePageChanges(ReturnSeries.GRID).changed())
        .extracting(ReturnPage::key)
        .containsExactly(new PageKey("a", 0));
    graph.sample(64 * SECOND, List.of(node("a", 2)));
    List<ReturnPage> changed = graph.takePageChanges(ReturnSeries.GRID).changed();
    assertThat(changed).extracting(ReturnPage::key).containsExactly(new PageKey("a", 1));
    assertThat(changed.get(0).returns()).startsWith(2, ReturnPage.MISSING).hasSize(64);
    graph.sample(65 * SECOND, List.of(node("a", Double.NaN)));
    assertThat(graph.takePageChanges(ReturnSeries.GRID).changed()).isEmpty();
    assertThat(graph.takePageChanges(ReturnSeries.GRID).obsolete()).isEmpty();
  }

  private static Node changed(String id, long timeUs) {
    return new Node(
        id, BookStatus.LIVE, 1, 0, new float[0], List.of(new MidChange(timeUs, 5, 7e-8)));
  }

  @Test
  void onlyPagesOfMidChangesThatChangedAreWritten() {
    MarketGraph graph = new MarketGraph(lenient(SECOND, 1));
    graph.sample(30 * SECOND, List.of(changed("a", 30 * SECOND - 3)));
    List<MidPage> first = graph.takeMidPageChanges().changed();
    assertThat(first).extracting(MidPage::key).containsExactly(new PageKey("a", 0));
    assertThat(first.get(0).changes()).containsExactly(29_999_997, 5, 7);
    graph.sample(31 * SECOND, List.of(changed("a", 30 * SECOND)));
    graph.takeMidPageChanges();
    graph.sample(32 * SECOND, List.of(changed("a", 31 * SECOND)));
    List<MidPage> second = graph.takeMidPageChanges().changed();
    assertThat(second).extracting(MidPage::key).containsExactly(new PageKey("a", 1));
    assertThat(second.get(0).changes()).containsExactly(0, 5, 7, 1_000_000, 5, 7);
    graph.sample(33 * SECOND, List.of(node("a", 0)));
    assertThat(graph.takeMidPageChanges()).isEqualTo(new MidPageChanges());
    graph.sample(330 * SECOND, List.of());
    assertThat(graph.takeMidPageChanges().obsolete()).containsExactly(new PageKey("a", 0));
  }

  private static Node moved(String id, long timeUs, double units, double unitsOnGrid) {
    List<MidChange> changes =
        List.of(
            new MidChange(timeUs - 900_000, 500_000, units * 1e-8),
            new MidChange(timeUs - 400_000, 500_000, units * 1e-8));
    return new Node(id, BookStatus.LIVE, 1, unitsOnGrid * 1e-8, new float[0], changes);
  }

  /** 80 increments of 3 in common: 720; 40 grid returns of 6 each are 1440, of 3 only 360. */
  @Test
  void hayashiYoshidaIsByTheVariancesOfTheGridAndCutAtOne() {
    for (double onGrid : new double[] {6, 3, -3}) {
      MarketGraph graph = new MarketGraph(lenient(SECOND, 1));
      GraphSnapshot last = null;
      for (int second = 1; second <= 40; second++) {
        List<Node> nodes =
            List.of(
                moved("a", second * SECOND, 3, onGrid),
                moved("b", second * SECOND, Math.signum(onGrid) * 3, Math.abs(onGrid)));
        last = graph.sample(second * SECOND, nodes);
      }
      float expected = onGrid == 6 ? 0.5f : onGrid == 3 ? 1 : -1;
      assertThat(EdgeValues.of(last, 0)).contains(entry("hy_correlation_5m", expected));
      // From the 25th second on there are 50 changes.
      assertThat(graph.cutCorrelations()).isEqualTo(onGrid == 6 ? 0 : 16);
    }
  }

  /** The others' mean is 2, then 4 and so on; b's return is three times that. */
  @Test
  void betaOnTheMarketIsThatOnTheOtherNodes() {
    MarketGraph graph = new MarketGraph(lenient(5 * SECOND, 1));
    for (int sample = 1; sample <= 30; sample++) {
      List<Node> nodes =
          List.of(
              node("a", sample),
              node("b", 6 * sample),
              node("c", 3 * sample),
              node("d", Double.NaN));
      GraphSnapshot snapshot = graph.sample(sample * (5 * SECOND), nodes);
      float expected = sample < 30 ? NULL : 3;
      assertThat(snapshot.nodes().get(1).x()).containsExactly(expected);
      assertThat(snapshot.nodes().get(3).x()).containsExactly(NULL);
    }
    for (int sample = 31; sample <= 60; sample++) { // alone, a node has no market
      graph.sample(sample * (5 * SECOND), List.of(node("b", 1)));
    }
    List<Node> nodes = List.of(node("a", Double.NaN), node("b", 5));
    assertThat(graph.sample(61 * (5 * SECOND), nodes).nodes().get(1).x()).containsExactly(NULL);
  }
}
