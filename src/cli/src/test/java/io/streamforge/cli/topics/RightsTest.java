package io.streamforge.cli.topics;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.streamforge.cli.cluster.SecuredBroker;
import io.streamforge.marketgraph.MarketGraphJob;
import io.streamforge.marketgraph.Settings;
import io.streamforge.settings.SettingsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.NewTopic;
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

/** A job whose user may not do what the job does is refused before it starts, with the right. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class RightsTest {
  private static final List<String> IN = List.of("raw-orderbooks", "raw-trades");
  private static final List<String> OUT =
      List.of("symbol-features", "graph-features", "book-resync", "dead-letters");

  private SecuredBroker broker;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    broker = SecuredBroker.start(folder);
    List<NewTopic> topics = new ArrayList<>();
    for (List<String> names : List.of(IN, OUT)) {
      names.forEach(name -> topics.add(new NewTopic(name, 1, (short) 1)));
    }
    broker.admin().createTopics(topics).all().get();
  }

  @AfterAll
  void stop() {
    broker.close();
  }

  /** Rights of one user, added one after the other. */
  private final class User {
    private final String name;
    private final List<AclBinding> rights = new ArrayList<>();

    User(String name) {
      this.name = name;
      IN.forEach(topic -> may(ResourceType.TOPIC, topic, AclOperation.READ));
    }

    User may(ResourceType type, String resource, AclOperation... operations) {
      PatternType pattern =
          type == ResourceType.TRANSACTIONAL_ID ? PatternType.PREFIXED : PatternType.LITERAL;
      for (AclOperation operation : operations) {
        rights.add(
            new AclBinding(
                new ResourcePattern(type, resource, pattern),
                new AccessControlEntry("User:" + name, "*", operation, AclPermissionType.ALLOW)));
      }
      return this;
    }

    User mayOnTopicsOut(AclOperation... operations) {
      OUT.forEach(topic -> may(ResourceType.TOPIC, topic, operations));
      return this;
    }

    User mayOnTransactions(AclOperation... operations) {
      return may(ResourceType.TRANSACTIONAL_ID, "streamforge-", operations);
    }

    private Settings settings(String guarantee) throws Exception {
      Properties client = broker.client(name);
      client.remove("bootstrap.servers");
      Map<String, String> settings = new HashMap<>();
      client.forEach((key, value) -> settings.put("kafka.properties." + key, value.toString()));
      settings.put("kafka.bootstrap-servers", broker.bootstrapServers());
      settings.put("sink.delivery-guarantee", guarantee);
      return new Settings(settings);
    }

    void starts(String guarantee) throws Exception {
      broker.addUser(name, rights);
      Settings settings = settings(guarantee);
      // The controller knows a new right before the broker does.
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThatCode(() -> define(settings)).doesNotThrowAnyException());
    }

    void isRefused(String guarantee, String... messages) throws Exception {
      broker.addUser(name, rights);
      Settings settings = settings(guarantee);
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> define(settings))
                      .isInstanceOf(SettingsException.class)
                      .hasMessage(String.join("; ", messages)));
    }
  }

  private static void define(Settings settings) {
    MarketGraphJob.define(new StreamExecutionEnvironment(new Configuration()), settings);
  }

  @Test
  void atLeastOnceNeedsToWrite() throws Exception {
    new User("writer").mayOnTopicsOut(AclOperation.WRITE).starts("at-least-once");
  }

  @Test
  void atLeastOnceIsRefusedWithoutIt() throws Exception {
    new User("reader")
        .may(ResourceType.TOPIC, "symbol-features", AclOperation.WRITE)
        .may(ResourceType.TOPIC, "graph-features", AclOperation.WRITE)
        .may(ResourceType.TOPIC, "book-resync", AclOperation.READ)
        .isRefused(
            "at-least-once",
            "sink.book-resync.topic is 'book-resync', must be a topic on which this user has the right Write",
            "sink.dead-letters.topic is 'dead-letters', must be a topic on which this user has the right Describe");
  }

  @Test
  void exactlyOnceNeedsToReadAndItsTransactionalIds() throws Exception {
    new User("exactly")
        .mayOnTopicsOut(AclOperation.WRITE, AclOperation.READ)
        .mayOnTransactions(AclOperation.WRITE, AclOperation.DESCRIBE)
        .starts("exactly-once");
  }

  @Test
  void exactlyOnceIsRefusedWhereATopicOutCannotBeRead() throws Exception {
    new User("blind")
        .mayOnTopicsOut(AclOperation.WRITE)
        .may(ResourceType.TOPIC, "graph-features", AclOperation.READ)
        .may(ResourceType.TOPIC, "book-resync", AclOperation.READ)
        .may(ResourceType.TOPIC, "dead-letters", AclOperation.READ)
        .mayOnTransactions(AclOperation.WRITE, AclOperation.DESCRIBE)
        .isRefused(
            "exactly-once",
            "sink.symbol-features.topic is 'symbol-features', must be a topic on which this user has the right Read");
  }

  @Test
  void exactlyOnceIsRefusedWithoutTransactionalIds() throws Exception {
    new User("none")
        .mayOnTopicsOut(AclOperation.WRITE, AclOperation.READ)
        .isRefused("exactly-once", refusedIds());
  }

  @Test
  void exactlyOnceIsRefusedWhereTransactionalIdsMayOnlyBeDescribed() throws Exception {
    new User("describes")
        .mayOnTopicsOut(AclOperation.WRITE, AclOperation.READ)
        .mayOnTransactions(AclOperation.DESCRIBE)
        .isRefused("exactly-once", refusedIds());
  }

  private static String[] refusedIds() {
    return OUT.stream()
        .map(
            topic ->
                "sink.delivery-guarantee is 'exactly-once', must be at-least-once, or this user needs the rights"
                    + " Describe and Write on transactional ids that begin with 'streamforge-"
                    + topic
                    + "-sink:'")
        .toArray(String[]::new);
  }
}
