package io.streamforge.kafka;

import io.streamforge.settings.SettingsException;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Whether Kafka keeps a transaction for as long as its commit may take, asked before the job
 * starts. One that the broker has aborted by then is lost, and a log line is all that says so.
 */
public final class TransactionLife {
  private static final String TIMEOUT =
      KafkaConnection.PROPERTIES + ProducerConfig.TRANSACTION_TIMEOUT_CONFIG;

  private TransactionLife() {}

  /**
   * The producer's timeout, which begins with the transaction.
   *
   * @param flink with the job's checkpoints
   * @param downKey setting of {@code down}
   * @param down how long the job may be down between a checkpoint and its commit
   * @throws SettingsException if a transaction may be committed later
   */
  public static void check(
      KafkaConnection connection, ReadableConfig flink, String downKey, Duration down) {
    if (!connection.isTransactional()) {
      return;
    }
    Duration open = longest(flink);
    long needed = open.plus(down).toMillis();
    if (timeoutMs(connection) < needed) {
      throw SettingsException.of(
          TIMEOUT,
          timeoutMs(connection),
          ("at least %d, and no more than transaction.max.timeout.ms of the broker, or exactly-once loses records: by"
                  + " execution.checkpointing (interval, min-pause, timeout, tolerable-failed-checkpoints) a"
                  + " transaction may be open for %d s, and the job down for %d s (%s)")
              .formatted(needed, open.toSeconds(), down.toSeconds(), downKey));
    }
  }

  /**
   * Until the last of the checkpoints that may fail one after the other has completed after all.
   */
  private static Duration longest(ReadableConfig flink) {
    Duration timeout = flink.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT);
    Duration interval = flink.get(CheckpointingOptions.CHECKPOINTING_INTERVAL);
    Duration afterTimeout =
        timeout.plus(flink.get(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS));
    Duration apart = interval.compareTo(afterTimeout) > 0 ? interval : afterTimeout;
    int attempts = 1 + flink.get(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER);
    return apart.multipliedBy(attempts).plus(timeout);
  }

  /**
   * The broker's limit, beyond which it refuses the producer.
   *
   * @throws SettingsException if the producer's is longer
   */
  static void checkBroker(KafkaConnection connection, long maxTimeoutMs) {
    if (timeoutMs(connection) > maxTimeoutMs) {
      throw SettingsException.of(
          TIMEOUT,
          timeoutMs(connection),
          "at most %d, which is transaction.max.timeout.ms of the broker".formatted(maxTimeoutMs));
    }
  }

  private static long timeoutMs(KafkaConnection connection) {
    String timeout = connection.producer().getProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);
    try {
      return Long.parseLong(timeout);
    } catch (NumberFormatException e) {
      throw SettingsException.of(TIMEOUT, timeout, "a whole number of milliseconds");
    }
  }
}
