package io.streamforge.cli;

import io.streamforge.marketgraph.MarketGraphOptions;
import io.streamforge.settings.SettingKey;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;

/** The job's settings, and the table of them in docs/settings.md. */
public final class SettingsTable {
  private static final Row PROPERTIES =
      new Row("kafka.properties.*", null, "Handed to Kafka's clients: security, compression.");

  private SettingsTable() {}

  /**
   * A setting.
   *
   * @param key as people type it
   * @param value its default; null for none
   * @param meaning in a sentence or more
   */
  record Row(String key, String value, String meaning) {
    private static Row of(ConfigOption<?> option) {
      Object value = option.defaultValue();
      return new Row(
          SettingKey.typed(option.key()),
          value == null
              ? null
              : value instanceof Duration d
                  ? TimeUtils.formatWithHighestUnit(d)
                  : String.valueOf(value),
          new HtmlFormatter().format(option.description()));
    }

    /** What its key begins with. */
    String group() {
      return key.substring(0, key.indexOf('.'));
    }

    private String markdown() {
      String shown = value == null ? (equals(PROPERTIES) ? " " : "  ") : " `" + value + "` ";
      return "| `%s` |%s| %s |".formatted(key, shown, meaning);
    }
  }

  /** All of them, in the order of their groups. */
  static List<Row> all() {
    return Stream.concat(MarketGraphOptions.JOB.all().stream().map(Row::of), Stream.of(PROPERTIES))
        .toList();
  }

  /** GitHub-flavoured Markdown, a line a setting. */
  public static String markdown() {
    return markdown(all());
  }

  static String markdown(List<Row> rows) {
    return "| setting | default | meaning |\n|---|---|---|\n"
        + rows.stream().map(row -> row.markdown() + "\n").collect(Collectors.joining());
  }
}
