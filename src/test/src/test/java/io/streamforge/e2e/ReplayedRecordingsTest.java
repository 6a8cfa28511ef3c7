package io.streamforge.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamforge.cli.replay.ReplaySummary;
import io.streamforge.record.GraphFeaturesRecord;
import io.streamforge.record.SymbolFeaturesRecord;
import io.streamforge.testkit.RecordSchema;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.testkit.reference.ReferenceMarket;
import io.streamforge.testkit.reference.ReferenceRate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
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
      BiConsumer<GraphFeaturesRecord, ReferenceMarket.Sample> compareGraph)
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
              compare(
                  next(symbols, RecordSchema.SYMBOL_FEATURES, SymbolFeaturesRecord::read),
                  node,
                  sample.timeUs());
            }
            compareGraph.accept(
                next(graphs, RecordSchema.GRAPH_FEATURES, GraphFeaturesRecord::read), sample);
          });
      assertThat(symbols.readLine()).isNull();
      assertThat(graphs.readLine()).isNull();
    }
  }

  private interface Reading<T> {
    T read(byte[] value) throws IOException;
  }

  /** The next record, which fits its schema. */
  private static <T> T next(BufferedReader lines, RecordSchema schema, Reading<T> reading) {
    try {
      byte[] line = lines.readLine().getBytes(StandardCharsets.UTF_8);
      assertThat(schema.errors(line)).isEmpty();
      return reading.read(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void compare(SymbolFeaturesRecord record, ReferenceMarket.Node node, long timeUs) {
    assertThat(record.instrument()).isEqualTo(node.instrument());
    assertThat(record.timeUs()).isEqualTo(timeUs);
    assertThat(record.intervalUs()).isEqualTo(1_000_000);
    assertThat(record.book()).isEqualTo(node.book());
    assertThat(record.sequence()).isEqualTo(node.sequence());
    assertThat(List.copyOf(record.features().keySet()))
        .isEqualTo(List.copyOf(node.features().keySet()));
    node.features()
        .forEach((name, value) -> compare(record.features().get(name), value, name, timeUs));
  }

  private static void compare(Double actual, Double expected, String name, long timeUs) {
    String what = name + " at " + timeUs;
    if (expected == null) {
      assertThat(actual).as(what).isNull();
    } else {
      assertThat(actual)
          .as(what)
          .isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
    }
  }

  private static void compareNodes(GraphFeaturesRecord graph, ReferenceMarket.Sample sample) {
    assertThat(graph.timeUs()).isEqualTo(sample.timeUs());
    assertThat(graph.availableUs()).isEqualTo(sample.timeUs() + 600_000);
    assertThat(graph.nodeIds()).hasSameSizeAs(sample.nodes());
    for (int i = 0; i < graph.nodeIds().size(); i++) {
      ReferenceMarket.Node node = sample.nodes().get(i);
      assertThat(graph.nodeIds().get(i)).isEqualTo(node.instrument());
      assertThat(graph.nodeBook().get(i)).isEqualTo(node.book());
      compare(graph.nodeMid().get(i), node.features().get("mid"), "mid", sample.timeUs());
      for (String name : graph.featureNames()) {
        Double value =
            name.equals("beta_market_5m") ? sample.betas().get(i) : node.features().get(name);
        compareFloat(graph.feature(i, name), value, name);
      }
    }
  }

  private static void compareEdges(GraphFeaturesRecord graph, ReferenceMarket.Sample sample) {
    Map<String, ReferenceMarket.Edge> edges = new TreeMap<>();
    sample.edges().forEach(edge -> edges.put(edge.source() + " " + edge.target(), edge));
    assertThat(graph.edges()).isEqualTo(edges.size());
    for (int e = 0; e < edges.size(); e++) {
      String source = graph.nodeIds().get(graph.source(e));
      String target = graph.nodeIds().get(graph.target(e));
      ReferenceMarket.Edge edge = edges.get(source + " " + target);
      assertThat(edge).as(source + " " + target).isNotNull();
      for (String name : graph.edgeAttributeNames()) {
        compareFloat(graph.attribute(e, name), edge.attributes().get(name), name);
      }
    }
  }

  private static void compareFloat(Double actual, Double expected, String name) {
    if (expected == null) {
      assertThat(actual).as(name).isNull();
    } else {
      float value = expected.floatValue();
      double tolerance = Math.max(2 * Math.ulp(value), 1e-9);
      assertThat(actual).as(name).isCloseTo((double) value, within(tolerance));
    }
  }
}
