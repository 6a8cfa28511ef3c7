package io.streamforge.runtime;

import io.streamforge.settings.SettingKey;
import io.streamforge.settings.SettingsException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;

/**
 * Names of topics, no two of them alike: a job must not read what it writes. One without a default
 * is optional.
 */
public final class TopicOptions implements OptionGroup {
  private final List<ConfigOption<String>> topics;
  private final List<ConfigOption<String>> others;

  private TopicOptions(List<ConfigOption<String>> topics, List<ConfigOption<String>> others) {
    this.topics = topics;
    this.others = others;
  }

  public TopicOptions(List<ConfigOption<String>> topics) {
    this(topics, List.of());
  }

  /** The same topics, none of which is one of those. */
  public TopicOptions besides(TopicOptions those) {
    return new TopicOptions(topics, those.topics);
  }

  @Override
  public List<ConfigOption<?>> options() {
    return List.copyOf(topics);
  }

  @Override
  public void check(JobSettings settings) {
    Map<String, String> keys = new HashMap<>();
    for (ConfigOption<String> topic : Stream.concat(others.stream(), topics.stream()).toList()) {
      String name = settings.get(topic);
      if (name == null) {
        continue;
      }
      if (name.isBlank()) {
        throw SettingsException.of(topic.key(), name, "a topic's name");
      }
      String taken = keys.putIfAbsent(name, SettingKey.typed(topic.key()));
      if (taken != null) {
        throw SettingsException.of(topic.key(), name, "another topic than that of " + taken);
      }
    }
  }
}
