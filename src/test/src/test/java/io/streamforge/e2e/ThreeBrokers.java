package io.streamforge.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * Three Kafka brokers, each a process and a third of the controllers, with a copy of everything.
 */
final class ThreeBrokers implements AutoCloseable {
  static final int COPIES = 3;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path folder;
  private final int[] ports = new int[2 * COPIES];
  private final Process[] processes = new Process[COPIES];
  private final Admin admin;

  ThreeBrokers(Path folder) throws Exception {
    this.folder = folder;
    List<ServerSocket> sockets = new ArrayList<>();
    for (int i = 0; i < ports.length; i++) {
      sockets.add(new ServerSocket(0));
      ports[i] = sockets.get(i).getLocalPort();
    }
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    String cluster = Uuid.randomUuid().toString();
    for (int node = 0; node < COPIES; node++) {
      format(node, cluster);
      start(node);
    }
    admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> admin.describeCluster().nodes().get().size() == COPIES);
  }

  private Path data(int node) throws IOException {
    return Files.createDirectories(folder.resolve("broker-" + node));
  }

  private void format(int node, String cluster) throws Exception {
    new Formatter()
        .setClusterId(cluster)
        .setNodeId(node)
        .addDirectory(data(node).toString())
        .setMetadataLogDirectory(data(node).toString())
        .setControllerListenerName("CONTROLLER")
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .run();
  }

  /** Starts a broker with what it has left, without waiting for it. */
  void start(int node) throws IOException {
    Properties settings = new Properties();
    settings.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", String.valueOf(node),
            "log.dirs", data(node).toString(),
            "listeners",
                "PLAINTEXT://localhost:%d,CONTROLLER://localhost:%d"
                    .formatted(ports[node], ports[COPIES + node]),
            "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "controller.listener.names", "CONTROLLER",
            "controller.quorum.voters",
                nodes()
                    .mapToObj(n -> n + "@localhost:" + ports[COPIES + n])
                    .collect(Collectors.joining(",")),
            "min.insync.replicas", "2",
            "offsets.topic.replication.factor", "3",
            "offsets.topic.num.partitions", "1"));
    Path file = folder.resolve("broker-%d.properties".formatted(node));
    try (Writer out = Files.newBufferedWriter(file)) {
      settings.store(out, null);
    }
    processes[node] =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "kafka.Kafka",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(
                    folder.resolve("broker-%d.log".formatted(node)).toFile()))
            .start();
  }

  private static IntStream nodes() {
    return IntStream.range(0, COPIES);
  }

  String bootstrapServers() {
    return nodes().mapToObj(n -> "localhost:" + ports[n]).collect(Collectors.joining(","));
  }

  /** Ends a broker as its operator does: it hands its partitions over first. */
  void stop(int node) throws InterruptedException {
    processes[node].destroy();
    if (!processes[node].waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("broker %d does not end".formatted(node));
    }
  }

  /** Ends a broker so that it cannot do anything about it. */
  void kill(int node) throws InterruptedException {
    processes[node].destroyForcibly().waitFor();
  }

  /** The broker that leads the first partition of a topic. */
  int leader(String topic) throws Exception {
    return partitions(topic).get(0).leader().id();
  }

  /** Returns when every broker has all that a topic holds. */
  void awaitCopies(List<String> topics) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              for (String topic : topics) {
                for (TopicPartitionInfo partition : partitions(topic)) {
                  if (partition.isr().size() < COPIES) {
                    return false;
                  }
                }
              }
              return true;
            });
  }

  private List<TopicPartitionInfo> partitions(String topic) throws Exception {
    return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions();
  }

  @Override
  public void close() throws InterruptedException {
    admin.close(Duration.ZERO);
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
  }
}
