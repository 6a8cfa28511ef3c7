package io.streamforge.bench.experiment;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Rows of cells, printed below each other, as wide as the widest: the first to the left. */
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  /** Begins with the columns' names. */
  public Table(String... columns) {
    row(columns);
  }

  /** Adds a row, of as many cells as there are columns. */
  public Table row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** Prints it, behind an empty line. */
  public void print(PrintStream to) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    to.println();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String blank = " ".repeat(widths[i] - row.get(i).length());
        line.append("  ").append(i == 0 ? row.get(i) + blank : blank + row.get(i));
      }
      to.println(line.toString().stripTrailing());
    }
  }
}
