package io.streamforge.cli.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.cli.cluster.LocalBroker;
import io.streamforge.cli.topics.TopicReader;
import io.streamforge.loader.Loader;
import io.streamforge.loader.config.FeedConfig;
import io.streamforge.loader.config.LoaderConfig;
import io.streamforge.loader.out.ReceiveClock;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.testkit.exchange.ExchangeSetup;
import io.streamforge.testkit.exchange.FakeExchange;
import io.streamforge.testkit.exchange.venue.FakeVenues;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loader as a service, between a venue and a real broker. */
class LoaderOnKafkaTest {
  private static final List<String> SYMBOLS = List.of("BTCUSD", "ETHBTC", "HNTUSD");
  private static final String BOOKS = "raw-orderbooks";

  @TempDir private Path folder;
  private LocalBroker broker;
  private FakeExchange exchange;
  private Loader loader;

  @BeforeEach
  void start() throws Exception {
    broker = LocalBroker.resume(folder, 0);
    for (String topic : List.of(BOOKS, "raw-trades", "book-resync")) {
      broker.createTopic(topic, 2);
    }
    exchange =
        FakeVenues.start(
            "binance-us", recording(), ExchangeSetup.standard().withSpeed(12).withToday(true));
    loader =
        new Loader(
            LoaderConfig.of(
                    broker.bootstrapServers(),
                    exchange.certificate(),
                    List.of(
                        FeedConfig.of("binance-us", SYMBOLS)
                            .at(exchange.webSocket(), exchange.rest())))
                .onPort(0),
            ReceiveClock.ofMachine());
    await().atMost(Duration.ofSeconds(30)).until(() -> loader.feeds().begunBooks() == 3);
  }

  @AfterEach
  void end() throws IOException {
    loader.close();
    exchange.close();
    broker.close();
  }

  private static List<RawMessage> recording() throws IOException {
    return RecordingFile.read("binance-us-10").stream()
        .filter(each -> SYMBOLS.contains(each.key()))
        .toList();
  }

  /** By key the changes that the topic has; and how many records say something else. */
  private Map<String, List<String>> changes() {
    Map<String, List<String>> changes = new TreeMap<>();
    try (TopicReader reader =
        new TopicReader(broker.bootstrapServers(), new Properties(), List.of(BOOKS))) {
      do {
        reader.poll(record -> add(changes, record));
      } while (!reader.behind().isEmpty());
    }
    return changes;
  }

  private static void add(Map<String, List<String>> to, ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      to.computeIfAbsent("heartbeats", key -> new ArrayList<>()).add("");
      return;
    }
    assertThat(header(record, "venue")).isEqualTo("binance-us");
    assertThat(header(record, "connection")).isNotEmpty();
    assertThat(header(record, "receive_time_us")).hasSize(16);
    if (record.value() == null) {
      to.computeIfAbsent(header(record, "event"), key -> new ArrayList<>()).add("");
    } else if (!new String(record.value(), UTF_8).startsWith("{\"lastUpdateId\"")) {
      to.computeIfAbsent(new String(record.key(), UTF_8), key -> new ArrayList<>())
          .add(new String(record.value(), UTF_8).replaceFirst("\"E\":\\d+", "")); // as of today
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }

  private HttpResponse<String> get(String path) throws Exception {
    URI address = URI.create("http://localhost:" + loader.httpPort() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** A broker that is away for less time than a message may wait loses nothing. */
  @Test
  void writesAllOfItInOrderThoughTheBrokerIsAwayForAWhile() throws Exception {
    int port = Integer.parseInt(broker.bootstrapServers().replaceFirst(".*:", ""));
    broker.close();
    await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(5)).until(() -> true);
    broker = LocalBroker.resume(folder, port);
    await().atMost(Duration.ofSeconds(60)).until(exchange::ended);
    loader.close();
    Map<String, List<String>> recorded = new TreeMap<>();
    for (RawMessage each : recording()) {
      if (!each.isTrade() && !each.value().startsWith("{\"lastUpdateId\"")) {
        recorded
            .computeIfAbsent(each.key(), key -> new ArrayList<>())
            .add(each.value().replaceFirst("\"E\":\\d+", ""));
      }
    }
    Map<String, List<String>> written = changes();
    assertThat(written.remove("heartbeats")).hasSizeGreaterThan(20);
    assertThat(written.remove("disconnected")).hasSize(3); // at the end
    assertThat(written).isEqualTo(recorded);
  }

  @Test
  void answersRequestsForBooksAndTellsHowItIs() throws Exception {
    int asked = exchange.restRequests();
    Properties client = new Properties();
    client.put("bootstrap.servers", broker.bootstrapServers());
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> { // until the loader reads the topic
                producer.send(new ProducerRecord<>("book-resync", "x", "no request")).get();
                producer
                    .send(
                        new ProducerRecord<>(
                            "book-resync",
                            "BTCUSD",
                            "{\"schema\":\"book-resync/1\",\"instrument\":\"binance-us:BTCUSD\","
                                + "\"reason\":\"crossed\",\"expected\":null,\"received\":null,"
                                + "\"time_us\":1}"))
                    .get();
                return exchange.restRequests() > asked;
              });
    }
    assertThat(get("/live").statusCode()).isEqualTo(200);
    assertThat(get("/ready").body()).isEqualTo("ok\n");
    assertThat(get("/metrics").body())
        .contains("streamforge_loader_books_requested_total{reason=\"crossed\"")
        .contains("streamforge_loader_books_begun{venue=\"binance-us\"} 3.0")
        .contains("streamforge_loader_delivery_seconds_count{venue=\"binance-us\"}");
    // A connection that a request left open would do for the next WebSocket, too.
    exchange.faults().refuseConnects(503, null, 1_000);
    exchange.faults().cutAll();
    await().until(() -> get("/ready").statusCode() == 503);
    assertThat(get("/ready").body()).isEqualTo("binance-us is not connected\n");
    assertThat(get("/live").statusCode()).isEqualTo(200);
  }
}
