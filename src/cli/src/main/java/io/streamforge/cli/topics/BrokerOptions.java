package io.streamforge.cli.topics;

import io.streamforge.kafka.KafkaConnection;
import io.streamforge.marketgraph.Settings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of a command that works on a broker which runs elsewhere. */
public final class BrokerOptions {
  @Option(
      names = "--bootstrap-servers",
      required = true,
      paramLabel = "HOST:PORT",
      description = "Kafka brokers.")
  private String bootstrapServers;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "A setting of the job, as the job has it: for topics of other names, and kafka.properties.… for a broker"
              + " that wants a login.")
  private Map<String, String> given = new LinkedHashMap<>();

  /**
   * The settings that were given, checked, once the broker has answered.
   *
   * @throws io.streamforge.settings.SettingsException if one is wrong
   * @throws IOException if the broker does not answer
   */
  public Settings settings() throws IOException, InterruptedException {
    return settings(new JobFile());
  }

  Settings settings(JobFile file) throws IOException, InterruptedException {
    Map<String, String> values = file.under(given);
    values.put(KafkaConnection.BOOTSTRAP_SERVERS, bootstrapServers);
    Settings settings = new Settings(values);
    BrokerCheck.check(bootstrapServers, settings.kafkaProperties(), List.of());
    return settings;
  }
}
