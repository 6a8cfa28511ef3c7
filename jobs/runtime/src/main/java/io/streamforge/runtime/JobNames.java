package io.streamforge.runtime;

import io.streamforge.settings.SettingKey;
import io.streamforge.settings.SettingsException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/**
 * What a job is called, and with it, in Kafka, its consumer group and its transactions: jobs of two
 * names share neither. Uids have nothing of it, so that a savepoint of one name restores under
 * another.
 */
public final class JobNames implements OptionGroup {
  private static final String FAMILY = "streamforge";

  /** No colon, which separates names in transactional ids. */
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]+");

  private final ConfigOption<String> name;
  private final ConfigOption<String> group;

  private JobNames(String name, String group) {
    this.name =
        ConfigOptions.key(SettingKey.PREFIX + "job.name")
            .stringType()
            .defaultValue(name)
            .withDescription(
                "Name of the job. Jobs on one Kafka need different names, since the consumer group and"
                    + " the transactions are named after the job.");
    this.group =
        ConfigOptions.key(SettingKey.PREFIX + "source.group-id")
            .stringType()
            .defaultValue(group)
            .withDescription(
                "Consumer group, under which offsets are committed. If job.name is NAME, the default is"
                    + " streamforge-NAME.");
  }

  /** Of a job whose group is {@code streamforge-NAME}. */
  public static JobNames of(String name) {
    return new JobNames(name, FAMILY + "-" + name);
  }

  /** Of the first job, whose group was there before jobs had names. */
  public static JobNames ofFirst(String name) {
    return new JobNames(name, FAMILY);
  }

  /** The setting of the consumer group; the sources' group of settings lists it. */
  ConfigOption<String> groupOption() {
    return group;
  }

  /** The job's name. */
  public String name(JobSettings settings) {
    return settings.get(name);
  }

  /** Whether the job has the name that it has by default. */
  public boolean isDefault(JobSettings settings) {
    return name(settings).equals(name.defaultValue());
  }

  /** The job's consumer group: the one that is set, or that of its name. */
  public String group(JobSettings settings) {
    return settings.isSet(group) || isDefault(settings)
        ? settings.get(group)
        : FAMILY + "-" + name(settings);
  }

  /**
   * What the job's transactional ids begin with: its group, and its name where the group does not
   * tell it, because a cluster's configuration may set one group for several jobs.
   */
  public String transactions(JobSettings settings) {
    return settings.isSet(group) && !isDefault(settings)
        ? group(settings) + ":" + name(settings)
        : group(settings);
  }

  @Override
  public List<ConfigOption<?>> options() {
    return List.of(name);
  }

  @Override
  public void check(JobSettings settings) {
    if (!NAME.matcher(name(settings)).matches()) {
      throw SettingsException.of(
          name.key(), name(settings), "made of letters, digits, dots, dashes and underscores");
    }
  }
}
