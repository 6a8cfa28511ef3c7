package io.streamforge.cli.cluster;

import io.streamforge.cli.topics.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A Kafka broker in this JVM: one KRaft node, broker and controller at once, reachable from this
 * machine only. It keeps every record whatever its timestamp, and creates no topic by itself. Its
 * data is deleted when it is closed, unless it was given a folder of its own.
 */
public final class LocalBroker implements AutoCloseable {
  private static final int NODE = 1;

  private final Path folder;
  private final boolean keep;
  private final KafkaRaftServer server;
  private final String bootstrapServers;
  private final Admin admin;

  private LocalBroker(Path folder, boolean keep, KafkaRaftServer server, String bootstrapServers) {
    this.folder = folder;
    this.keep = keep;
    this.server = server;
    this.bootstrapServers = bootstrapServers;
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  /**
   * Starts a broker on a free port and waits until it serves.
   *
   * @param baseDir where its folder is created, null for the system's temporary folder
   * @throws IOException if the folder cannot be written
   */
  public static LocalBroker start(Path baseDir) throws IOException {
    return start(baseDir, 0);
  }

  /**
   * Starts a broker and waits until it serves.
   *
   * @param baseDir where its folder is created, null for the system's temporary folder
   * @param port where clients connect, 0 for any that is free
   * @throws IOException if the folder cannot be written, or the port is taken
   */
  public static LocalBroker start(Path baseDir, int port) throws IOException {
    Path folder =
        baseDir == null
            ? Files.createTempDirectory("streamforge-kafka-")
            : Files.createTempDirectory(baseDir, "kafka-");
    try {
      return start(folder, false, port);
    } catch (IOException e) {
      Utils.delete(folder.toFile());
      throw e;
    }
  }

  /**
   * Starts a broker with what an earlier one left in a folder, if any did, and waits until it
   * serves.
   *
   * @param folder made if missing, and kept
   * @param port where clients connect, 0 for any that is free
   * @throws IOException if the folder cannot be written, or the port is taken
   */
  public static LocalBroker resume(Path folder, int port) throws IOException {
    return start(Files.createDirectories(folder), true, port);
  }

  private static LocalBroker start(Path folder, boolean keep, int port) throws IOException {
    if (port != 0 && !Ports.isFree(port)) {
      throw new IOException("Kafka does not start: port " + port + " is taken");
    }
    String clients = "localhost:" + (port == 0 ? Ports.free() : port);
    String controller = "localhost:" + Ports.free();
    try {
      format(folder);
      KafkaConfig config = new KafkaConfig(settings(folder, clients, controller), false);
      KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
      server.startup();
      return new LocalBroker(folder, keep, server, clients);
    } catch (Exception e) {
      throw new IOException("Kafka does not start on " + clients + " in " + folder, e);
    }
  }

  private static void format(Path folder) throws Exception {
    if (Files.exists(folder.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
      return; // it has the id of an earlier broker's cluster, which another would not match
    }
    new Formatter()
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(NODE)
        .addDirectory(folder.toString())
        .setMetadataLogDirectory(folder.toString())
        .setControllerListenerName("CONTROLLER")
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .run();
  }

  private static Map<String, String> settings(Path folder, String clients, String controller) {
    return Map.ofEntries(
        Map.entry("process.roles", "broker,controller"),
        Map.entry("node.id", String.valueOf(NODE)),
        Map.entry("log.dirs", folder.toString()),
        Map.entry("listeners", "PLAINTEXT://" + clients + ",CONTROLLER://" + controller),
        Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
        Map.entry("controller.listener.names", "CONTROLLER"),
        Map.entry("controller.quorum.voters", NODE + "@" + controller),
        Map.entry("auto.create.topics.enable", "false"),
        // Recordings are years old, and stay.
        Map.entry("log.retention.ms", "-1"),
        Map.entry("log.message.timestamp.before.max.ms", String.valueOf(Long.MAX_VALUE)),
        Map.entry("log.message.timestamp.after.max.ms", String.valueOf(Long.MAX_VALUE)),
        // Snapshots of deep books and graphs of many symbols are larger than the usual megabyte.
        Map.entry("message.max.bytes", String.valueOf(16 << 20)),
        // One node is all there is.
        Map.entry("offsets.topic.replication.factor", "1"),
        Map.entry("offsets.topic.num.partitions", "1"),
        Map.entry("transaction.state.log.replication.factor", "1"),
        Map.entry("transaction.state.log.min.isr", "1"),
        Map.entry("transaction.state.log.num.partitions", "1"),
        Map.entry("share.coordinator.state.topic.replication.factor", "1"),
        Map.entry("share.coordinator.state.topic.min.isr", "1"),
        Map.entry("share.coordinator.state.topic.num.partitions", "1"),
        Map.entry("group.initial.rebalance.delay.ms", "0"),
        // 128 MB of this heap otherwise, from the start.
        Map.entry("log.cleaner.dedupe.buffer.size", String.valueOf(2 << 20)));
  }

  /** Where clients connect: {@code host:port}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** An administration client of this broker, closed with it. */
  public Admin admin() {
    return admin;
  }

  /**
   * Creates a topic, and returns when it is there.
   *
   * @throws IllegalStateException if the broker refuses, for one because the topic exists
   */
  public void createTopic(String name, int partitions) throws InterruptedException {
    try {
      admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
      Topics.awaitLeaders(admin, List.of(name), partitions);
    } catch (ExecutionException e) {
      throw new IllegalStateException("no topic " + name + ": " + e.getCause().getMessage(), e);
    }
  }

  /** Stops the broker, and deletes its data unless the folder is to be kept. */
  @Override
  public void close() throws IOException {
    admin.close();
    server.shutdown();
    server.awaitShutdown();
    if (!keep) {
      Utils.delete(folder.toFile());
    }
  }
}
