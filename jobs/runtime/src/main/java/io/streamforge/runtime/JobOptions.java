package io.streamforge.runtime;

import io.streamforge.settings.NearestWord;
import io.streamforge.settings.SettingKey;
import io.streamforge.settings.SettingsException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;

/**
 * The settings that a job has: its names and a list of groups. Keys begin with {@value
 * SettingKey#PREFIX}; what follows up to the next dot is a segment, such as {@code kafka}, and
 * tells whether a key in a configuration that several jobs share is this job's business.
 */
public final class JobOptions {
  private final JobNames names;
  private final List<OptionGroup> groups;
  private final List<ConfigOption<?>> all;
  private final Set<String> segments;

  public JobOptions(JobNames names, OptionGroup... groups) {
    this.names = names;
    this.groups = Stream.concat(Stream.of(names), Stream.of(groups)).toList();
    this.all = this.groups.stream().<ConfigOption<?>>flatMap(g -> g.options().stream()).toList();
    this.segments =
        Stream.concat(
                all.stream().map(ConfigOption::key),
                this.groups.stream().flatMap(group -> group.openPrefixes().stream()))
            .map(JobOptions::segment)
            .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** What the job is called. */
  public JobNames names() {
    return names;
  }

  /** All settings that have a key of their own, in the order of the documentation. */
  public List<ConfigOption<?>> all() {
    return all;
  }

  List<OptionGroup> groups() {
    return groups;
  }

  /** Whether a key's segment is one of the job's, be the key right or not. */
  boolean owns(String key) {
    return segments.contains(segment(key));
  }

  /**
   * The setting of a key.
   *
   * @throws SettingsException if there is none; the message names the nearest that there is
   */
  ConfigOption<?> option(String key, String value) {
    return known(key)
        .or(() -> open(key))
        .orElseThrow(
            () ->
                new SettingsException(
                    "%s is no setting (given as '%s'); %s"
                        .formatted(SettingKey.typed(key), value, instead(key))));
  }

  private Optional<ConfigOption<?>> known(String key) {
    for (ConfigOption<?> option : all) {
      if (option.key().equals(key)) {
        return Optional.of(option);
      }
    }
    return Optional.empty();
  }

  private Optional<ConfigOption<?>> open(String key) {
    for (OptionGroup group : groups) {
      for (String prefix : group.openPrefixes()) {
        if (key.startsWith(prefix) && key.length() > prefix.length()) {
          return Optional.of(group.open(key));
        }
      }
    }
    return Optional.empty();
  }

  /** The group that a setting is of. */
  OptionGroup group(ConfigOption<?> option) {
    for (OptionGroup group : groups) {
      if (group.options().contains(option)
          || group.openPrefixes().stream().anyMatch(option.key()::startsWith)) {
        return group;
      }
    }
    throw new IllegalArgumentException(option.key());
  }

  private String instead(String key) {
    String segment = segment(key);
    List<String> candidates =
        all.stream()
            .map(ConfigOption::key)
            .filter(known -> !owns(key) || segment(known).equals(segment))
            .map(SettingKey::typed)
            .toList();
    return NearestWord.of(SettingKey.typed(key), candidates, owns(key))
        .map(near -> "the nearest is " + near)
        .orElseGet(() -> "settings begin with " + String.join(", ", segments));
  }

  private static String segment(String key) {
    String typed = SettingKey.typed(key);
    int dot = typed.indexOf('.');
    return dot < 0 ? typed : typed.substring(0, dot);
  }
}
