package io.streamforge.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.streamforge.catalogue.Feature;
import io.streamforge.graph.record.EdgeAttribute;
import io.streamforge.graph.record.GraphAttribute;
import io.streamforge.graph.record.MarketFeature;
import io.streamforge.instrument.NodeFeatures;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code features}: the catalogue. */
@Command(
    name = "features",
    description = "Prints the feature catalogue.",
    mixinStandardHelpOptions = true)
final class FeaturesCommand implements Callable<Integer> {
  private static final ObjectWriter JSON =
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .writerWithDefaultPrettyPrinter();

  @Option(names = "--json", description = "As JSON: an array, of nodes, edges and u in turn.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (json) {
      System.out.println(JSON.writeValueAsString(all()));
    } else {
      print(System.out);
    }
    return 0;
  }

  /**
   * A feature in JSON.
   *
   * @param of what it describes: {@code node}, {@code edge} or {@code u}
   */
  private record Entry(String of, @JsonUnwrapped Feature.Description description) {}

  private static List<Entry> all() {
    return Stream.of(
            entries("node", NodeFeatures.ALL),
            entries("node", List.of(MarketFeature.values())),
            entries("edge", List.of(EdgeAttribute.values())),
            entries("u", List.of(GraphAttribute.values())))
        .flatMap(entries -> entries)
        .toList();
  }

  private static Stream<Entry> entries(String of, List<? extends Feature> features) {
    return features.stream().map(feature -> new Entry(of, feature.description()));
  }

  private static void print(PrintStream out) {
    section(out, "Node (x: stands in the graph's x)", NodeFeatures.ALL);
    section(out, "Node, in the graph's x only", List.of(MarketFeature.values()));
    section(out, "Edge", List.of(EdgeAttribute.values()));
    section(out, "Graph: u", List.of(GraphAttribute.values()));
  }

  private static void section(PrintStream out, String title, List<? extends Feature> features) {
    out.printf("%s%n%n", title);
    for (Feature feature : features) {
      Feature.Description d = feature.description();
      out.printf(
          "  %-22s %s  %-22s %-10s %s%n",
          d.name(), d.inGraph() ? "x" : " ", d.unit(), d.window(), d.formula());
      out.printf("  %-58s null: %s%n", "", d.nullWhen());
      if (!d.source().isEmpty()) {
        out.printf("  %-58s %s%n", "", d.source());
      }
    }
    out.println();
  }
}
