package io.streamforge.cli.cluster;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A broker in this JVM that asks for TLS and SCRAM, and lets a user do what the user has a right
 * to; with the secrets that its clients need.
 */
public final class SecuredBroker implements AutoCloseable {
  private static final int NODE = 1;

  private final KafkaRaftServer server;
  private final Admin admin;
  private final String bootstrapServers;
  private final Path secrets;

  private SecuredBroker(
      KafkaRaftServer server, Admin admin, String bootstrapServers, Path secrets) {
    this.server = server;
    this.admin = admin;
    this.bootstrapServers = bootstrapServers;
    this.secrets = secrets;
  }

  /** Starts without topics and users, and writes its files to the folder. */
  public static SecuredBroker start(Path folder) throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    Path secrets = Files.createDirectory(folder.resolve("secrets"));
    int[] ports = freePorts(3);
    Path keys = makeCertificate(folder, secrets);
    new Formatter()
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(NODE)
        .addDirectory(data.toString())
        .setMetadataLogDirectory(data.toString())
        .setControllerListenerName("CONTROLLER")
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .run();
    KafkaRaftServer server =
        new KafkaRaftServer(new KafkaConfig(settings(data, keys, ports), false), Time.SYSTEM);
    server.startup();
    Admin admin = Admin.create(Map.of("bootstrap.servers", "localhost:" + ports[1]));
    return new SecuredBroker(server, admin, "localhost:" + ports[0], secrets);
  }

  private static int[] freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    int[] ports = new int[count];
    for (int i = 0; i < count; i++) {
      sockets.add(new ServerSocket(0));
      ports[i] = sockets.get(i).getLocalPort();
    }
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return ports;
  }

  /** The broker's key, and as the authority that its clients trust its own certificate. */
  private static Path makeCertificate(Path folder, Path secrets) throws Exception {
    Path keys = folder.resolve("broker.p12");
    Path authority = Files.createDirectory(secrets.resolve("kafka-ca"));
    keytool(
        ("-genkeypair -alias broker -keyalg EC -dname CN=broker -ext san=dns:localhost"
                + " -storetype PKCS12 -storepass secret -keystore "
                + keys)
            .split(" ", -1));
    keytool(
        ("-exportcert -rfc -alias broker -storepass secret -keystore "
                + keys
                + " -file "
                + authority.resolve("ca.crt"))
            .split(" ", -1));
    return keys;
  }

  private static void keytool(String... args) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(args));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new AssertionError("keytool fails: " + command);
    }
  }

  /** The second listener is for this class, and the broker itself. */
  private static Map<String, String> settings(Path data, Path keys, int[] ports) {
    Map<String, String> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", String.valueOf(NODE));
    settings.put("log.dirs", data.toString());
    settings.put(
        "listeners",
        "TLS://localhost:%d,PLAIN://localhost:%d,CONTROLLER://localhost:%d"
            .formatted(ports[0], ports[1], ports[2]));
    settings.put(
        "listener.security.protocol.map", "TLS:SASL_SSL,PLAIN:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("inter.broker.listener.name", "PLAIN");
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("controller.quorum.voters", NODE + "@localhost:" + ports[2]);
    settings.put("ssl.keystore.location", keys.toString());
    settings.put("ssl.keystore.password", "secret");
    settings.put("ssl.keystore.type", "PKCS12");
    settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
    settings.put(
        "listener.name.tls.scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    settings.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    settings.put("super.users", "User:ANONYMOUS");
    settings.put("auto.create.topics.enable", "false");
    settings.put("log.retention.ms", "-1"); // recordings are years old
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("log.cleaner.dedupe.buffer.size", String.valueOf(2 << 20));
    return settings;
  }

  /**
   * Adds a user, whose secret is a folder with {@code sasl.jaas.config}.
   *
   * @param rights the user's, and none else
   */
  public void addUser(String name, Collection<AclBinding> rights) throws Exception {
    String password = name + "-secret";
    ScramCredentialInfo form = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
    Files.writeString(
        Files.createDirectory(secrets.resolve(name)).resolve("sasl.jaas.config"),
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(name, password));
    admin
        .alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(name, form, password)))
        .all()
        .get();
    admin.createAcls(rights).all().get();
    awaitLogin(name);
  }

  /** The controller knows a new user before the broker does. */
  private void awaitLogin(String user) throws IOException {
    Properties client = client(user);
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreException(ExecutionException.class)
        .until(
            () -> {
              try (Admin own = Admin.create(client)) {
                return own.describeCluster().clusterId().get() != null;
              }
            });
  }

  /** A client that may do anything, closed with the broker. */
  public Admin admin() {
    return admin;
  }

  /** Where clients connect that have a login: {@code host:port}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** A folder with one of each secret: {@code kafka-ca}, and one of the name of each user. */
  public Path secrets() {
    return secrets;
  }

  /** What a client of a user connects with. */
  public Properties client(String user) throws IOException {
    Properties client = new Properties();
    client.put("bootstrap.servers", bootstrapServers);
    client.put("security.protocol", "SASL_SSL");
    client.put("sasl.mechanism", "SCRAM-SHA-512");
    client.put(
        "sasl.jaas.config", Files.readString(secrets.resolve(user).resolve("sasl.jaas.config")));
    client.put("ssl.truststore.type", "PEM");
    client.put("ssl.truststore.location", secrets.resolve("kafka-ca/ca.crt").toString());
    return client;
  }

  @Override
  public void close() {
    admin.close();
    server.shutdown();
    server.awaitShutdown();
  }
}
