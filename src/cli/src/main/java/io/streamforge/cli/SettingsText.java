package io.streamforge.cli;

import java.util.List;

/** Settings as text that fits a terminal: a line as a file of settings has it, and its meaning. */
final class SettingsText {
  private static final String INDENT = "    ";

  private SettingsText() {}

  /**
   * All of it.
   *
   * @param width in columns, which no line of words exceeds
   */
  static String of(List<SettingsTable.Row> rows, int width) {
    StringBuilder text = new StringBuilder(1 << 14);
    for (SettingsTable.Row row : rows) {
      text.append(row.key()).append(row.value() == null ? " has no default" : " = " + row.value());
      text.append('\n');
      wrap(row.meaning(), width, text);
      text.append('\n');
    }
    return text.toString();
  }

  private static void wrap(String meaning, int width, StringBuilder text) {
    int column = 0;
    for (String word : meaning.split(" ", -1)) {
      if (column > 0 && column + 1 + word.length() <= width) {
        text.append(' ').append(word);
        column += 1 + word.length();
      } else {
        text.append(column > 0 ? "\n" : "").append(INDENT).append(word);
        column = INDENT.length() + word.length();
      }
    }
    text.append('\n');
  }
}
