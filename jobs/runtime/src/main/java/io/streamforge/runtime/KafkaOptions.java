package io.streamforge.runtime;

import io.streamforge.kafka.KafkaConnection;
import io.streamforge.settings.SettingKey;
import io.streamforge.settings.SettingsException;
import io.streamforge.topic.KafkaProperties;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Settings of the way to Kafka: {@code kafka.*}. */
public final class KafkaOptions implements OptionGroup {
  public static final ConfigOption<String> BOOTSTRAP_SERVERS =
      ConfigOptions.key(SettingKey.PREFIX + KafkaConnection.BOOTSTRAP_SERVERS)
          .stringType()
          .noDefaultValue()
          .withDescription("Kafka brokers, host:port, comma-separated. Required.");

  /** Keys that begin so are handed to Kafka's clients. */
  public static final String PROPERTIES = SettingKey.PREFIX + KafkaConnection.PROPERTIES;

  @Override
  public List<ConfigOption<?>> options() {
    return List.of(BOOTSTRAP_SERVERS);
  }

  @Override
  public List<String> openPrefixes() {
    return List.of(PROPERTIES);
  }

  @Override
  public ConfigOption<String> open(String key) {
    return ConfigOptions.key(key).stringType().noDefaultValue();
  }

  @Override
  public void check(JobSettings settings) {
    String brokers = settings.get(BOOTSTRAP_SERVERS);
    if (brokers == null || brokers.isBlank()) {
      throw new SettingsException(
          KafkaConnection.BOOTSTRAP_SERVERS + " is missing; give host:port of a broker");
    }
    Properties given = new Properties();
    given.putAll(properties(settings));
    KafkaProperties.flaw(given)
        .ifPresent(
            flaw -> {
              throw new SettingsException(flaw);
            });
  }

  /** What the user says to Kafka's clients. */
  public Map<String, String> properties(JobSettings settings) {
    Map<String, String> properties = new TreeMap<>();
    for (String name : settings.namesAfter(PROPERTIES)) {
      properties.put(name, settings.get(open(PROPERTIES + name)));
    }
    return properties;
  }

  /** The job's way to Kafka, under its names and with the guarantee of its sinks. */
  public KafkaConnection connection(JobSettings settings) {
    return new KafkaConnection(
        settings.get(BOOTSTRAP_SERVERS),
        properties(settings),
        settings.names().group(settings),
        settings.names().transactions(settings),
        settings.get(SinkOptions.DELIVERY_GUARANTEE));
  }
}
