package io.streamforge.cli.snapshot;

import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.streamforge.cli.files.OutFile;
import io.streamforge.record.GraphFeaturesRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A graph as tables in CSV, for a notebook; a number that does not exist is an empty field. A text
 * that a spreadsheet would take for a formula has a {@code '} before it, which shows it as it is.
 */
final class GraphTables {
  private static final CsvMapper CSV =
      CsvMapper.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
          .build();

  /** With what a formula begins, in one spreadsheet or another. */
  private static final String FORMULAS = "=+-@\t\r";

  private GraphTables() {}

  /** Writes {@code nodes.csv}, {@code edges.csv} and {@code graph.csv}, of one line. */
  static void write(GraphFeaturesRecord graph, Path folder) throws IOException {
    write(
        folder.resolve("nodes.csv"),
        columns(List.of("id", "book", "mid"), graph.featureNames()),
        IntStream.range(0, graph.nodeIds().size())
            .mapToObj(
                node ->
                    row(
                        graph.x().get(node),
                        text(graph.nodeIds().get(node)),
                        text(graph.nodeBook().get(node)),
                        graph.nodeMid().get(node)))
            .toList());
    write(
        folder.resolve("edges.csv"),
        columns(List.of("source", "target"), graph.edgeAttributeNames()),
        IntStream.range(0, graph.edges())
            .mapToObj(
                edge ->
                    row(
                        graph.edgeAttributes().get(edge),
                        text(graph.nodeIds().get(graph.source(edge))),
                        text(graph.nodeIds().get(graph.target(edge)))))
            .toList());
    write(
        folder.resolve("graph.csv"),
        columns(List.of("graph", "time_us"), graph.marketNames()),
        List.of(row(graph.market(), text(graph.graph()), graph.timeUs())));
  }

  private static List<String> columns(List<String> first, List<String> rest) {
    List<String> columns = new ArrayList<>(first);
    rest.forEach(name -> columns.add(text(name)));
    return columns;
  }

  private static String text(String value) {
    return !value.isEmpty() && FORMULAS.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
  }

  private static List<Object> row(List<Double> numbers, Object... first) {
    List<Object> row = new ArrayList<>(Arrays.asList(first));
    row.addAll(numbers);
    return row;
  }

  private static void write(Path file, List<String> columns, List<List<Object>> rows)
      throws IOException {
    CsvSchema schema =
        CsvSchema.builder().addColumns(columns, CsvSchema.ColumnType.STRING).build().withHeader();
    OutFile.write(file, CSV.writer(schema).writeValueAsString(rows));
  }
}
