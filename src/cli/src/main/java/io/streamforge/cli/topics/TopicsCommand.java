package io.streamforge.cli.topics;

import io.streamforge.marketgraph.Settings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code topics}: what the job needs in Kafka. */
@Command(
    name = "topics",
    description = "Creates the job's topics in Kafka, those that do not exist.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class TopicsCommand implements Callable<Integer> {
  @Mixin private JobBroker broker;

  @Option(
      names = "--partitions",
      defaultValue = "64",
      paramLabel = "N",
      description =
          "Partitions of a topic: the most subtasks that can share its work. Default: ${DEFAULT-VALUE}.")
  private int partitions;

  @Option(
      names = "--replication-factor",
      paramLabel = "N",
      description = "Copies of a topic. Default: the broker's.")
  private Short replicationFactor;

  @Option(
      names = "--for-replay",
      description =
          "The topics in are for recordings, played by `feed`: their records keep the recordings' times. Otherwise the"
              + " broker writes its own, and the job holds the clocks of feeds against it.")
  private boolean forReplay;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Settings settings = broker.settings();
    try (Admin admin = Topics.admin(settings)) {
      List<String> created =
          Topics.createMissing(
              admin, settings, partitions, Optional.ofNullable(replicationFactor), forReplay);
      System.out.println(
          created.isEmpty() ? "All are there." : "Created " + String.join(", ", created) + ".");
    }
    return 0;
  }
}
