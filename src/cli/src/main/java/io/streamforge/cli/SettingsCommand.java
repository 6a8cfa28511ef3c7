package io.streamforge.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code settings}: the job's settings. */
@Command(
    name = "settings",
    description = "Prints the job's settings, their defaults and what they mean.",
    mixinStandardHelpOptions = true)
final class SettingsCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    System.out.print(SettingsTable.markdown());
    return 0;
  }
}
