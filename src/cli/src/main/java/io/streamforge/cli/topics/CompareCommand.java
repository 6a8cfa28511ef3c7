package io.streamforge.cli.topics;

import io.streamforge.marketgraph.MarketGraphOptions;
import io.streamforge.marketgraph.Settings;
import java.io.IOException;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code compare}: whether the job that is to replace another says the same by now. */
@Command(
    name = "compare",
    description =
        "Compares two topics out, of a job and of the one that is to replace it, and says from when on they are alike"
            + " byte for byte. The exit status is 0 if they are at the end of what both have.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class CompareCommand implements Callable<Integer> {
  @Mixin private JobBroker broker;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "Of the job that runs. Default: that of the settings, graph-features.")
  private String topic;

  @Option(
      names = "--with",
      required = true,
      paramLabel = "TOPIC",
      description = "Of the job that is to replace it.")
  private String next;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Settings settings = broker.settings();
    String old = topic == null ? settings.get(MarketGraphOptions.GRAPH_FEATURES_TOPIC) : topic;
    TopicComparison comparison = TopicComparison.of(settings, old, next);
    System.out.printf(
        "From %s to %s both have records; of %,d times %,d differ.%n",
        instant(comparison.fromUs()),
        instant(comparison.toUs()),
        comparison.times(),
        comparison.different());
    OptionalLong since = comparison.alikeSinceUs();
    if (since.isEmpty()) {
      System.out.println("They are not alike: the newest differ.");
      return 1;
    }
    System.out.printf(
        "Alike since %s (time_us %d): consumers can be switched at any time after it.%n",
        instant(since.getAsLong()), since.getAsLong());
    return 0;
  }

  private static Instant instant(long us) {
    return Instant.ofEpochMilli(us / 1000);
  }
}
