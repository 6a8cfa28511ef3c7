package io.streamforge.local;

import io.streamforge.catalogue.Feature;
import io.streamforge.graph.EdgeAttribute;
import io.streamforge.graph.GraphAttribute;
import io.streamforge.graph.MarketFeature;
import io.streamforge.job.NodeFeatures;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code features}: the catalogue. */
@Command(
    name = "features",
    description = "Prints the feature catalogue.",
    mixinStandardHelpOptions = true)
final class FeaturesCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    print(System.out);
    return 0;
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
          "  %-22s %s  %-16s %-4s %s%n",
          d.name(), d.inGraph() ? "x" : " ", d.unit(), d.window(), d.formula());
      out.printf("  %-46s null: %s%n", "", d.nullWhen());
      if (!d.source().isEmpty()) {
        out.printf("  %-46s %s%n", "", d.source());
      }
    }
    out.println();
  }
}
