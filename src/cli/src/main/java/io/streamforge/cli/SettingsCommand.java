package io.streamforge.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.settings.NearestWord;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code settings}: the job's settings. */
@Command(
    name = "settings",
    description = "Prints the job's settings, their defaults and what they mean.",
    mixinStandardHelpOptions = true)
final class SettingsCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "GROUP",
      description = "Those of groups alone, such as graph or source; or a setting by its name.")
  private List<String> groups = List.of();

  @ArgGroup private Form form = new Form();

  @Spec private CommandSpec spec;

  /** In place of text for a terminal. */
  private static final class Form {
    @Option(names = "--json", description = "As JSON: an array.")
    private boolean json;

    @Option(names = "--markdown", description = "As a table in Markdown.")
    private boolean markdown;
  }

  /** A setting in JSON. */
  private record Entry(
      String key, String group, @JsonProperty("default") String value, String meaning) {
    private static Entry of(SettingsTable.Row row) {
      return new Entry(row.key(), row.group(), row.value(), row.meaning());
    }
  }

  @Override
  public Integer call() throws IOException {
    List<SettingsTable.Row> rows = chosen();
    if (form.json) {
      List<Entry> entries = rows.stream().map(Entry::of).toList();
      System.out.println(
          new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(entries));
    } else if (form.markdown) {
      System.out.print(SettingsTable.markdown(rows));
    } else {
      System.out.print(SettingsText.of(rows, spec.commandLine().getUsageHelpWidth()));
    }
    return 0;
  }

  private List<SettingsTable.Row> chosen() {
    List<SettingsTable.Row> all = SettingsTable.all();
    for (String group : groups) {
      if (all.stream().noneMatch(row -> isOf(row, group))) {
        List<String> known =
            all.stream().flatMap(row -> Stream.of(row.group(), row.key())).distinct().toList();
        throw new ParameterException(
            spec.commandLine(),
            "there is no group or setting '%s'%s"
                .formatted(
                    group,
                    NearestWord.of(group, known, true)
                        .map(near -> "; the nearest is " + near)
                        .orElse("")));
      }
    }
    return all.stream()
        .filter(row -> groups.isEmpty() || groups.stream().anyMatch(group -> isOf(row, group)))
        .toList();
  }

  private static boolean isOf(SettingsTable.Row row, String group) {
    return row.key().equals(group) || row.key().startsWith(group + ".");
  }
}
