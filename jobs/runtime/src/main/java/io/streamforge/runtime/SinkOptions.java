package io.streamforge.runtime;

import io.streamforge.kafka.KafkaConnection;
import io.streamforge.kafka.TransactionLife;
import io.streamforge.settings.SettingKey;
import io.streamforge.settings.SettingsException;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.base.DeliveryGuarantee;

/** Settings of every sink in Kafka: what is delivered how often. */
public final class SinkOptions implements OptionGroup {
  private static final String GUARANTEES = "at-least-once or exactly-once";

  public static final ConfigOption<DeliveryGuarantee> DELIVERY_GUARANTEE =
      ConfigOptions.key(SettingKey.PREFIX + KafkaConnection.DELIVERY_GUARANTEE)
          .enumType(DeliveryGuarantee.class)
          .defaultValue(DeliveryGuarantee.AT_LEAST_ONCE)
          .withDescription(
              "at-least-once: records are visible at once, a repeat is byte-identical; exactly-once: Kafka transactions,"
                  + " visible at each checkpoint.");

  public static final ConfigOption<Duration> MAX_DOWNTIME =
      ConfigOptions.key(SettingKey.PREFIX + "sink.max-downtime")
          .durationType()
          .defaultValue(Duration.ofMinutes(5))
          .withDescription(
              "With exactly-once: how long the job may be down between a checkpoint and its commit"
                  + " without losing output. The job starts only if Kafka keeps transactions that long.");

  @Override
  public List<ConfigOption<?>> options() {
    return List.of(DELIVERY_GUARANTEE, MAX_DOWNTIME);
  }

  @Override
  public String form(ConfigOption<?> option) {
    return option.equals(DELIVERY_GUARANTEE) ? GUARANTEES : OptionGroup.super.form(option);
  }

  @Override
  public void check(JobSettings settings) {
    if (settings.get(DELIVERY_GUARANTEE) == DeliveryGuarantee.NONE) {
      throw SettingsException.of(DELIVERY_GUARANTEE.key(), "none", GUARANTEES);
    }
  }

  /**
   * Checks that Kafka keeps a transaction until it is committed.
   *
   * @param flink with the job's checkpoints
   * @throws SettingsException if it may not
   */
  public static void checkTransactions(
      JobSettings settings, KafkaConnection connection, ReadableConfig flink) {
    TransactionLife.check(
        connection, flink, SettingKey.typed(MAX_DOWNTIME.key()), settings.get(MAX_DOWNTIME));
  }
}
