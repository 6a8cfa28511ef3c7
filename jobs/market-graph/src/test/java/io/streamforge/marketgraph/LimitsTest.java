package io.streamforge.marketgraph;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.testkit.reference.ReferenceMarket;
import io.streamforge.testkit.reference.limits.ReferenceLimits;
import io.streamforge.topic.RawRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a recorded market in which not all find room, what the plain code says. */
class LimitsTest {
  private static final String LISTED = "kraken:KAVA/USD";
  private static final String REGISTRY =
      "{\"rates\":{\"USD\":1},\"instruments\":{\"%s\":{\"base\":\"KAVA\",\"quote\":\"USD\"}}}";

  @TempDir private Path folder;

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private FaultRun compare(ReferenceLimits limits) throws Exception {
    List<RawMessage> messages = RecordingFile.read("kraken-v1-10");
    List<RawRecord> records = new ArrayList<>();
    for (RawMessage message : messages) {
      records.add(message.record(0, records.size(), null));
    }
    Path registry = Files.writeString(folder.resolve("registry.json"), REGISTRY.formatted(LISTED));
    FaultRun run =
        FaultRun.of(
            records,
            Map.of(
                "instruments.registry", registry.toString(),
                "instruments.listed-only", String.valueOf(limits.listedOnly()),
                "instruments.max-per-partition", String.valueOf(limits.maxInstruments()),
                "graph.max-nodes", String.valueOf(limits.maxNodes())));
    Iterator<JsonNode> graphs = run.graphs().iterator();
    ReferenceMarket market =
        ReferenceMarket.replay(
            messages,
            Map.of(),
            limits,
            expected -> {
              JsonNode graph = graphs.next();
              assertThat(graph.get("time_us").asLong()).isEqualTo(expected.timeUs());
              assertThat(texts(graph.get("node_ids"))).isEqualTo(expected.seated());
              List<String> left =
                  expected.nodes().stream()
                      .map(ReferenceMarket.Node::instrument)
                      .filter(id -> !expected.seated().contains(id))
                      .toList();
              assertThat(graph.get("num_nodes_left_out").asInt()).isEqualTo(left.size());
              assertThat(texts(graph.get("nodes_left_out")))
                  .containsExactlyInAnyOrderElementsOf(left);
              assertThat(graph.get("num_edges").asInt()).isEqualTo(expected.edges().size());
            });
    assertThat(graphs.hasNext()).isFalse();
    assertThat(run.deadLetters()).hasSize(market.deadLetters());
    return run;
  }

  @Test
  void fewerSeatsThanInstruments() throws Exception {
    FaultRun run = compare(new ReferenceLimits(100, 4, false, Set.of(LISTED)));
    assertThat(run.instruments()).hasSize(10);
    assertThat(run.graphs()).allMatch(graph -> graph.get("num_nodes").asInt() <= 4);
    assertThat(texts(run.graphs().get(100).get("node_ids"))).contains(LISTED);
  }

  @Test
  void lessRoomThanInstruments() throws Exception {
    FaultRun run = compare(new ReferenceLimits(6, 4, false, Set.of(LISTED)));
    assertThat(run.instruments()).contains(LISTED).hasSizeBetween(7, 9);
    assertThat(run.refused()).isGreaterThan(run.deadLetters().size());
    assertThat(run.deadLetters()).isNotEmpty().containsOnly("too-many-instruments");
  }

  @Test
  void listedOnly() throws Exception {
    FaultRun run = compare(new ReferenceLimits(6, 4, true, Set.of(LISTED)));
    assertThat(run.instruments()).containsExactly(LISTED);
    assertThat(run.unlisted()).isPositive();
    assertThat(run.deadLetters()).isEmpty();
  }
}
