package io.streamforge.cli;

import io.streamforge.cli.cluster.ClusterCommand;
import io.streamforge.cli.cluster.UpgradeCommand;
import io.streamforge.cli.demo.DemoCommand;
import io.streamforge.cli.live.LiveCommand;
import io.streamforge.cli.live.LoadCommand;
import io.streamforge.cli.live.RecordCommand;
import io.streamforge.cli.recording.GenerateCommand;
import io.streamforge.cli.replay.FeedCommand;
import io.streamforge.cli.replay.ReplayCommand;
import io.streamforge.cli.snapshot.GraphsCommand;
import io.streamforge.cli.topics.CompareCommand;
import io.streamforge.cli.topics.TopicsCommand;
import io.streamforge.cli.view.ViewCommand;
import io.streamforge.settings.FileFault;
import io.streamforge.settings.SettingsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The commands of {@code ./streamforge}. */
@Command(
    name = "streamforge",
    description = "A live graph of a crypto market, from Kafka to Kafka, on Apache Flink.",
    mixinStandardHelpOptions = true,
    subcommands = {
      DemoCommand.class,
      LiveCommand.class,
      LoadCommand.class,
      ReplayCommand.class,
      ClusterCommand.class,
      UpgradeCommand.class,
      TopicsCommand.class,
      FeedCommand.class,
      CompareCommand.class,
      RecordCommand.class,
      GenerateCommand.class,
      ViewCommand.class,
      GraphsCommand.class,
      FeaturesCommand.class,
      SettingsCommand.class
    })
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args)); // Flink and Kafka may leave threads behind
  }

  /** All commands, with one way to be refused and one help text. */
  public static CommandLine commandLine() {
    CommandLine all =
        new CommandLine(new Main())
            .setExecutionExceptionHandler(Main::explain)
            .setParameterExceptionHandler(new WrongUsage())
            .setUsageHelpAutoWidth(true);
    UsageMessageSpec usage = all.getCommandSpec().usageMessage();
    usage.sectionKeys(List.of("all")).sectionMap(Map.of("all", help -> HelpText.all()));
    describeVersion(all);
    return all;
  }

  private static void describeVersion(CommandLine command) {
    command.getCommandSpec().versionProvider(new Version());
    command.getSubcommands().values().forEach(Main::describeVersion);
  }

  /** What a person can act on is one line; anything else is a defect and comes with its trace. */
  private static int explain(
      Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed) throws Exception {
    boolean expected =
        failure instanceof SettingsException
            || failure instanceof IllegalArgumentException
            || failure instanceof IOException
            || failure instanceof KafkaException
            || failure instanceof UncheckedIOException;
    if (!expected) {
      throw failure;
    }
    commandLine.getErr().println("streamforge: " + message(failure));
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String message(Exception failure) {
    if (failure instanceof UncheckedIOException unchecked) {
      return FileFault.message(unchecked.getCause());
    }
    if (failure instanceof IOException inFile) {
      return FileFault.message(inFile);
    }
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    // Kafka's client alone says no more than that it could not be made.
    return failure instanceof KafkaException && !failure.getMessage().equals(cause.getMessage())
        ? failure.getMessage() + ": " + cause.getMessage()
        : failure.getMessage();
  }
}
