package io.streamforge.job;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What the broker says of the topics that the job reads, asked before the job starts. */
record KafkaTopics(int orderbookPartitions, int tradePartitions) {
  private static final int TIMEOUT_SECONDS = 10;

  /**
   * Asks the broker.
   *
   * @throws SettingsException if it does not answer, or a topic does not exist
   */
  static KafkaTopics describe(Settings settings) {
    Properties properties = settings.kafkaProperties();
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    String orderbooks = settings.get(StreamForgeOptions.ORDERBOOKS_TOPIC);
    String trades = settings.get(StreamForgeOptions.TRADES_TOPIC);
    try (Admin admin = Admin.create(properties)) {
      Map<String, TopicDescription> topics =
          admin
              .describeTopics(List.of(orderbooks, trades))
              .allTopicNames()
              .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      return new KafkaTopics(
          topics.get(orderbooks).partitions().size(), topics.get(trades).partitions().size());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        throw new SettingsException(
            "source.orderbooks.topic is '%s' and source.trades.topic is '%s', at least one of them does not exist at %s"
                .formatted(orderbooks, trades, settings.bootstrapServers()));
      }
      throw unreachable(settings, e.getCause().getMessage());
    } catch (TimeoutException e) {
      throw unreachable(settings, "no answer within %d s".formatted(TIMEOUT_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(settings, "interrupted");
    } catch (org.apache.kafka.common.KafkaException e) {
      throw unreachable(
          settings, e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
    }
  }

  private static SettingsException unreachable(Settings settings, String why) {
    return SettingsException.of(
        StreamForgeOptions.BOOTSTRAP_SERVERS.key(),
        settings.bootstrapServers(),
        "host:port of a broker that can be reached (" + why + ")");
  }
}
