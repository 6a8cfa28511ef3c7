package io.streamforge.cli.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * Starts the processes of a cluster, as the scripts of a Flink distribution do. Each is a JVM of
 * its own and goes on when this one ends.
 */
final class Launcher {
  private final Path home;
  private final Path folder;
  private final Configuration flink;

  /**
   * @param home of the project
   * @param folder of the cluster
   * @param flink as it stands in the cluster's folder
   */
  Launcher(Path home, Path folder, Configuration flink) {
    this.home = home;
    this.folder = folder;
    this.flink = flink;
  }

  ClusterProcess broker(String name, int port) throws IOException {
    return start(
        name,
        jvm(name, List.of("-Xmx512m"), ""),
        System.getProperty("java.class.path"),
        BrokerProcess.class.getName(),
        List.of(folder.resolve("kafka").toString(), String.valueOf(port)),
        0);
  }

  ClusterProcess zooKeeper(String name) throws IOException {
    Path data = Files.createDirectories(folder.resolve("zookeeper"));
    Files.writeString(data.resolve("myid"), "1");
    return start(
        name,
        jvm(name, List.of("-Xmx256m"), ""),
        flinkClassPath(),
        "org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer",
        List.of("--zkConfigFile", folder.resolve("conf/zoo.cfg").toString(), "--peerId", "1"),
        0);
  }

  ClusterProcess jobManager(String name, int metricsPort) throws IOException {
    JobManagerProcessSpec memory = JobManagerProcessUtils.processSpecFromConfig(flink);
    List<String> arguments = flinkArguments(metricsPort);
    arguments.addAll(List.of("--executionMode", "cluster"));
    arguments.addAll(words(JobManagerProcessUtils.generateDynamicConfigsStr(memory)));
    return start(
        name,
        jvm(
            name,
            words(JobManagerProcessUtils.generateJvmParametersStr(memory, flink)),
            flink.get(CoreOptions.FLINK_JM_JVM_OPTIONS)),
        flinkClassPath(),
        "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
        arguments,
        metricsPort);
  }

  ClusterProcess taskManager(String name, int metricsPort) throws IOException {
    TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(flink);
    List<String> arguments = flinkArguments(metricsPort);
    arguments.addAll(words(TaskExecutorProcessUtils.generateDynamicConfigsStr(memory)));
    // The same after a restart: its folder is by that name, and holds what it recovers from.
    arguments.add("-Dtaskmanager.resource-id=" + name);
    return start(
        name,
        jvm(
            name,
            words(ProcessMemoryUtils.generateJvmParametersStr(memory)),
            flink.get(CoreOptions.FLINK_TM_JVM_OPTIONS)),
        flinkClassPath(),
        "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
        arguments,
        metricsPort);
  }

  private String flinkClassPath() throws IOException {
    return Files.readString(home.resolve("flink-conf/target/classpath"));
  }

  private List<String> jvm(String name, List<String> memory, String ownOptions) {
    List<String> options = new ArrayList<>(memory);
    options.addAll(words(flink.get(CoreOptions.FLINK_JVM_OPTIONS)));
    options.addAll(words(ownOptions));
    options.add("-Dlog.file=" + log(folder, name));
    options.add("-Dlog4j.configurationFile=" + folder.resolve("conf/log4j.properties").toUri());
    return options;
  }

  private List<String> flinkArguments(int metricsPort) {
    return new ArrayList<>(
        List.of(
            "--configDir",
            folder.resolve("conf").toString(),
            "-Dmetrics.reporter.prom.port=" + metricsPort));
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }

  /** Where a process writes what it does. */
  private static Path log(Path folder, String name) {
    return folder.resolve("log").resolve(name + ".log");
  }

  /** What it says outside of that: the JVM's own last words. */
  private static Path output(Path folder, String name) {
    return folder.resolve("log").resolve(name + ".out");
  }

  /** Where to look for what went wrong. */
  static Path firstToRead(Path folder, String name) {
    return Files.exists(log(folder, name)) ? log(folder, name) : output(folder, name);
  }

  private ClusterProcess start(
      String name,
      List<String> jvm,
      String classPath,
      String main,
      List<String> arguments,
      int metricsPort)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add("nohup"); // a terminal that closes must not end it
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output(folder, name).toFile()));
    // RocksDB allocates in many threads: of glibc's heaps, one for each, what one frees another
    // cannot use.
    builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
    return ClusterProcess.of(name, builder.start().toHandle(), metricsPort);
  }
}
