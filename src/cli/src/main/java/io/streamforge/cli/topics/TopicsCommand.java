package io.streamforge.cli.topics;

import io.streamforge.marketgraph.Settings;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
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
  @Mixin private BrokerOptions broker;

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

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = broker.settings();
    Properties properties = settings.kafkaProperties();
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    properties.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "20000");
    properties.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
    try (Admin admin = Admin.create(properties)) {
      List<String> created =
          Topics.createMissing(admin, settings, partitions, Optional.ofNullable(replicationFactor));
      System.out.println(
          created.isEmpty() ? "All are there." : "Created " + String.join(", ", created) + ".");
    }
    return 0;
  }
}
