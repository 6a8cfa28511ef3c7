package io.streamforge.cli.view;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.streamforge.record.GraphFeaturesRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What the page is told, as JSON. */
final class ViewJson {
  /** More lines are a grey area, and slow. The tree comes first, then the strongest. */
  static final int MOST_EDGES = 4_000;

  private static final JsonFactory JSON = new JsonFactory();

  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  private ViewJson() {}

  private static byte[] object(Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 12);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      body.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] of(LatestRecords.Status status) {
    return object(
        json -> {
          json.writeFieldName("graph_age_ms");
          json.writeObject(status.graphAgeMs());
          json.writeBooleanField("kafka_answers", status.kafkaAnswers());
          json.writeNumberField("left_out", status.leftOut());
        });
  }

  static byte[] of(LatestRecords.Series series) {
    return object(
        json -> {
          json.writeStringField("symbol", series.instrument());
          json.writeFieldName("times_us");
          json.writeArray(series.timesUs(), 0, series.timesUs().length);
          json.writeObjectFieldStart("series");
          for (int feature = 0; feature < series.values().length; feature++) {
            json.writeFieldName(SymbolRecord.FEATURES.get(feature));
            writeNumbers(json, series.values()[feature]);
          }
          json.writeEndObject();
        });
  }

  static byte[] of(LatestRecords.Moment moment) {
    return object(
        json -> {
          writeTexts(json, "graphs", moment.graphs());
          json.writeArrayFieldStart("symbols");
          for (SymbolRecord symbol : moment.symbols()) {
            json.writeStartObject();
            json.writeStringField("id", symbol.instrument());
            json.writeNumberField("time_us", symbol.timeUs());
            json.writeStringField("book", symbol.book());
            for (int feature = 0; feature < symbol.values().length; feature++) {
              json.writeFieldName(SymbolRecord.FEATURES.get(feature));
              writeNumber(json, symbol.values()[feature]);
            }
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeFieldName("graph");
          if (moment.graph() == null) {
            json.writeNull();
          } else {
            writeGraph(json, moment.graph());
          }
        });
  }

  private static void writeGraph(JsonGenerator json, GraphFeaturesRecord graph) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", graph.graph());
    json.writeNumberField("time_us", graph.timeUs());
    json.writeNumberField("num_nodes", graph.nodeIds().size());
    json.writeArrayFieldStart("nodes");
    int nodes = graph.nodeIds().size() > LatestRecords.MOST_SYMBOLS ? 0 : graph.nodeIds().size();
    for (int node = 0; node < nodes; node++) {
      json.writeStartObject();
      json.writeStringField("id", graph.nodeIds().get(node));
      json.writeStringField("book", graph.nodeBook().get(node));
      writeNumber(json, "volatility", graph.feature(node, "volatility_1m"));
      json.writeEndObject();
    }
    json.writeEndArray();
    List<Integer> edges = nodes == 0 ? List.of() : strongest(graph);
    json.writeNumberField("num_edges", graph.edges() / 2);
    json.writeArrayFieldStart("edges");
    for (int edge : edges) {
      json.writeStartObject();
      json.writeNumberField("source", graph.source(edge));
      json.writeNumberField("target", graph.target(edge));
      writeNumber(json, "correlation", graph.attribute(edge, "correlation_5m"));
      json.writeBooleanField("tree", graph.isInTree(edge));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Of the two directions of an edge one. */
  private static List<Integer> strongest(GraphFeaturesRecord graph) {
    return IntStream.range(0, graph.edges())
        .filter(edge -> graph.source(edge) < graph.target(edge))
        .boxed()
        .sorted(
            Comparator.comparing((Integer edge) -> !graph.isInTree(edge))
                .thenComparingDouble(edge -> -strength(graph, edge)))
        .limit(MOST_EDGES)
        .toList();
  }

  private static double strength(GraphFeaturesRecord graph, int edge) {
    Double correlation = graph.attribute(edge, "correlation_5m");
    return correlation == null ? 0 : Math.abs(correlation);
  }

  private static void writeTexts(JsonGenerator json, String name, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static void writeNumbers(JsonGenerator json, double[] numbers) throws IOException {
    json.writeStartArray();
    for (double number : numbers) {
      writeNumber(json, number);
    }
    json.writeEndArray();
  }

  private static void writeNumber(JsonGenerator json, String name, Double number)
      throws IOException {
    json.writeFieldName(name);
    writeNumber(json, number == null ? Double.NaN : number);
  }

  private static void writeNumber(JsonGenerator json, double number) throws IOException {
    if (Double.isFinite(number)) {
      json.writeNumber(number);
    } else {
      json.writeNull();
    }
  }
}
