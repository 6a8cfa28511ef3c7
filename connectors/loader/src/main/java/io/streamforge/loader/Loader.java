package io.streamforge.loader;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.streamforge.loader.config.LoaderConfig;
import io.streamforge.loader.out.Outbox;
import io.streamforge.loader.out.ReceiveClock;
import io.streamforge.loader.watch.HealthServer;
import io.streamforge.loader.watch.LoaderLog;
import io.streamforge.topic.RawTopicWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The loader as a service: feeds of exchanges into Kafka, answers to requests for books, metrics
 * and health. From the venue to Kafka a message is delivered at most once, and each loss is said.
 */
public final class Loader implements AutoCloseable {
  /** As long as a job waits for a feed: after a longer outage its books begin anew. */
  private static final Duration MAX_AGE = Duration.ofSeconds(30);

  private final Outbox outbox;
  private final Feeds feeds;
  private final ResyncReader resyncs;
  private final HealthServer health;

  /**
   * Starts it.
   *
   * @param clock what receive times are taken from
   * @throws IOException if the port for metrics is taken
   * @throws org.apache.kafka.common.KafkaException if the broker does not answer, or lacks a topic
   */
  public Loader(LoaderConfig config, ReceiveClock clock) throws IOException {
    PrometheusRegistry metrics = new PrometheusRegistry();
    LoaderLog log = new LoaderLog(metrics);
    config.feeds().forEach(feed -> log.begin(feed.venue()));
    RawTopicWriter topics =
        RawTopicWriter.connect(
            config.bootstrapServers(), producer(config), config.topics().written());
    outbox = new Outbox(topics, clock, log, (long) config.queueMb() << 20, MAX_AGE);
    feeds = new Feeds(config, outbox, clock, log);
    resyncs =
        new ResyncReader(
            config.bootstrapServers(),
            config.kafkaProperties(),
            config.topics().resync(),
            feeds::resync);
    health =
        new HealthServer(config.httpHost(), config.httpPort(), metrics, this::dead, feeds::down);
    feeds.start();
  }

  /** Nothing waits for longer in Kafka's client than in the outbox. */
  private static Properties producer(LoaderConfig config) {
    Properties properties = new Properties();
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    properties.put(ProducerConfig.LINGER_MS_CONFIG, "1");
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, String.valueOf(MAX_AGE.toMillis()));
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, String.valueOf(MAX_AGE.toMillis()));
    properties.putAll(config.kafkaProperties());
    return properties;
  }

  private String dead() {
    return outbox.isAlive() ? feeds.dead() : "nothing is handed to Kafka any more";
  }

  /** Where metrics and health are served. */
  public int httpPort() {
    return health.port();
  }

  public Feeds feeds() {
    return feeds;
  }

  @Override
  public void close() {
    feeds.close();
    resyncs.close();
    outbox.close();
    health.close();
  }
}
