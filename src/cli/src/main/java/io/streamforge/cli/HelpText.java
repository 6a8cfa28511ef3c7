package io.streamforge.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** The one help text of {@code ./streamforge}, which the script prints without Java. */
final class HelpText {
  private static final Pattern COMMAND = Pattern.compile("(?m)^  (\\w+) +\\S");

  private HelpText() {}

  static String all() {
    try (InputStream text = HelpText.class.getResourceAsStream("help.txt")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every command in it, those of the script too. */
  static List<String> commands() {
    return COMMAND.matcher(all()).results().map(found -> found.group(1)).toList();
  }
}
