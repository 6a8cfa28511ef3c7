package io.streamforge.cli.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered of a cluster between two commands, in a file of its folder.
 *
 * @param plan with the ports that it was given
 * @param zooKeeperPort 0 for none
 * @param processes that were started, whether or not they still run
 */
record ClusterState(ClusterPlan plan, int zooKeeperPort, List<ClusterProcess> processes) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  ClusterState {
    processes = List.copyOf(processes);
  }

  private static Path file(Path folder) {
    return folder.resolve("cluster.json");
  }

  static Optional<ClusterState> read(Path folder) throws IOException {
    return Files.exists(file(folder))
        ? Optional.of(JSON.readValue(file(folder).toFile(), ClusterState.class))
        : Optional.empty();
  }

  void write(Path folder) throws IOException {
    Path draft = folder.resolve("cluster.json.new");
    JSON.writeValue(draft.toFile(), this);
    Files.move(draft, file(folder), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  Optional<ClusterProcess> process(String name) {
    return processes.stream().filter(p -> p.name().equals(name)).findFirst();
  }

  boolean isRunning(String name) {
    return process(name).flatMap(ClusterProcess::running).isPresent();
  }

  boolean isAnyRunning() {
    return processes.stream().anyMatch(p -> p.running().isPresent());
  }

  /** The same, with a process in the place of one of its name. */
  ClusterState with(ClusterProcess process) {
    List<ClusterProcess> all = new ArrayList<>(processes);
    all.replaceAll(p -> p.name().equals(process.name()) ? process : p);
    if (!all.contains(process)) {
      all.add(process);
    }
    return new ClusterState(plan, zooKeeperPort, all);
  }
}
