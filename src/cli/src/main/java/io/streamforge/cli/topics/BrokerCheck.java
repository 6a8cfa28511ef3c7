package io.streamforge.cli.topics;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * Asks Kafka for a sign of life before a command does anything else. Kafka's own clients ask for
 * longer, and log each attempt.
 */
public final class BrokerCheck implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int PROBE_MS = 500;

  /** Those that say what the exception says, once for each attempt. */
  private static final String[] LOGGERS = {
    "org.apache.kafka.clients.NetworkClient",
    "org.apache.kafka.clients.ClientUtils",
    "org.apache.kafka.clients.admin.internals.AdminMetadataManager"
  };

  private final String brokers;
  private final Admin admin;

  private BrokerCheck(String brokers, Properties kafka) {
    this.brokers = brokers;
    this.admin = Admin.create(kafka);
  }

  /**
   * Returns when Kafka has answered, and has the topics.
   *
   * @param kafka what else its client is to know: a login for one
   * @param topics none where it does not matter
   * @throws IOException if it does not answer within 5 s
   * @throws KafkaException if it refuses to
   * @throws IllegalArgumentException if a topic is missing, or the brokers' names cannot be
   */
  public static void check(String brokers, Properties kafka, Collection<String> topics)
      throws IOException, InterruptedException {
    Properties properties = new Properties();
    properties.putAll(kafka);
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
    String patience = String.valueOf(PATIENCE.toMillis());
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, patience);
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, patience);
    log(Level.OFF);
    try (BrokerCheck check = new BrokerCheck(brokers, properties)) {
      check.answers();
      check.has(topics);
    } catch (KafkaException e) {
      if (e.getCause() instanceof ConfigException wrong
          && wrong.getMessage().contains(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG)) {
        throw new IllegalArgumentException(
            "--bootstrap-servers is '%s', must be HOST:PORT of Kafka's brokers, comma-separated: %s"
                .formatted(brokers, wrong.getMessage()),
            e);
      }
      throw e;
    } finally {
      log(Level.WARN);
    }
  }

  private static void log(Level level) {
    for (String logger : LOGGERS) {
      Configurator.setLevel(logger, level);
    }
  }

  private void answers() throws IOException, InterruptedException {
    try {
      admin.describeCluster().nodes().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TimeoutException)) {
        throw new KafkaException(e.getCause().getMessage(), e.getCause());
      }
      throw new IOException(
          "no Kafka answers at %s within %d s%s: is it running, and is --bootstrap-servers right?"
              .formatted(brokers, PATIENCE.toSeconds(), probe()),
          e);
    }
  }

  /** What an ordinary connection comes to. */
  private String probe() {
    String first = brokers.split(",", 2)[0].strip();
    int colon = first.lastIndexOf(':');
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(
              first.substring(0, colon), Integer.parseInt(first.substring(colon + 1))),
          PROBE_MS);
      return " (something else listens there, or it wants a login or TLS)";
    } catch (UnknownHostException e) {
      return " (unknown host)";
    } catch (IOException | RuntimeException e) {
      return " (" + e.getMessage() + ")";
    }
  }

  private void has(Collection<String> topics) throws InterruptedException {
    for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
        admin.describeTopics(topics).topicNameValues().entrySet()) {
      try {
        topic.getValue().get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof UnknownTopicOrPartitionException) {
          throw new IllegalArgumentException(
              "there is no topic %s at %s; `streamforge topics` makes those of the job"
                  .formatted(topic.getKey(), brokers),
              e);
        }
        if (!(e.getCause() instanceof AuthorizationException)) { // who may not know may yet write
          throw new KafkaException(e.getCause().getMessage(), e.getCause());
        }
      }
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
