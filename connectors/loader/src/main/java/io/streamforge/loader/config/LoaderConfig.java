package io.streamforge.loader.config;

import io.streamforge.settings.SettingsException;
import io.streamforge.topic.KafkaProperties;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * All that a loader is told.
 *
 * @param bootstrapServers Kafka's brokers
 * @param kafka what else Kafka's clients are to know
 * @param httpHost where metrics and health are served
 * @param httpPort likewise; 0 for any that is free
 * @param queueMb megabytes that may wait for Kafka
 * @param ca certificates to trust in place of the JDK's; null for those
 */
public record LoaderConfig(
    String bootstrapServers,
    Map<String, String> kafka,
    TopicConfig topics,
    String httpHost,
    int httpPort,
    int queueMb,
    Path ca,
    List<FeedConfig> feeds) {

  public static final String HTTP_HOST = "127.0.0.1";
  public static final int HTTP_PORT = 9_400;
  public static final int QUEUE_MB = 256;

  /**
   * Checks it.
   *
   * @throws SettingsException in one line, at the first value that cannot be
   */
  public LoaderConfig {
    if (bootstrapServers == null || bootstrapServers.isBlank()) {
      throw SettingsException.of("kafka.bootstrap-servers", bootstrapServers, "HOST:PORT");
    }
    topics.check();
    if (httpPort < 0 || httpPort > 65_535) {
      throw SettingsException.of("http.port", httpPort, "0 to 65535");
    }
    if (queueMb < 32 || queueMb > 4_096) {
      throw SettingsException.of("queue-mb", queueMb, "32 to 4096");
    }
    if (feeds == null || feeds.isEmpty()) {
      throw SettingsException.of("feeds", feeds, "a list with a feed or more");
    }
    for (int i = 0; i < feeds.size(); i++) {
      feeds.get(i).check("feeds[%d].".formatted(i));
    }
    Map<String, Long> venues =
        feeds.stream().collect(Collectors.groupingBy(FeedConfig::venue, Collectors.counting()));
    venues.forEach(
        (venue, count) -> {
          if (count > 1) {
            throw SettingsException.of(
                "feeds", venue, "a venue of one feed: its budgets are those of the venue");
          }
        });
    KafkaProperties.flaw(properties(kafka))
        .ifPresent(
            flaw -> {
              throw new SettingsException(flaw);
            });
  }

  /** A loader of these feeds, all else as usual. */
  public static LoaderConfig of(String bootstrapServers, Path ca, List<FeedConfig> feeds) {
    return new LoaderConfig(
        bootstrapServers, Map.of(), TopicConfig.USUAL, HTTP_HOST, HTTP_PORT, QUEUE_MB, ca, feeds);
  }

  /** The same, with metrics and health on another port. */
  public LoaderConfig onPort(int port) {
    return new LoaderConfig(bootstrapServers, kafka, topics, httpHost, port, queueMb, ca, feeds);
  }

  /** The same, for these brokers. */
  public LoaderConfig on(String brokers) {
    return new LoaderConfig(brokers, kafka, topics, httpHost, httpPort, queueMb, ca, feeds);
  }

  /** What Kafka's clients are to know beside the brokers. */
  public Properties kafkaProperties() {
    return properties(kafka);
  }

  private static Properties properties(Map<String, String> kafka) {
    Properties properties = new Properties();
    kafka.forEach(
        (name, value) -> {
          if (value == null) {
            throw SettingsException.of("kafka.properties." + name, value, "a value");
          }
          properties.put(name, value);
        });
    return properties;
  }
}
