package io.streamforge.topic;

import io.streamforge.settings.NearestWord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;

/**
 * Tells what is wrong with properties for Kafka's clients, before there is a client. Kafka itself
 * only warns of a name that it does not know, and connects without it.
 *
 * <p>A name is right if a consumer, a producer, an administration client or Flink's connector has
 * it. Others may belong to a class that the properties name, such as an interceptor, a reporter of
 * metrics or a login's callback handler: Kafka hands them all properties. So where a property names
 * a class, another's name may be any, unless it is at most {@value #TYPING_ERROR} characters from
 * one of Kafka's. What stands under {@value #PROVIDERS} belongs to providers of values.
 */
public final class KafkaProperties {
  private static final int TYPING_ERROR = 2;
  private static final String PROVIDERS = "config.providers.";

  private static final List<ConfigDef> CLIENTS =
      List.of(
          ConsumerConfig.configDef(), ProducerConfig.configDef(), AdminClientConfig.configDef());

  /** Of Flink's connector, which has them in the same place. */
  private static final Set<String> OF_FLINK =
      Set.of(
          "client.id.prefix",
          "commit.offsets.on.checkpoint",
          "partition.discovery.interval.ms",
          "register.consumer.metrics",
          "register.producer.metrics");

  /** Lists of classes; Kafka's own type says it of the rest. */
  private static final Set<String> LISTS_OF_CLASSES =
      Set.of(
          "interceptor.classes",
          "metric.reporters",
          "partition.assignment.strategy",
          "security.providers");

  private static final Set<String> NAMES = new TreeSet<>(OF_FLINK);
  private static final Set<String> NAMES_OF_CLASSES = new TreeSet<>(LISTS_OF_CLASSES);

  static {
    for (ConfigDef client : CLIENTS) {
      NAMES.addAll(client.names());
      client.configKeys().values().stream()
          .filter(key -> key.type == ConfigDef.Type.CLASS)
          .forEach(key -> NAMES_OF_CLASSES.add(key.name));
    }
  }

  private KafkaProperties() {}

  /**
   * The first flaw, in one line that names the property; empty where there is none. Values of names
   * that are not known are not repeated, since they may be secrets.
   */
  public static Optional<String> flaw(Properties given) {
    Map<String, String> properties = new TreeMap<>();
    given.stringPropertyNames().forEach(name -> properties.put(name, given.getProperty(name)));
    boolean classes = properties.keySet().stream().anyMatch(NAMES_OF_CLASSES::contains);
    return properties.keySet().stream()
        .flatMap(name -> flaw(name, properties, classes).stream())
        .findFirst();
  }

  private static Optional<String> flaw(
      String name, Map<String, String> properties, boolean classes) {
    if (NAMES.contains(name)) {
      // What a provider brings is not known yet.
      return properties.get(name).contains("${")
          ? Optional.empty()
          : CLIENTS.stream()
              .filter(client -> client.names().contains(name))
              .flatMap(client -> flaw(client, name, properties).stream())
              .findFirst();
    }
    String near = NearestWord.of(name, NAMES, true).orElseThrow();
    boolean typingError = NearestWord.distance(name, near) <= TYPING_ERROR;
    return name.startsWith(PROVIDERS) || (classes && !typingError)
        ? Optional.empty()
        : Optional.of(
            "kafka.properties.%s is no property of Kafka's clients; the nearest is %s"
                .formatted(name, near));
  }

  private static Optional<String> flaw(
      ConfigDef client, String name, Map<String, String> properties) {
    return client.validate(properties).stream()
        .filter(value -> value.name().equals(name))
        .map(ConfigValue::errorMessages)
        .flatMap(List::stream)
        .findFirst()
        .map(error -> "kafka.properties.%s cannot be: %s".formatted(name, error));
  }
}
