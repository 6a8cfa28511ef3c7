package io.streamforge.e2e;

import static io.streamforge.e2e.Replays.MAX_SPEED;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.cli.recording.RecordingWriter;
import io.streamforge.cli.replay.ReplaySummary;
import io.streamforge.record.GraphFeaturesRecord;
import io.streamforge.testkit.generated.PlantedMarket;
import io.streamforge.testkit.generated.PlantedShape;
import io.streamforge.testkit.generated.PlantedSymbol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was planted in a market is what the whole job finds in it. */
@Timeout(120)
class PlantedStructureTest {
  @TempDir static Path folder;

  private static final Map<String, PlantedSymbol> PLANTED = new HashMap<>();
  private static GraphFeaturesRecord graph;

  /** Two instruments of the last graph with what is said of their edge. */
  private record Pair(PlantedSymbol source, PlantedSymbol target, int edge) {
    boolean ofOneSector() {
      return source.sector() == target.sector();
    }

    int plantedLeadMs() {
      return target.lagMs() - source.lagMs();
    }

    /** An attribute, NaN where it does not exist. */
    double get(String attribute) {
      assertThat(graph.edgeAttributeNames()).contains(attribute);
      Double value = graph.attribute(edge, attribute);
      return value == null ? Double.NaN : value;
    }
  }

  @BeforeAll
  static void replay() throws Exception {
    PlantedMarket market =
        new PlantedMarket(new PlantedShape(24, 4, 300, 1, 1_767_225_600_000_000L));
    market.symbols().forEach(symbol -> PLANTED.put("planted:" + symbol.symbol(), symbol));
    Path recording = folder.resolve("planted.jsonl");
    try (RecordingWriter out = new RecordingWriter(recording)) {
      market.play(
          message -> {
            try {
              out.write(message);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
    ReplaySummary summary = Replays.replay(recording, folder, 2, 2, MAX_SPEED);
    assertThat(summary.deadLetters() + summary.bookGaps()).isZero();
    assertThat(summary.tradeIdsSkipped() + summary.duplicateTrades()).isZero();
    assertThat(summary.recordsBehindWatermark()).isZero();
    try (Stream<String> graphs = Files.lines(folder.resolve("graph-features.jsonl"))) {
      String last = graphs.reduce((before, after) -> after).orElseThrow();
      graph = GraphFeaturesRecord.read(last.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static List<Pair> edges() {
    List<Pair> pairs = new ArrayList<>();
    for (int edge = 0; edge < graph.edges(); edge++) {
      pairs.add(new Pair(symbol(graph.source(edge)), symbol(graph.target(edge)), edge));
    }
    return pairs;
  }

  private static PlantedSymbol symbol(int node) {
    return PLANTED.get(graph.nodeIds().get(node));
  }

  @Test
  void leadersLeadByWhatWasPlanted() {
    // 1.8 s is not among the shifts that are tried.
    List<Pair> pairs =
        edges().stream()
            .filter(pair -> pair.ofOneSector() && Math.abs(pair.plantedLeadMs()) != 1800)
            .toList();
    assertThat(pairs).hasSizeGreaterThan(50);
    List<Pair> found =
        pairs.stream().filter(pair -> pair.get("lead_ms") == pair.plantedLeadMs()).toList();
    assertThat((double) found.size() / pairs.size()).isGreaterThan(0.9);
  }

  @Test
  void sectorsHangTogetherAndTheTreeRunsThroughThem() {
    List<Pair> tree = edges().stream().filter(pair -> pair.get("in_tree") == 1).toList();
    assertThat(tree).hasSize(2 * (PLANTED.size() - 1));
    long within = tree.stream().filter(Pair::ofOneSector).count();
    assertThat((double) within / tree.size()).isGreaterThan(0.6);
    assertThat(meanCorrelation(true)).isGreaterThan(meanCorrelation(false) + 0.1);
  }

  private static double meanCorrelation(boolean ofOneSector) {
    return edges().stream()
        .filter(pair -> pair.ofOneSector() == ofOneSector)
        .mapToDouble(pair -> pair.get("correlation_5m"))
        .average()
        .orElseThrow();
  }
}
