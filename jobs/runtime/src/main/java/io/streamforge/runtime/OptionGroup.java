package io.streamforge.runtime;

import io.streamforge.settings.SettingKey;
import io.streamforge.settings.SettingsException;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;

/** Settings that belong to one thing: their keys and defaults, and what their values must be. */
public interface OptionGroup {

  /** The settings, in the order of the documentation. */
  List<ConfigOption<?>> options();

  /**
   * What the keys that end in a name of the user's choice begin with, such as {@code
   * streamforge.kafka.properties.}
   */
  default List<String> openPrefixes() {
    return List.of();
  }

  /**
   * The setting of a key that begins with one of the {@link #openPrefixes}.
   *
   * @param key with {@value SettingKey#PREFIX}
   */
  default ConfigOption<?> open(String key) {
    throw new IllegalArgumentException(key);
  }

  /** What a value must look like. */
  default String form(ConfigOption<?> option) {
    Object example = option.defaultValue();
    return example instanceof Duration
        ? "a duration such as 500 ms or 10 s"
        : "of the form of its default, " + example;
  }

  /**
   * Checks the values, which are of the right form.
   *
   * @throws SettingsException if one is out of bounds, or two clash
   */
  default void check(JobSettings settings) {}
}
