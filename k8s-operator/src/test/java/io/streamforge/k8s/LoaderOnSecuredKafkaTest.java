package io.streamforge.k8s;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.cli.cluster.SecuredBroker;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.testkit.exchange.ExchangeSetup;
import io.streamforge.testkit.exchange.FakeExchange;
import io.streamforge.testkit.exchange.venue.FakeVenues;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The loader by the command of its Deployment and from the jars of the image, told what the config
 * map says, between Kraken's stand-in and a broker with the manifests' topics, users and rights.
 */
class LoaderOnSecuredKafkaTest {
  private static final Path ROOT = Manifests.FOLDER.getParent();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SYMBOL = "BTC/USD";

  @TempDir private Path folder;

  private SecuredBroker broker;
  private FakeExchange exchange;
  private Process process;
  private int port;

  @BeforeEach
  void start() throws Exception {
    broker = OperatedKafka.start(Manifests.of("dev"), folder);
    exchange =
        FakeVenues.start(
            "kraken",
            RecordingFile.read("kraken-v2-btc"),
            ExchangeSetup.standard().withToday(true));
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    LoaderPod pod = LoaderPod.of(Manifests.of("dev"));
    Path config = Files.writeString(folder.resolve("loader.yaml"), config(pod));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String arg : pod.args()) {
      command.add(
          arg.replace("/opt/streamforge/loader/classes", ROOT + "/src/cli/target/classes")
              .replace("/opt/streamforge/loader/lib", ROOT + "/src/cli/target/loader")
              .replace(LoaderPod.CONFIG, config.toString()));
    }
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("loader.log").toFile())
            .start();
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> !process.isAlive() || get("/ready").statusCode() == 200);
    assertThat(process.isAlive()).as(said()).isTrue();
  }

  /** The config map's, but for addresses and feeds. */
  private String config(LoaderPod pod) throws IOException {
    String text =
        pod.config()
            .replace("/etc/streamforge/kafka-user", broker.secrets() + "/" + LoaderPod.NAME)
            .replace("/etc/streamforge", broker.secrets().toString());
    ObjectNode config = (ObjectNode) Manifests.parse(text).resources().get(0);
    ((ObjectNode) config.get("kafka")).put("bootstrap-servers", broker.bootstrapServers());
    ((ObjectNode) config.get("http")).put("port", port);
    config.putObject("tls").put("ca", exchange.certificate().toString());
    ObjectNode feed = config.putArray("feeds").addObject();
    feed.put("venue", "kraken")
        .put("url", exchange.webSocket().toString())
        .put("rest", exchange.rest().toString());
    feed.putArray("symbols").add(SYMBOL);
    return new ObjectMapper().writeValueAsString(config); // which is YAML, too
  }

  @AfterEach
  void stop() throws Exception {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
    if (exchange != null) {
      exchange.close();
    }
    if (broker != null) {
      broker.close();
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI address = URI.create("http://localhost:" + port + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("loader.log"));
  }

  @Test
  void loadsAnswersAndEndsWithTheRightsOfItsUser() throws Exception {
    awaitMetric("streamforge_loader_books_begun{venue=\"kraken\"} 1.0");
    awaitMetric("streamforge_loader_delivery_seconds_count{venue=\"kraken\"}");
    assertThat(get("/live").statusCode()).isEqualTo(200);
    try (KafkaProducer<byte[], byte[]> job = producer("streamforge")) {
      await()
          .atMost(PATIENCE)
          .until(
              () -> { // until the loader reads the topic
                job.send(new ProducerRecord<>("book-resync", request())).get();
                return get("/metrics")
                    .body()
                    .contains("streamforge_loader_books_requested_total{reason=\"crossed\"");
              });
    }
    assertHasNoFurtherRights();

    process.destroy(); // SIGTERM, as Kubernetes ends it
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(said().lines()).as(said()).hasSize(1); // where its metrics are
    assertThat(written())
        .anyMatch(record -> record.value() != null && text(record).contains("\"snapshot\""))
        .anyMatch(record -> record.headers().lastHeader("event") != null);
  }

  private void awaitMetric(String line) {
    await().atMost(PATIENCE).until(() -> get("/metrics").body().contains(line));
  }

  private static byte[] request() {
    return """
        {"schema":"book-resync/1","instrument":"kraken:BTC/USD","reason":"crossed",\
        "expected":null,"received":null,"time_us":1}"""
        .getBytes(UTF_8);
  }

  private KafkaProducer<byte[], byte[]> producer(String user) throws IOException {
    return new KafkaProducer<>(
        broker.client(user), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private void assertHasNoFurtherRights() throws Exception {
    try (KafkaProducer<byte[], byte[]> loader = producer(LoaderPod.NAME)) {
      for (String topic :
          List.of("book-resync", "symbol-features", "graph-features", "dead-letters")) {
        assertThatThrownBy(() -> loader.send(new ProducerRecord<>(topic, new byte[0])).get())
            .hasCauseInstanceOf(TopicAuthorizationException.class);
      }
    }
    try (KafkaConsumer<byte[], byte[]> loader = consumer(LoaderPod.NAME)) {
      loader.assign(List.of(new TopicPartition("raw-orderbooks", 0)));
      assertThatThrownBy(() -> loader.poll(PATIENCE))
          .isInstanceOf(TopicAuthorizationException.class);
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer(String user) throws IOException {
    Properties client = broker.client(user);
    client.put("auto.offset.reset", "earliest");
    return new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Of the book, without heartbeats. */
  private List<ConsumerRecord<byte[], byte[]>> written() throws IOException {
    List<ConsumerRecord<byte[], byte[]>> written = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> job = consumer("streamforge")) {
      List<TopicPartition> partitions =
          job.partitionsFor("raw-orderbooks").stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      job.assign(partitions);
      var ends = job.endOffsets(partitions);
      while (partitions.stream().anyMatch(each -> job.position(each) < ends.get(each))) {
        for (ConsumerRecord<byte[], byte[]> record : job.poll(Duration.ofMillis(200))) {
          if (record.key() != null) {
            assertThat(new String(record.key(), UTF_8)).isEqualTo(SYMBOL);
            written.add(record);
          }
        }
      }
    }
    return written;
  }

  private static String text(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.value(), UTF_8);
  }
}
