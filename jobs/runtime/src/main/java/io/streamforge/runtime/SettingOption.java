package io.streamforge.runtime;

import io.streamforge.settings.SettingKey;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Makes settings of the usual forms; their keys are given without the prefix. */
public final class SettingOption {
  private SettingOption() {}

  /** A text. */
  public static ConfigOption<String> text(String key, String value, String description) {
    return ConfigOptions.key(SettingKey.PREFIX + key)
        .stringType()
        .defaultValue(value)
        .withDescription(description);
  }

  /** A whole number. */
  public static ConfigOption<Integer> whole(String key, int value, String description) {
    return ConfigOptions.key(SettingKey.PREFIX + key)
        .intType()
        .defaultValue(value)
        .withDescription(description);
  }

  /** A duration. */
  public static ConfigOption<Duration> duration(String key, Duration value, String description) {
    return ConfigOptions.key(SettingKey.PREFIX + key)
        .durationType()
        .defaultValue(value)
        .withDescription(description);
  }
}
