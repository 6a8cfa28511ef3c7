package io.streamforge.bench;

import io.streamforge.bench.latency.LatencyExperiment;
import io.streamforge.bench.micro.MicroCommand;
import io.streamforge.bench.pairs.PairsExperiment;
import io.streamforge.bench.scale.ScaleExperiment;
import io.streamforge.bench.store.StoreExperiment;
import io.streamforge.bench.throughput.ThroughputExperiment;
import io.streamforge.settings.SettingsException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./streamforge bench}: one command a benchmark. */
@Command(
    name = "bench",
    description =
        "Benchmarks. Each prints a table and writes its figures to target/bench/NAME.json.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ThroughputExperiment.class,
      LatencyExperiment.class,
      ScaleExperiment.class,
      StoreExperiment.class,
      PairsExperiment.class,
      MicroCommand.class
    })
public final class Bench implements Runnable {
  @Spec private CommandSpec spec;

  private Bench() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args)); // Flink may leave threads behind
  }

  static CommandLine commandLine() {
    return new CommandLine(new Bench())
        .setExecutionExceptionHandler(Bench::explain)
        .setUsageHelpAutoWidth(true);
  }

  /** What a person can act on is one line; anything else is a defect and comes with its trace. */
  private static int explain(
      Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed) throws Exception {
    boolean expected =
        failure instanceof SettingsException
            || failure instanceof IllegalArgumentException
            || failure instanceof IOException;
    if (!expected) {
      throw failure;
    }
    String suffix = failure instanceof NoSuchFileException ? ": no such file" : "";
    commandLine.getErr().println("streamforge: " + failure.getMessage() + suffix);
    return CommandLine.ExitCode.SOFTWARE;
  }

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }
}
