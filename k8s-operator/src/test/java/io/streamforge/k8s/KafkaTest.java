package io.streamforge.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.marketgraph.MarketGraphOptions;
import io.streamforge.marketgraph.Settings;
import io.streamforge.record.DeadLetterRecord;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kafka's manifests, and what the job's say of it. */
class KafkaTest {
  private static final long WEEK_MS = 168L * 60 * 60 * 1000;

  private final Manifests production = Manifests.of("production");
  private final JsonNode cluster = production.one("Kafka", "market");

  @ParameterizedTest
  @MethodSource("io.streamforge.k8s.Manifests#overlays")
  void theJobsTopicsExist(String overlay) {
    Manifests manifests = Manifests.of(overlay);
    Settings settings = new Settings(manifests.settings());

    assertThat(manifests.ofKind("KafkaTopic").map(Manifests::name))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(
                    MarketGraphOptions.ORDERBOOKS_TOPIC,
                    MarketGraphOptions.TRADES_TOPIC,
                    MarketGraphOptions.SYMBOL_FEATURES_TOPIC,
                    MarketGraphOptions.GRAPH_FEATURES_TOPIC,
                    MarketGraphOptions.BOOK_RESYNC_TOPIC,
                    MarketGraphOptions.DEAD_LETTERS_TOPIC)
                .map(settings::get)
                .toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"raw-orderbooks", "raw-trades"})
  void rawTopicsKeepAWeekInAsManyPartitionsAsTheJobMayHaveSources(String name) {
    JsonNode topic = production.one("KafkaTopic", name).get("spec");

    assertThat(topic.get("partitions").asText())
        .isEqualTo("64")
        .isEqualTo(production.flinkConfiguration().get("job.autoscaler.vertex.max-parallelism"));
    assertThat(topic.at("/config/retention.ms").asLong()).isEqualTo(WEEK_MS);
    assertThat(topic.at("/config/compression.type").asText()).isEqualTo("zstd");
  }

  @Test
  void oneBrokerMayBeLost() {
    assertThat(production.one("KafkaNodePool", "broker").at("/spec/replicas").asInt()).isEqualTo(3);
    assertThat(production.ofKind("KafkaTopic"))
        .allSatisfy(topic -> assertThat(topic.at("/spec/replicas").asInt()).isEqualTo(3));
    JsonNode config = cluster.at("/spec/kafka/config");
    assertThat(config.get("min.insync.replicas").asInt()).isEqualTo(2);
    assertThat(config.get("offsets.topic.replication.factor").asInt()).isEqualTo(3);
    assertThat(config.get("transaction.state.log.replication.factor").asInt()).isEqualTo(3);
  }

  @Test
  void devNeedsOneNode() {
    Manifests dev = Manifests.of("dev");

    assertThat(Stream.concat(dev.ofKind("KafkaTopic"), dev.ofKind("KafkaNodePool")))
        .hasSize(8)
        .allSatisfy(resource -> assertThat(resource.at("/spec/replicas").asInt()).isEqualTo(1));
    assertThat(dev.one("Kafka", "market").at("/spec/kafka/config/min.insync.replicas").asInt())
        .isEqualTo(1);
  }

  @Test
  void brokersAreOfTheVersionThatTheTestsRunOn() {
    assertThat(cluster.at("/spec/kafka/version").asText()).isEqualTo(AppInfoParser.getVersion());
  }

  /** By the names that Strimzi gives to what it makes. */
  @Test
  void theJobFindsTheClusterItsAuthorityAndItsUser() {
    JsonNode listener = cluster.at("/spec/kafka/listeners/0");
    List<String> secrets = production.flinkDeployment().findValuesAsText("secretName");

    assertThat(new Settings(production.settings()).bootstrapServers())
        .isEqualTo("market-kafka-bootstrap:" + listener.get("port").asInt());
    assertThat(listener.get("tls").asBoolean()).isTrue();
    assertThat(secrets).contains("market-cluster-ca-cert");
    assertThat(production.ofKind("KafkaUser").map(Manifests::name)).anyMatch(secrets::contains);
  }

  @Test
  void rightsAreOnTopicsThatThereAre() {
    assertThat(
            production
                .ofKind("KafkaUser")
                .flatMap(user -> user.findValues("resource").stream())
                .filter(resource -> resource.get("type").asText().equals("topic"))
                .map(resource -> resource.get("name").asText()))
        .isSubsetOf(production.ofKind("KafkaTopic").map(Manifests::name).toList());
  }

  /** Or a message that cannot be read would fail the job. */
  @Test
  void deadLettersTakeTheLargest() {
    assertThat(maxMessageBytes("dead-letters")).isGreaterThan(DeadLetterRecord.MAX_BYTES);
  }

  /** What the job asks for at its start, and at least once would do without the right to read. */
  @Test
  void theJobMayDoWithItsTopicsOutWhatEachGuaranteeNeeds() {
    JsonNode acls = production.one("KafkaUser", "streamforge").at("/spec/authorization/acls");
    for (String topic :
        List.of("symbol-features", "graph-features", "book-resync", "dead-letters")) {
      assertThat(rights(acls, "topic", topic)).contains("Read", "Write", "DescribeConfigs");
    }
    assertThat(rights(acls, "transactionalId", "streamforge")).contains("Describe", "Write");
  }

  private static List<String> rights(JsonNode acls, String type, String name) {
    return acls.valueStream()
        .filter(acl -> acl.at("/resource/type").asText().equals(type))
        .filter(acl -> acl.at("/resource/name").asText().equals(name))
        .flatMap(acl -> Manifests.texts(acl.get("operations")).stream())
        .toList();
  }

  private long maxMessageBytes(String topic) {
    return production.one("KafkaTopic", topic).at("/spec/config/max.message.bytes").asLong(1 << 20);
  }
}
