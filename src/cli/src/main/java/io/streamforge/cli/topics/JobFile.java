package io.streamforge.cli.topics;

import io.streamforge.runtime.Arguments;
import io.streamforge.settings.SettingKey;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option {@code --config} of commands that know a job's settings. */
public final class JobFile {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings of the job, a line each: key = value. Those of --set win.")
  private Path file;

  /**
   * The settings of the file, if one was given, and over them others.
   *
   * @param given as in {@code --set}
   * @return by keys without {@value SettingKey#PREFIX}
   * @throws io.streamforge.settings.SettingsException if the file cannot be read
   */
  public Map<String, String> under(Map<String, String> given) {
    Map<String, String> all = new LinkedHashMap<>();
    if (file != null) {
      Arguments.file(file).forEach((key, value) -> all.put(SettingKey.typed(key), value));
    }
    given.forEach((key, value) -> all.put(SettingKey.typed(key), value));
    return all;
  }
}
