package io.streamforge.runtime;

import io.streamforge.settings.SettingKey;
import io.streamforge.settings.SettingsException;
import java.time.Duration;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * A job's settings, checked: an unknown key, a value of the wrong form or out of bounds, and
 * settings that clash are a {@link SettingsException}.
 */
public final class JobSettings {
  private static final Duration MAX_DURATION = Duration.ofDays(36_500);

  private final JobOptions job;
  private final Configuration configuration = new Configuration();

  /**
   * Reads settings.
   *
   * @param values by keys with or without {@value SettingKey#PREFIX}, all of them the job's
   */
  public JobSettings(JobOptions job, Map<String, String> values) {
    this.job = job;
    Map<String, String> sorted = new TreeMap<>();
    values.forEach((key, value) -> sorted.put(SettingKey.full(key), value));
    sorted.forEach((key, value) -> set(job.option(key, value), value));
    job.groups().forEach(group -> group.check(this));
  }

  private void set(ConfigOption<?> option, String value) {
    configuration.setString(option.key(), value);
    try {
      configuration.get(option);
    } catch (IllegalArgumentException e) {
      throw SettingsException.of(option.key(), value, job.group(option).form(option));
    }
    checkDuration(option);
  }

  private void checkDuration(ConfigOption<?> option) {
    if (configuration.get(option) instanceof Duration duration
        && (duration.isNegative() || duration.compareTo(MAX_DURATION) > 0)) {
      throw SettingsException.of(
          option.key(), duration, "from 0 to " + MAX_DURATION.toDays() + " d");
    }
  }

  /** What the job is called. */
  public JobNames names() {
    return job.names();
  }

  /** A setting's value. */
  public <T> T get(ConfigOption<T> option) {
    return configuration.get(option);
  }

  /** Whether a setting is given, be it as its default. */
  public boolean isSet(ConfigOption<?> option) {
    return configuration.contains(option);
  }

  /** A duration in microseconds. */
  public long micros(ConfigOption<Duration> option) {
    return get(option).toNanos() / 1000;
  }

  /** The names that the user has chosen after one of a group's open prefixes. */
  public SortedSet<String> namesAfter(String prefix) {
    SortedSet<String> names = new TreeSet<>();
    for (String key : configuration.keySet()) {
      if (key.startsWith(prefix)) {
        names.add(key.substring(prefix.length()));
      }
    }
    return names;
  }
}
