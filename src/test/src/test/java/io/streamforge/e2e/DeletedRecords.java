package io.streamforge.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.cli.cluster.LocalBroker;
import io.streamforge.cli.cluster.LocalFlink;
import io.streamforge.cli.topics.TopicReader;
import io.streamforge.cli.topics.Topics;
import io.streamforge.marketgraph.MarketGraphJob;
import io.streamforge.marketgraph.Settings;
import io.streamforge.record.BookResyncRecord;
import io.streamforge.record.SymbolFeaturesRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker that deletes records, and jobs that still had to read them. */
final class DeletedRecords implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PARTITIONS = 2;
  private static final long STEP_US = 100_000;

  private final LocalBroker broker;
  private final LocalFlink flink;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Path folder;
  private TopicReader outputs;
  private long nowUs = 1_723_161_256_000_000L;

  /** By instrument: its book's status at each sample, in the order in which they came. */
  private final Map<String, TreeMap<Long, String>> statuses = new TreeMap<>();

  private final List<String> resyncs = new ArrayList<>();

  /**
   * @param folder of the broker and of savepoints
   */
  DeletedRecords(Path folder) throws Exception {
    this.folder = folder;
    broker = LocalBroker.start(folder);
    Configuration cluster = new Configuration();
    cluster.setString("metrics.fetcher.update-interval", "100 ms");
    flink = LocalFlink.start(cluster, PARTITIONS, 0);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /**
   * Starts a job, whose topics there are then.
   *
   * @param savepoint that it goes on from; null for none
   */
  JobID submit(Map<String, String> own, Path savepoint) throws Exception {
    Map<String, String> values = new HashMap<>(own);
    values.put("kafka.bootstrap-servers", broker.bootstrapServers());
    values.putIfAbsent("source.max-behind", "0 s"); // the feed sends heartbeats
    Settings settings = new Settings(values);
    Topics.createMissing(broker.admin(), settings, PARTITIONS, Optional.empty(), true);
    if (outputs == null) {
      outputs = Topics.reader(settings, List.of("symbol-features", "book-resync"));
    }
    StreamExecutionEnvironment env =
        new StreamExecutionEnvironment(
            new Configuration()
                .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200)));
    env.setParallelism(PARTITIONS);
    MarketGraphJob.define(env, settings);
    return savepoint == null
        ? flink.submit(env, settings.title())
        : flink.submit(env, settings.title(), savepoint);
  }

  /** Deletes a topic, and returns when the broker has heard of it from its controller. */
  void drop(String topic) throws Exception {
    broker.admin().deleteTopics(List.of(topic)).all().get();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !broker.admin().listTopics().names().get().contains(topic));
  }

  /** Stops a job, and returns its savepoint. */
  Path stop(JobID job) throws Exception {
    Path savepoint = flink.savepoint(job, folder);
    cancel(job);
    return savepoint;
  }

  void cancel(JobID job) throws Exception {
    flink.cancel(job);
    await().atMost(Duration.ofMinutes(1)).until(() -> flink.state(job) == JobStatus.CANCELED);
  }

  /** What a job says that fails and tries again, and again, once it begins so. */
  String failure(JobID job, String begin) throws Exception {
    await().atMost(Duration.ofMinutes(1)).until(() -> hasFailed(job, begin));
    if (flink.state(job).isGloballyTerminalState()) {
      throw new IllegalStateException("the job has given up, and with it its state");
    }
    return reason(job);
  }

  /** Whether the last that made a job fail begins so. */
  boolean hasFailed(JobID job, String begin) {
    try {
      return reason(job).startsWith(begin);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String reason(JobID job) throws InterruptedException {
    Throwable failure = flink.failure(job).orElse(null);
    if (failure == null) {
      return "";
    }
    while (failure.getCause() != null) {
      failure = failure.getCause();
    }
    return failure.getMessage().replaceFirst("^[\\w.]+Exception: ", ""); // as Flink carries it
  }

  /** The book of an instrument, whole, with the next message of its partition. */
  void snapshot(String topic, int partition, String symbol) {
    send(
        topic,
        partition,
        symbol,
        ("{\"type\":\"book\",\"venue\":\"acme\",\"symbol\":\"%s\",\"snapshot\":true,"
                + "\"bids\":[[\"10\",\"1\"]],\"asks\":[[\"11\",\"1\"]],\"event_time_us\":%d}")
            .formatted(symbol, nowUs));
  }

  /** A tenth of a second goes by: a heartbeat a partition. */
  void step(List<String> topics) {
    nowUs += STEP_US;
    for (String topic : topics) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        send(topic, partition, null, null);
      }
    }
    producer.flush();
  }

  /**
   * A partition of trades is far ahead of all others, so that the job reads no further in it. What
   * comes in it from then on stays in Kafka.
   */
  void pauseTrades(JobID job) throws Exception {
    TopicPartition ahead = new TopicPartition("raw-trades", 0);
    AtomicLong aheadUs = new AtomicLong(nowUs + 3_600_000_000L);
    AtomicLong committed = new AtomicLong(-1);
    AtomicLong checkpoints = new AtomicLong();
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              send(ahead.topic(), ahead.partition(), null, null, aheadUs.addAndGet(1_000_000));
              long now = flink.completedCheckpoints(job);
              if (committed.getAndSet(committed(ahead)) != committed.get()) {
                checkpoints.set(now);
              }
              return now >= checkpoints.get() + 5;
            });
    nowUs = aheadUs.get();
  }

  private long committed(TopicPartition partition) throws Exception {
    OffsetAndMetadata offset =
        broker
            .admin()
            .listConsumerGroupOffsets("streamforge")
            .partitionsToOffsetAndMetadata()
            .get()
            .get(partition);
    return offset == null ? -1 : offset.offset();
  }

  /** Time goes by, until something has come out. */
  void stepUntil(List<String> topics, BooleanSupplier condition) {
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              step(topics);
              outputs.poll(this::receive);
              return condition.getAsBoolean();
            });
  }

  private void send(String topic, int partition, String symbol, String value) {
    send(topic, partition, symbol, value, nowUs);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // what is lost does not come out
  private void send(String topic, int partition, String symbol, String value, long timeUs) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, partition, timeUs / 1000, utf8(symbol), utf8(value));
    record.headers().add("venue", utf8("streamforge"));
    record.headers().add("receive_time_us", utf8(Long.toString(timeUs)));
    producer.send(record);
  }

  private static byte[] utf8(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  private void receive(ConsumerRecord<byte[], byte[]> record) {
    try {
      if (record.topic().equals("book-resync")) {
        BookResyncRecord resync = BookResyncRecord.read(record.value());
        resyncs.add(resync.instrument() + " " + resync.reason());
      } else {
        SymbolFeaturesRecord.Trust book = SymbolFeaturesRecord.trust(record.value());
        statuses
            .computeIfAbsent(book.instrument(), instrument -> new TreeMap<>())
            .put(book.timeUs(), book.status());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes all but the last records of a partition, and returns the first offset that is left. */
  long delete(String topic, int partition, int keep) throws Exception {
    TopicPartition whole = new TopicPartition(topic, partition);
    long end =
        broker
            .admin()
            .listOffsets(Map.of(whole, OffsetSpec.latest()))
            .partitionResult(whole)
            .get()
            .offset();
    broker
        .admin()
        .deleteRecords(Map.of(whole, RecordsToDelete.beforeOffset(end - keep)))
        .all()
        .get();
    return end - keep;
  }

  /** The book's status at the newest sample; empty if there is none. */
  String status(String instrument) {
    TreeMap<Long, String> samples = statuses.getOrDefault(instrument, new TreeMap<>());
    return samples.isEmpty() ? "" : samples.lastEntry().getValue();
  }

  /** All statuses that a book had at samples since a time. */
  List<String> statusesSince(String instrument, long timeUs) {
    return statuses.get(instrument).tailMap(timeUs, true).values().stream().distinct().toList();
  }

  /** Requests for snapshots: instrument and reason. */
  List<String> resyncs() {
    return resyncs;
  }

  /** Whether there are samples of an instrument. */
  boolean hasSamplesOf(String instrument) {
    return statuses.containsKey(instrument);
  }

  /** Time of an instrument's newest sample. */
  long newestUs(String instrument) {
    return statuses.get(instrument).lastKey();
  }

  long nowUs() {
    return nowUs;
  }

  LocalFlink flink() {
    return flink;
  }

  /** A counter of the job's decoding of books, over its subtasks; -1 for none. */
  long counter(JobID job, String name) throws Exception {
    JsonNode metrics =
        get(ofBooks(job) + "/subtasks/metrics?get=decode_orderbooks.%s".formatted(name));
    return metrics.isEmpty() ? -1 : metrics.get(0).get("sum").asLong();
  }

  /** Since when the broker has all books' records, as their source says; -1 if it does not. */
  long beginsMs(JobID job) throws Exception {
    String metrics = ofBooks(job) + "/jm-operator-metrics";
    for (JsonNode metric : get(metrics)) {
      String id = metric.get("id").asText();
      if (id.endsWith(".coordinator.enumerator.log_begins_ms")) {
        String named = metrics + "?get=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
        return get(named).get(0).get("value").asLong();
      }
    }
    return -1;
  }

  private String ofBooks(JobID job) throws Exception {
    JsonNode vertices = get("/jobs/" + job).get("vertices");
    for (JsonNode vertex : vertices) {
      if (vertex.get("name").asText().contains("decode orderbooks")) {
        return "/jobs/%s/vertices/%s".formatted(job, vertex.get("id").asText());
      }
    }
    throw new IllegalStateException("nothing decodes books: " + vertices);
  }

  private JsonNode get(String path) throws Exception {
    URI uri = flink.webUi().resolve(path);
    try (InputStream in = uri.toURL().openStream()) {
      return JSON.readTree(in);
    }
  }

  @Override
  public void close() throws Exception {
    if (outputs != null) {
      outputs.close();
    }
    producer.close();
    try (broker) {
      flink.close();
    }
  }
}
