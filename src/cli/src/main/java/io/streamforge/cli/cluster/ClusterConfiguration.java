package io.streamforge.cli.cluster;

import io.streamforge.runtime.KafkaOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/**
 * Flink's configuration of a cluster on this machine: the files of flink-conf, and in the place of
 * site.yaml this machine's addresses and the cluster's folders.
 */
public final class ClusterConfiguration {
  private static final String HOST = "localhost";

  private ClusterConfiguration() {}

  /** The memory profiles that a folder of configuration files has. */
  public static List<String> memoryProfiles(Path flinkConf) throws IOException {
    try (Stream<Path> files = Files.list(flinkConf)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("memory-.*\\.yaml"))
          .map(name -> name.replaceAll("memory-|\\.yaml", ""))
          .sorted((a, b) -> a.length() == b.length() ? a.compareTo(b) : a.length() - b.length())
          .toList();
    }
  }

  /**
   * Several files as Flink reads them when they stand in one.
   *
   * @param work an empty folder
   */
  public static Configuration read(Path work, Path flinkConf, List<String> names)
      throws IOException {
    StringBuilder all = new StringBuilder();
    for (String name : names) {
      all.append(Files.readString(flinkConf.resolve(name))).append('\n');
    }
    Path file = work.resolve(GlobalConfiguration.FLINK_CONF_FILENAME);
    Files.writeString(file, all);
    return GlobalConfiguration.loadConfiguration(work.toString());
  }

  /**
   * Writes a cluster's folder of configuration files.
   *
   * @param folder of the cluster
   * @param rpcPort where TaskManagers find the JobManager
   * @param zooKeeperPort 0 for none
   */
  static Configuration write(
      Path folder, Path flinkConf, ClusterPlan plan, int rpcPort, int zooKeeperPort)
      throws IOException {
    Path conf = Files.createDirectories(folder.resolve("conf"));
    List<String> names =
        new ArrayList<>(List.of("config.yaml", "memory-" + plan.memory() + ".yaml"));
    if (plan.highlyAvailable()) {
      names.add("high-availability.yaml");
    }
    Configuration flink = read(conf, flinkConf, names);
    flink.addAll(site(folder, plan, rpcPort, zooKeeperPort));
    List<String> lines = new ArrayList<>();
    lines.add("# Written by ./streamforge cluster start, of " + names + " in " + flinkConf);
    lines.add("# and of this machine's addresses and folders: change those files, not this one.");
    lines.addAll(ConfigurationUtils.convertConfigToWritableLines(flink, true));
    Files.write(conf.resolve(GlobalConfiguration.FLINK_CONF_FILENAME), lines);
    for (String name : List.of("log4j.properties", "log4j-cli.properties")) {
      Files.copy(flinkConf.resolve(name), conf.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    Files.writeString(
        conf.resolve("zoo.cfg"),
        """
        sampleTime=1000
        dataDir=%s
        clientPort=%d
        clientPortAddress=%s
        admin.enableServer=false
        """
            .formatted(folder.resolve("zookeeper"), zooKeeperPort, HOST));
    return flink;
  }

  private static Configuration site(Path folder, ClusterPlan plan, int rpcPort, int zooKeeperPort) {
    Configuration site =
        new Configuration()
            .set(JobManagerOptions.ADDRESS, HOST)
            .set(JobManagerOptions.PORT, rpcPort)
            .set(JobManagerOptions.BIND_HOST, HOST)
            .set(TaskManagerOptions.HOST, HOST)
            .set(TaskManagerOptions.BIND_HOST, HOST)
            .set(RestOptions.ADDRESS, HOST)
            .set(RestOptions.BIND_ADDRESS, HOST)
            .set(RestOptions.PORT, plan.webPort())
            .set(RestOptions.BIND_PORT, String.valueOf(plan.webPort()))
            // There is no Hadoop here, and no Kerberos.
            .set(SecurityOptions.DELEGATION_TOKENS_ENABLED, false)
            .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, uri(folder, "checkpoints"))
            .set(CheckpointingOptions.SAVEPOINT_DIRECTORY, uri(folder, "savepoints"))
            .set(ClusterOptions.PROCESS_WORKING_DIR_BASE, folder.resolve("work").toString())
            .set(CoreOptions.TMP_DIRS, folder.resolve("tmp").toString())
            .set(WebOptions.TMP_DIR, folder.resolve("tmp").toString());
    site.setString(KafkaOptions.BOOTSTRAP_SERVERS.key(), HOST + ":" + plan.kafkaPort());
    if (plan.highlyAvailable()) {
      site.set(HighAvailabilityOptions.HA_ZOOKEEPER_QUORUM, HOST + ":" + zooKeeperPort)
          .set(HighAvailabilityOptions.HA_STORAGE_PATH, uri(folder, "ha"));
    }
    return site;
  }

  // Flink's own form of a path: a space that is escaped would be a folder with %20 in its name.
  private static String uri(Path folder, String name) {
    return "file:" + folder.toAbsolutePath().resolve(name);
  }
}
