package io.streamforge.bench;

import io.streamforge.bench.store.StoreCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./streamforge bench}: one command a benchmark. */
@Command(
    name = "bench",
    description =
        "Benchmarks. Each prints a table and writes its figures to target/bench/NAME.json.",
    mixinStandardHelpOptions = true,
    subcommands = StoreCommand.class)
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args)); // Flink may leave threads behind
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main()).setUsageHelpAutoWidth(true);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which one?");
  }
}
