package io.streamforge.cli.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.RestOptions;

/** Flink's own command line, and the REST API of the Flink that it is for. */
public final class FlinkCommandLine {
  private final Path home;
  private final Path conf;

  /**
   * @param home of the project
   * @param conf folder of the config.yaml that says where Flink is
   */
  public FlinkCommandLine(Path home, Path conf) {
    this.home = home;
    this.conf = conf.toAbsolutePath();
  }

  public FlinkRest rest() {
    Configuration flink = GlobalConfiguration.loadConfiguration(conf.toString());
    return new FlinkRest(flink.get(RestOptions.ADDRESS), flink.get(RestOptions.PORT));
  }

  /**
   * Runs a command, and returns what it prints.
   *
   * @throws IOException with its last lines, if it fails
   */
  public String run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + home.resolve("src/cli/jvm.options"));
    command.add("-Dlog.file=" + Files.createTempDirectory("streamforge-cli-").resolve("cli.log"));
    command.add(
        "-Dlog4j.configurationFile=" + home.resolve("flink-conf/log4j-cli.properties").toUri());
    command.addAll(List.of("-cp", Files.readString(home.resolve("flink-conf/target/classpath"))));
    command.add("org.apache.flink.client.cli.CliFrontend");
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("FLINK_CONF_DIR", conf.toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException("`flink %s` fails: %s".formatted(arguments.get(0), said));
    }
    return said;
  }

  /** What a command prints where a pattern has its group. */
  public String run(Pattern pattern, List<String> arguments)
      throws IOException, InterruptedException {
    String said = run(arguments);
    Matcher matcher = pattern.matcher(said);
    if (!matcher.find()) {
      throw new IOException(
          "`flink %s` does not say what it should: %s".formatted(arguments.get(0), said));
    }
    return matcher.group(1);
  }
}
