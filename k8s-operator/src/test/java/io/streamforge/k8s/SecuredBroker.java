package io.streamforge.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * What Strimzi makes of the manifests, on one node: a broker that asks for TLS and SCRAM, with the
 * topics, the users and their rights, and the secrets that pods mount.
 */
final class SecuredBroker implements AutoCloseable {
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

  /** Starts with what the manifests ask for, and writes its files to the folder. */
  static SecuredBroker start(Manifests manifests, Path folder) throws Exception {
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
    SecuredBroker broker = new SecuredBroker(server, admin, "localhost:" + ports[0], secrets);
    try {
      broker.createTopics(manifests);
      broker.createUsers(manifests);
      return broker;
    } catch (Exception e) {
      broker.close();
      throw e;
    }
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
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("log.cleaner.dedupe.buffer.size", String.valueOf(2 << 20));
    return settings;
  }

  private void createTopics(Manifests manifests) throws Exception {
    List<NewTopic> topics = new ArrayList<>();
    manifests
        .ofKind("KafkaTopic")
        .forEach(
            topic -> {
              Map<String, String> config = new HashMap<>();
              topic
                  .at("/spec/config")
                  .properties()
                  .forEach(entry -> config.put(entry.getKey(), entry.getValue().asText()));
              topics.add(
                  new NewTopic(
                          Manifests.name(topic), topic.at("/spec/partitions").asInt(), (short) 1)
                      .configs(config));
            });
    admin.createTopics(topics).all().get();
  }

  private void createUsers(Manifests manifests) throws Exception {
    List<UserScramCredentialAlteration> passwords = new ArrayList<>();
    List<AclBinding> rights = new ArrayList<>();
    for (JsonNode user : manifests.ofKind("KafkaUser").toList()) {
      String name = Manifests.name(user);
      String password = name + "-secret";
      passwords.add(
          new UserScramCredentialUpsertion(
              name, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password));
      user.at("/spec/authorization/acls").forEach(acl -> rights.addAll(bindings(name, acl)));
      Files.writeString(
          Files.createDirectory(secrets.resolve(name)).resolve("sasl.jaas.config"),
          "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
              .formatted(name, password));
    }
    admin.alterUserScramCredentials(passwords).all().get();
    admin.createAcls(rights).all().get();
  }

  private static List<AclBinding> bindings(String user, JsonNode acl) {
    JsonNode resource = acl.get("resource");
    ResourcePattern pattern =
        new ResourcePattern(
            ResourceType.valueOf(constant(resource.get("type").asText())),
            resource.get("name").asText(),
            resource.path("patternType").asText().equals("prefix")
                ? PatternType.PREFIXED
                : PatternType.LITERAL);
    List<AclBinding> bindings = new ArrayList<>();
    for (String operation : Manifests.texts(acl.get("operations"))) {
      bindings.add(
          new AclBinding(
              pattern,
              new AccessControlEntry(
                  "User:" + user,
                  acl.path("host").asText("*"),
                  AclOperation.valueOf(constant(operation)),
                  AclPermissionType.ALLOW)));
    }
    return bindings;
  }

  /** Kafka's name of what Strimzi writes as {@code transactionalId}. */
  private static String constant(String word) {
    return word.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  /** A folder with one of each secret: {@code kafka-ca}, and one of the name of each user. */
  Path secrets() {
    return secrets;
  }

  /** What a client of a user connects with. */
  Properties client(String user) throws IOException {
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
