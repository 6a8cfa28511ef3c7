package io.streamforge.runtime;

import io.streamforge.settings.SettingKey;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Two jobs that share Kafka, and no other group. */
final class TestJob {
  static final ConfigOption<Double> THRESHOLD =
      ConfigOptions.key(SettingKey.PREFIX + "alerts.threshold").doubleType().defaultValue(3.0);
  static final ConfigOption<Integer> HORIZON =
      ConfigOptions.key(SettingKey.PREFIX + "forecast.horizon").intType().defaultValue(60);

  static final KafkaOptions KAFKA = new KafkaOptions();
  static final JobOptions DETECTOR = job(JobNames.of("detector"), THRESHOLD);
  static final JobOptions PREDICTOR = job(JobNames.of("predictor"), HORIZON);

  private TestJob() {}

  private static JobOptions job(JobNames names, ConfigOption<?> own) {
    return new JobOptions(names, KAFKA, new SourceOptions(names), () -> List.of(own));
  }
}
