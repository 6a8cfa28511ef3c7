package io.streamforge.runtime;

import io.streamforge.kafka.KafkaConnection;
import io.streamforge.kafka.KafkaSources;
import io.streamforge.kafka.StartPosition;
import io.streamforge.kafka.log.OnLostRecords;
import io.streamforge.settings.SettingKey;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Settings of every source in Kafka: as whom it reads, and from where. */
public final class SourceOptions implements OptionGroup {
  public static final ConfigOption<String> START =
      ConfigOptions.key(SettingKey.PREFIX + "source.start")
          .stringType()
          .defaultValue("committed")
          .withDescription(
              "Where a job without state begins: earliest, latest, committed (earliest if nothing is"
                  + " committed), or a time such as 2026-08-01T00:00:00Z.");

  public static final ConfigOption<OnLostRecords> ON_LOST_RECORDS =
      ConfigOptions.key(SettingKey.PREFIX + "source.on-lost-records")
          .enumType(OnLostRecords.class)
          .defaultValue(OnLostRecords.FAIL)
          .withDescription(
              "What the job does if Kafka has deleted records that it has not read. fail: it stops"
                  + " and says what is missing. skip: it goes on behind them, and their books are gap until"
                  + " a snapshot.");

  private final JobNames names;

  public SourceOptions(JobNames names) {
    this.names = names;
  }

  @Override
  public List<ConfigOption<?>> options() {
    return List.of(names.groupOption(), START, ON_LOST_RECORDS);
  }

  @Override
  public void check(JobSettings settings) {
    StartPosition.parse(START.key(), settings.get(START));
  }

  /** The sources of a job with these settings. */
  public static KafkaSources sources(JobSettings settings, KafkaConnection connection) {
    return new KafkaSources(
        connection,
        StartPosition.parse(START.key(), settings.get(START)),
        settings.get(ON_LOST_RECORDS));
  }
}
