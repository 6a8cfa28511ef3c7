package io.streamforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/** What a command ends with, and what it has said. */
record CommandRun(int status, String out, String errors) {
  static CommandRun of(String... words) {
    PrintStream console = System.out;
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    StringWriter errors = new StringWriter();
    try (PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      int status =
          Main.commandLine()
              .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
              .setErr(new PrintWriter(errors))
              .execute(words);
      return new CommandRun(status, shown.toString(StandardCharsets.UTF_8), errors.toString());
    } finally {
      System.setOut(console);
    }
  }

  /** What a command says that refuses, which is one line. */
  static String refused(String... words) {
    CommandRun run = of(words);
    assertThat(run.status).isNotZero();
    assertThat(run.errors.lines()).as(run.errors).hasSize(1);
    return run.errors;
  }
}
