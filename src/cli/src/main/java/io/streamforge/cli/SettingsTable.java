package io.streamforge.cli;

import io.streamforge.marketgraph.MarketGraphOptions;
import io.streamforge.settings.SettingKey;
import java.time.Duration;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;

/** The job's settings as the table of docs/settings.md. */
public final class SettingsTable {
  private SettingsTable() {}

  /** GitHub-flavoured Markdown, a line a setting. */
  public static String markdown() {
    String rows =
        MarketGraphOptions.JOB.all().stream()
            .map(SettingsTable::row)
            .collect(Collectors.joining("\n"));
    return "| setting | default | meaning |\n|---|---|---|\n"
        + rows
        + "\n| `kafka.properties.*` | | Handed to Kafka's clients: security, compression. |\n";
  }

  private static String row(ConfigOption<?> option) {
    Object value = option.defaultValue();
    String text =
        value == null
            ? ""
            : "`"
                + (value instanceof Duration d ? TimeUtils.formatWithHighestUnit(d) : value)
                + "`";
    return "| `%s` | %s | %s |"
        .formatted(
            option.key().substring(SettingKey.PREFIX.length()),
            text,
            new HtmlFormatter().format(option.description()));
  }
}
