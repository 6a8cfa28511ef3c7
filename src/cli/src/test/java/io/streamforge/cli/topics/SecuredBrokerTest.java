package io.streamforge.cli.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.cli.Main;
import io.streamforge.cli.cluster.LocalFlink;
import io.streamforge.cli.cluster.SecuredBroker;
import io.streamforge.cli.recording.Recording;
import io.streamforge.marketgraph.MarketGraphJob;
import io.streamforge.marketgraph.Settings;
import io.streamforge.testkit.RawMessage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands that work on a broker elsewhere log in to one that wants TLS and a password. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class SecuredBrokerTest {
  private static final String USER = "operator";
  private static final String RECORDING = "../../recordings/kraken-v2-btc-resubscribed.jsonl.gz";

  private Path folder;
  private SecuredBroker broker;

  @BeforeAll
  void start(@TempDir Path shared) throws Exception {
    folder = shared;
    broker = SecuredBroker.start(shared);
    broker.addUser(
        USER,
        Stream.of(ResourceType.TOPIC, ResourceType.GROUP, ResourceType.CLUSTER)
            .map(SecuredBrokerTest::everything)
            .toList());
  }

  private static AclBinding everything(ResourceType type) {
    String name = type == ResourceType.CLUSTER ? "kafka-cluster" : "*";
    return new AclBinding(
        new ResourcePattern(type, name, PatternType.LITERAL),
        new AccessControlEntry("User:" + USER, "*", AclOperation.ALL, AclPermissionType.ALLOW));
  }

  @AfterAll
  void stop() {
    broker.close();
  }

  private Map<String, String> login() throws IOException {
    Properties client = broker.client(USER);
    client.remove("bootstrap.servers");
    Map<String, String> settings = new HashMap<>();
    client.forEach((key, value) -> settings.put("kafka.properties." + key, value.toString()));
    return settings;
  }

  /** What a command has said, and its status. */
  private record Said(int status, String errors) {}

  private Said run(Map<String, String> settings, String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--bootstrap-servers", broker.bootstrapServers()));
    settings.forEach((key, value) -> all.addAll(List.of("--set", key + "=" + value)));
    all.addAll(List.of(arguments));
    StringWriter errors = new StringWriter();
    int status =
        Main.commandLine().setErr(new PrintWriter(errors)).execute(all.toArray(new String[0]));
    return new Said(status, errors.toString());
  }

  @Test
  void aRecordingIsPlayedRecordedAndCompared() throws Exception {
    Map<String, String> login = login();
    assertThat(run(login, "topics", "--partitions", "2", "--for-replay"))
        .isEqualTo(new Said(0, ""));

    Map<String, String> settings = new HashMap<>(login);
    settings.put("kafka.bootstrap-servers", broker.bootstrapServers());
    settings.put("source.start", "earliest");
    Configuration configuration =
        new Configuration().set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
    try (LocalFlink flink = LocalFlink.start(configuration, 1, 0)) {
      StreamExecutionEnvironment env = new StreamExecutionEnvironment(configuration);
      env.setParallelism(1);
      MarketGraphJob.define(env, new Settings(settings));
      JobID job = flink.submit(env, "market graph");
      Path results = folder.resolve("results");
      assertThat(
              run(
                  login,
                  "feed",
                  "--recording",
                  RECORDING,
                  "--speed",
                  "max",
                  "--out",
                  results.toString()))
          .isEqualTo(new Said(0, ""));
      assertThat(results.resolve("graph-features.jsonl")).isNotEmptyFile();
      flink.cancel(job);
    }

    Path again = folder.resolve("again.jsonl.gz");
    assertThat(run(login, "record", "--out", again.toString(), "--once"))
        .isEqualTo(new Said(0, ""));
    assertThat(messages(again)).containsExactlyInAnyOrderElementsOf(messages(Path.of(RECORDING)));

    assertThat(run(login, "compare", "--with", "graph-features")).isEqualTo(new Said(0, ""));
  }

  private static List<RawMessage> messages(Path file) throws IOException {
    List<RawMessage> messages = new ArrayList<>();
    try (Recording recording = new Recording(file)) {
      for (RawMessage m = recording.poll(); m != null; m = recording.poll()) {
        messages.add(m);
      }
    }
    return messages;
  }

  private static final Map<String, List<String>> COMMANDS =
      Map.of(
          "feed", List.of("--recording", RECORDING),
          "record", List.of("--out", "/dev/null", "--once"),
          "compare", List.of("--with", "graph-features"),
          "topics", List.of(),
          "view", List.of("--port", "0"));

  private void assertRefused(Map<String, String> settings, String... words) {
    COMMANDS.forEach(
        (command, arguments) -> {
          Said said = run(settings, command, arguments.toArray(new String[0]));
          assertThat(said.status()).as(command).isNotZero();
          assertThat(said.errors().lines()).as(command).hasSize(1);
          assertThat(said.errors()).contains(words);
        });
  }

  @Test
  void anUnknownPropertyIsNamed() throws Exception {
    Map<String, String> login = login();
    login.put("kafka.properties.sasl.mechanisms", "PLAIN");
    assertRefused(login, "kafka.properties.sasl.mechanisms", "the nearest is sasl.mechanism");
  }

  @Test
  void aBadValueIsNamed() throws Exception {
    Map<String, String> login = login();
    login.put("kafka.properties.security.protocol", "SASL_TLS");
    assertRefused(login, "kafka.properties.security.protocol", "SASL_TLS", "SASL_SSL");
  }

  @Test
  void aMissingFileIsNamed() throws Exception {
    Map<String, String> login = login();
    login.put("kafka.properties.ssl.truststore.location", "/no/such/file");
    assertRefused(login, "/no/such/file");
  }

  @Test
  void aWrongPasswordIsNamed() throws Exception {
    Map<String, String> login = login();
    login.compute(
        "kafka.properties.sasl.jaas.config", (key, value) -> value.replace("-secret", "-wrong"));
    assertRefused(login, "invalid credentials");
  }
}
