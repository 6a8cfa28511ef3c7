package io.streamforge.cli;

import io.streamforge.settings.NearestWord;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** What a person hears who mistyped: one line, with what comes nearest. */
final class WrongUsage implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command
        .getErr()
        .printf("streamforge: %s; see ./%s --help%n", text(command, e).replace('\n', ' '), name);
    return CommandLine.ExitCode.USAGE;
  }

  private static String text(CommandLine command, ParameterException e) {
    List<String> unknown = command.getUnmatchedArguments();
    if (!unknown.isEmpty()) {
      return unknown(command, unknown.get(0));
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      return command.getCommandName()
          + " needs "
          + missing.getMissing().stream().map(WrongUsage::given).collect(Collectors.joining(", "));
    }
    if (e.getArgSpec() != null && e.getValue() != null) {
      return "%s is '%s', must be %s"
          .formatted(name(e.getArgSpec()), e.getValue(), expected(e.getArgSpec()));
    }
    return e.getMessage()
        .replaceFirst(
            "^Error: Missing required argument \\(specify one of these\\):",
            command.getCommandName() + " needs one of these:")
        .replaceFirst("^Error: ", "");
  }

  private static String unknown(CommandLine command, String word) {
    boolean commands = !command.getSubcommands().isEmpty();
    if (word.startsWith("-")) {
      List<String> options =
          command.getCommandSpec().options().stream().map(OptionSpec::longestName).toList();
      return "%s has no option %s%s"
          .formatted(command.getCommandName(), word, nearest(word.split("=", 2)[0], options));
    }
    if (!commands) {
      return "%s has no use for '%s'".formatted(command.getCommandName(), word);
    }
    boolean top = command.getParent() == null;
    return "there is no command '%s'%s"
        .formatted(
            word, nearest(word, top ? HelpText.commands() : command.getSubcommands().keySet()));
  }

  private static String nearest(String word, Collection<String> candidates) {
    return NearestWord.of(word, candidates, false)
        .map(near -> "; the nearest is " + near)
        .orElse("");
  }

  private static String given(ArgSpec argument) {
    return argument.isOption() ? name(argument) + " " + argument.paramLabel() : name(argument);
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String expected(ArgSpec argument) {
    Class<?> type = argument.auxiliaryTypes()[0];
    if (Map.class.isAssignableFrom(argument.type())) {
      return "KEY=VALUE";
    }
    if (type == URI.class) {
      return "an address such as wss://host/path";
    }
    return type == Path.class ? "a path" : "a whole number";
  }
}
