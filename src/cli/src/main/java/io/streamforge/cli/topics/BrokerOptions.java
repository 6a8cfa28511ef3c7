package io.streamforge.cli.topics;

import io.streamforge.marketgraph.Settings;
import io.streamforge.runtime.KafkaOptions;
import java.util.LinkedHashMap;
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
   * The settings that were given, checked.
   *
   * @throws io.streamforge.settings.SettingsException if one is wrong
   */
  public Settings settings() {
    Map<String, String> values = new LinkedHashMap<>(given);
    values.put(KafkaOptions.BOOTSTRAP_SERVERS.key(), bootstrapServers);
    return new Settings(values);
  }
}
