package io.streamforge.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.cli.replay.ReplaySummary;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.testkit.reference.ReferenceMarket;
import io.streamforge.testkit.reference.ReferenceRate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes out of Kafka for every recording is, sample by sample, what plain code says. */
@Timeout(180)
class ReplayedRecordingsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path out;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kraken-v1-10",
        "kraken-v2-btc",
        "kraken-v2-btc-resubscribed",
        "binance-us-10",
        "binance-spot-3",
        "binance-spot-btc-eth",
        "binance-usdm-btc-eth",
        "okx-10",
        "bybit-6",
        "coinbase-2",
        "coinbase-pro-10",
        "bitstamp-10",
        "gemini-10"
      })
  void everyRecordIsThatOfThePlainCode(String name) throws Exception {
    everyRecordIsThatOfThePlainCode(
        name,
        Map.of(),
        Map.of(),
        (graph, sample) -> {
          compareNodes(graph, sample);
          compareEdges(graph, sample);
        });
  }

  /**
   * Two books in BTC, whose rate is the mid of a third. The edges say also what is in the registry
   * and not in the plain code.
   */
  @Test
  void alsoWhereARateIsAnotherInstrumentsMid() throws Exception {
    ReferenceRate rate = new ReferenceRate(BigDecimal.valueOf(60_000), "binance-us:BTCUSD");
    everyRecordIsThatOfThePlainCode(
        "binance-us-10",
        Map.of("instruments.registry", Replays.REGISTRY),
        Map.of("binance-us:BCHBTC", rate, "binance-us:ETHBTC", rate),
        ReplayedRecordingsTest::compareNodes);
  }

  private void everyRecordIsThatOfThePlainCode(
      String name,
      Map<String, String> settings,
      Map<String, ReferenceRate> rates,
      BiConsumer<JsonNode, ReferenceMarket.Sample> compareGraph)
      throws Exception {
    ReplaySummary summary =
        Replays.replay(
            Replays.recording(name),
            out,
            2,
            2,
            Replays.MAX_SPEED,
            settings,
            Replays.Meanwhile.NOTHING);
    assertThat(summary.recordsBehindWatermark()).isZero();
    assertThat(summary.deadLetters()).isZero();
    assertThat(summary.bookGaps()).isZero();
    assertThat(summary.checksumFailures()).isZero();
    try (BufferedReader symbols = Files.newBufferedReader(out.resolve("symbol-features.jsonl"));
        BufferedReader graphs = Files.newBufferedReader(out.resolve("graph-features.jsonl"))) {
      ReferenceMarket.replay(
          RecordingFile.read(name),
          rates,
          sample -> {
            for (ReferenceMarket.Node node : sample.nodes()) {
              compare(next(symbols), node, sample.timeUs());
            }
            compareGraph.accept(next(graphs), sample);
          });
      assertThat(symbols.readLine()).isNull();
      assertThat(graphs.readLine()).isNull();
    }
  }

  private static JsonNode next(BufferedReader lines) {
    try {
      return JSON.readTree(lines.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void compare(JsonNode record, ReferenceMarket.Node node, long timeUs) {
    assertThat(record.get("schema").asText()).isEqualTo("symbol-features/1");
    assertThat(record.get("instrument").asText()).isEqualTo(node.instrument());
    assertThat(record.get("time_us").asLong()).isEqualTo(timeUs);
    assertThat(record.get("interval_us").asLong()).isEqualTo(1_000_000);
    assertThat(record.get("book").asText()).isEqualTo(node.book());
    assertThat(record.get("sequence").isNull() ? null : (Long) record.get("sequence").asLong())
        .isEqualTo(node.sequence());
    assertThat(
            List.copyOf(
                record.get("features").properties().stream().map(Map.Entry::getKey).toList()))
        .isEqualTo(List.copyOf(node.features().keySet()));
    node.features()
        .forEach((name, value) -> compare(record.get("features").get(name), value, name, timeUs));
  }

  private static void compare(JsonNode actual, Double expected, String name, long timeUs) {
    String what = name + " at " + timeUs;
    if (expected == null) {
      assertThat(actual.isNull()).as(what).isTrue();
    } else {
      assertThat(actual.asDouble())
          .as(what)
          .isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
    }
  }

  private static void compareNodes(JsonNode graph, ReferenceMarket.Sample sample) {
    assertThat(graph.get("time_us").asLong()).isEqualTo(sample.timeUs());
    assertThat(graph.get("available_us").asLong()).isEqualTo(sample.timeUs() + 600_000);
    assertThat(graph.get("num_nodes").asInt()).isEqualTo(sample.nodes().size());
    for (int i = 0; i < graph.get("node_ids").size(); i++) {
      ReferenceMarket.Node node = sample.nodes().get(i);
      assertThat(graph.get("node_ids").get(i).asText()).isEqualTo(node.instrument());
      assertThat(graph.get("node_book").get(i).asText()).isEqualTo(node.book());
      compare(graph.get("node_mid").get(i), node.features().get("mid"), "mid", sample.timeUs());
      for (int f = 0; f < graph.get("feature_names").size(); f++) {
        String name = graph.get("feature_names").get(f).asText();
        Double value =
            name.equals("beta_market_5m") ? sample.betas().get(i) : node.features().get(name);
        compareFloat(graph.get("x").get(i).get(f), value, name);
      }
    }
  }

  private static void compareEdges(JsonNode graph, ReferenceMarket.Sample sample) {
    Map<String, ReferenceMarket.Edge> edges = new TreeMap<>();
    sample.edges().forEach(edge -> edges.put(edge.source() + " " + edge.target(), edge));
    assertThat(graph.get("num_edges").asInt()).isEqualTo(edges.size());
    for (int e = 0; e < edges.size(); e++) {
      String source = id(graph, graph.get("edge_index").get(0).get(e));
      String target = id(graph, graph.get("edge_index").get(1).get(e));
      ReferenceMarket.Edge edge = edges.get(source + " " + target);
      assertThat(edge).as(source + " " + target).isNotNull();
      for (int a = 0; a < graph.get("edge_attr_names").size(); a++) {
        String name = graph.get("edge_attr_names").get(a).asText();
        compareFloat(graph.get("edge_attr").get(e).get(a), edge.attributes().get(name), name);
      }
    }
  }

  private static String id(JsonNode graph, JsonNode index) {
    return graph.get("node_ids").get(index.asInt()).asText();
  }

  private static void compareFloat(JsonNode actual, Double expected, String name) {
    if (expected == null) {
      assertThat(actual.isNull()).as(name).isTrue();
    } else {
      float value = expected.floatValue();
      double tolerance = Math.max(2 * Math.ulp(value), 1e-9);
      assertThat(actual.asDouble()).as(name).isCloseTo(value, within(tolerance));
    }
  }
}
