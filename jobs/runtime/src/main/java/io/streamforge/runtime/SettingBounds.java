package io.streamforge.runtime;

import io.streamforge.settings.SettingsException;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;

/** Bounds that durations have. */
final class SettingBounds {
  private SettingBounds() {}

  /**
   * Checks that durations are not shorter.
   *
   * @throws SettingsException if one is
   */
  @SafeVarargs
  static void atLeast(JobSettings settings, Duration least, ConfigOption<Duration>... options) {
    for (ConfigOption<Duration> option : options) {
      Duration given = settings.get(option);
      if (given.compareTo(least) < 0) {
        throw SettingsException.of(
            option.key(), given.toMillis() + " ms", "at least " + least.toMillis() + " ms");
      }
    }
  }

  /**
   * Checks that durations are not longer.
   *
   * @throws SettingsException if one is
   */
  @SafeVarargs
  static void atMost(JobSettings settings, Duration most, ConfigOption<Duration>... options) {
    for (ConfigOption<Duration> option : options) {
      Duration given = settings.get(option);
      if (given.compareTo(most) > 0) {
        throw SettingsException.of(
            option.key(), given.toMillis() + " ms", "at most " + most.toMillis() + " ms");
      }
    }
  }
}
