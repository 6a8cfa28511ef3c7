package io.streamforge.k8s;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.streamforge.cli.cluster.LocalFlink;
import io.streamforge.cli.cluster.SecuredBroker;
import io.streamforge.cli.view.LiveView;
import io.streamforge.marketgraph.MarketGraphJob;
import io.streamforge.marketgraph.Settings;
import io.streamforge.topic.RawTopicWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The job with the settings of the manifests, on a broker with their topics, users and rights. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecuredKafkaTest {
  private static final String MOUNTS = "/etc/streamforge";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Not the beginning of several names. */
  private static final Pattern SELECTOR = Pattern.compile("\\bflink_\\w+\\b(?!\\()(\\{[^}]*\\})?");

  private static final int SECONDS = 10;
  private static final long START_US =
      (System.currentTimeMillis() / 1_000 - 60) * 1_000_000; // retention deletes what is old

  private Manifests manifests;
  private SecuredBroker broker;
  private LocalFlink flink;
  private Configuration cluster;
  private Map<String, String> settings;
  private JobID job;
  private int metricsPort;
  private Map<String, String> vertices;

  @BeforeAll
  void runJob(@TempDir Path folder) throws Exception {
    manifests = Manifests.of("production");
    broker = OperatedKafka.start(manifests, folder);
    keepTheTimesOfTheFeed();
    settings = new HashMap<>();
    manifests
        .settings()
        .forEach(
            (key, value) ->
                settings.put(
                    key,
                    value
                        .replace(MOUNTS + "/kafka-user", broker.secrets() + "/streamforge")
                        .replace(MOUNTS, broker.secrets().toString())));
    settings.put("streamforge.kafka.bootstrap-servers", broker.bootstrapServers());
    cluster = new Configuration();
    manifests
        .flinkConfiguration()
        .forEach(
            (key, value) -> {
              if (key.startsWith("metrics.report")) {
                cluster.setString(key, value);
              }
            });
    try (ServerSocket free = new ServerSocket(0)) {
      metricsPort = free.getLocalPort();
    }
    cluster.setString("metrics.reporter.prom.port", String.valueOf(metricsPort));
    cluster.setString("execution.checkpointing.interval", "1 s");
    flink = LocalFlink.start(cluster, 3, 0);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(cluster).setParallelism(2);
    MarketGraphJob.define(env, new Settings(settings));
    vertices =
        StreamSupport.stream(
                env.getStreamGraph(false).getJobGraph().getVertices().spliterator(), false)
            .collect(
                Collectors.toMap(vertex -> vertex.getID().toString(), vertex -> vertex.getName()));
    job = flink.submit(env, "market graph");
    feed();
  }

  /** Its market is of the past. */
  private void keepTheTimesOfTheFeed() throws Exception {
    AlterConfigOp createTime =
        new AlterConfigOp(
            new ConfigEntry("message.timestamp.type", "CreateTime"), AlterConfigOp.OpType.SET);
    broker
        .admin()
        .incrementalAlterConfigs(
            Stream.of("raw-orderbooks", "raw-trades")
                .collect(
                    Collectors.toMap(
                        topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic),
                        topic -> List.of(createTime))))
        .all()
        .get();
  }

  @AfterAll
  void stop() throws Exception {
    if (job != null) {
      flink.cancel(job);
    }
    if (flink != null) {
      flink.close();
    }
    if (broker != null) {
      broker.close();
    }
  }

  /** A market of two symbols, one of which loses a message, with trades that cannot be read. */
  private void feed() throws Exception {
    List<String> topics = List.of("raw-orderbooks", "raw-trades");
    try (RawTopicWriter feed =
        RawTopicWriter.connect(broker.bootstrapServers(), broker.client("market-feed"), topics)) {
      for (int second = 0; second < SECONDS; second++) {
        long timeUs = START_US + second * 1_000_000L;
        send(feed, "raw-orderbooks", "ABC", timeUs, book("ABC", second, second - 1));
        boolean lost = second == SECONDS / 2;
        send(feed, "raw-orderbooks", "XYZ", timeUs, book("XYZ", second, second - (lost ? 2 : 1)));
        send(feed, "raw-trades", "ABC", timeUs, "no trade at all");
        feed.heartbeat(timeUs + 500_000);
      }
      feed.flush();
    }
  }

  private static String book(String symbol, int sequence, int previous) {
    String follows = sequence == 0 ? "" : "\"previous_sequence\":%d,".formatted(previous);
    return """
        {"type":"book","venue":"acme","symbol":"%s","snapshot":%b,%s"sequence":%d,\
        "bids":[["10.%d","1"]],"asks":[["11","1"]],"event_time_us":%d}"""
        .formatted(
            symbol, sequence == 0, follows, sequence, sequence, START_US + sequence * 1_000_000L);
  }

  private static void send(
      RawTopicWriter feed, String topic, String key, long timeUs, String value) {
    feed.send(topic, key.getBytes(UTF_8), "streamforge", timeUs, value.getBytes(UTF_8));
  }

  @Test
  void modelsReadWhatTheJobMakes() throws Exception {
    assertThat(read("models", "models-of-a-test", "graph-features"))
        .contains("\"schema\":\"graph-features/1\"");
    assertThat(read("models", "models-of-a-test", "symbol-features")).contains("acme:ABC");
  }

  @Test
  void feedReadsWhatItIsAskedForAndWhatIsWrongWithIt() throws Exception {
    assertThat(read("market-feed", "market-feed", "book-resync")).contains("acme:XYZ");
    assertThat(read("market-feed", "market-feed", "dead-letters")).isEqualTo("no trade at all");
  }

  @Test
  @Timeout(120)
  void modelsSeeTheMarketInABrowser() throws Exception {
    Map<String, String> settings = new HashMap<>();
    broker
        .client("models")
        .forEach((key, value) -> settings.put("kafka.properties." + key, value.toString()));
    settings.put("kafka.bootstrap-servers", broker.bootstrapServers());
    try (LiveView view = LiveView.start(new Settings(settings), 0);
        Stream<String> events =
            HttpClient.newHttpClient()
                .send(
                    HttpRequest.newBuilder(view.address().resolve("/events")).build(),
                    BodyHandlers.ofLines())
                .body()) {
      assertThat(events.anyMatch(event -> event.contains("acme:ABC"))).isTrue();
    }
  }

  /** The first record of a topic. */
  private String read(String user, String group, String topic) throws Exception {
    Properties client = broker.client(user);
    client.put("group.id", group);
    client.put("auto.offset.reset", "earliest");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(topic));
      byte[] value =
          await()
              .atMost(PATIENCE)
              .until(() -> consumer.poll(Duration.ofMillis(200)), records -> !records.isEmpty())
              .records(topic)
              .iterator()
              .next()
              .value();
      return new String(value, UTF_8);
    }
  }

  @Test
  void aJobOfAnotherNameMayWriteExactlyOnce() throws Exception {
    Map<String, String> another = new HashMap<>(settings);
    another.put("streamforge.job.name", "another");
    another.put("streamforge.sink.delivery-guarantee", "exactly-once");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(cluster).setParallelism(1);
    MarketGraphJob.define(env, new Settings(another));
    JobID id = flink.submit(env, "another");
    try {
      await()
          .atMost(PATIENCE)
          .until(() -> flink.failure(id).isPresent() || flink.completedCheckpoints(id) >= 2);
      assertThat(flink.failure(id)).isEmpty();
    } finally {
      flink.cancel(id);
    }
  }

  @Test
  void usersHaveNoFurtherRights() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            broker.client("market-feed"), new ByteArraySerializer(), new ByteArraySerializer())) {
      assertThatThrownBy(
              () -> producer.send(new ProducerRecord<>("graph-features", new byte[0])).get())
          .hasCauseInstanceOf(TopicAuthorizationException.class);
    }
  }

  @Test
  void alertsWatchMetricsThatThereAre() {
    List<String> selectors =
        manifests.one("PrometheusRule", "streamforge").findValuesAsText("expr").stream()
            .flatMap(expression -> SELECTOR.matcher(expression).results())
            .map(MatchResult::group)
            // Those by venue are there once a clock was wrong, as in the test of the cluster.
            .filter(selector -> !selector.contains("_venue_"))
            .toList();

    assertThat(selectors).hasSizeGreaterThan(3);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              List<String> samples = metrics();
              assertThat(selectors)
                  .allSatisfy(
                      selector -> assertThat(samples).anyMatch(sample(selector).asPredicate()));
            });
  }

  /** {@code name{label=~"value"}} in a rule is {@code name{…,label="value",…} 1.0} of Flink's. */
  private static Pattern sample(String selector) {
    return Pattern.compile(
        "^" + selector.replace("{", "\\{.*\\b").replace("=~", "=").replace("}", "") + "(?!\\w)");
  }

  private List<String> metrics() throws Exception {
    URI uri = URI.create("http://localhost:" + metricsPort + "/metrics");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofLines())
        .body()
        .toList();
  }

  /** A graph is one key: no parallelism makes it faster. */
  @Test
  void autoscalerLeavesTheGraphAlone() {
    String excluded = manifests.flinkConfiguration().get("job.autoscaler.vertex.exclude.ids");

    assertThat(vertices).containsKey(excluded);
    assertThat(vertices.get(excluded)).startsWith("graph ->");
  }
}
