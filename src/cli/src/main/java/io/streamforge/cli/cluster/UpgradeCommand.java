package io.streamforge.cli.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code upgrade}: another jar, or other settings, for a job that runs. */
@Command(
    name = "upgrade",
    description =
        "Stops the job that runs with a savepoint, starts a jar from it, and returns when that has completed a"
            + " checkpoint of its own. No output is lost, and none differs.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class UpgradeCommand implements Callable<Integer> {
  @Option(
      names = "--jar",
      paramLabel = "FILE",
      description = "The jar to go on with. Default: the one that was built here.")
  private Path jar;

  @Option(
      names = "--job",
      paramLabel = "ID",
      description = "The job to be stopped. Default: the one that runs.")
  private String job;

  @Option(
      names = {"-p", "--parallelism"},
      paramLabel = "N",
      description = "Parallelism of the new job. Default: that of the old.")
  private Integer parallelism;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings of the new job; the old one's are not taken over.")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of the new job; the old one's are not taken over.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--flink-conf",
      paramLabel = "DIR",
      description =
          "Folder of the config.yaml of the Flink that the job runs on. Default: that of `streamforge cluster`.")
  private Path flinkConf;

  @Override
  public Integer call() throws IOException, InterruptedException {
    LocalCluster cluster = ClusterCommand.cluster();
    Path conf = flinkConf == null ? cluster.folder().resolve("conf") : flinkConf;
    if (!Files.exists(conf.resolve("config.yaml"))) {
      throw new IllegalArgumentException(
          flinkConf == null
              ? "no cluster: start one with `streamforge cluster start`"
              : flinkConf + " has no config.yaml");
    }
    Path next = jar == null ? built(cluster) : jar;
    if (!Files.isRegularFile(next)) {
      throw new IllegalArgumentException(next + ": no such file");
    }
    List<String> arguments = new ArrayList<>();
    if (config != null) {
      arguments.addAll(List.of("--config", config.toString()));
    }
    settings.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
    new Upgrade(new FlinkCommandLine(cluster.home(), conf), System.out::println)
        .run(job, next, parallelism, arguments);
    return 0;
  }

  private static Path built(LocalCluster cluster) throws IOException {
    Path folder = cluster.home().resolve("jobs/market-graph/target");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith("-job.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no jar in " + folder));
    }
  }
}
