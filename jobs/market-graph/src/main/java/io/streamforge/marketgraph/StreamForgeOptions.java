package io.streamforge.marketgraph;

import io.streamforge.graph.model.GraphSettings;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.base.DeliveryGuarantee;

/**
 * The job's settings. All keys begin with {@value #PREFIX}; {@code --set} and {@code --config} may
 * leave that out.
 */
public final class StreamForgeOptions {
  /** What every key begins with. */
  public static final String PREFIX = "streamforge.";

  /** Keys under this prefix are handed to Kafka's clients. */
  public static final String KAFKA_PROPERTIES = PREFIX + "kafka.properties.";

  public static final ConfigOption<String> BOOTSTRAP_SERVERS =
      ConfigOptions.key(PREFIX + "kafka.bootstrap-servers")
          .stringType()
          .noDefaultValue()
          .withDescription("Kafka brokers, host:port, comma-separated. Required.");

  public static final ConfigOption<String> ORDERBOOKS_TOPIC =
      text("source.orderbooks.topic", "raw-orderbooks", "Topic of order-book messages.");

  public static final ConfigOption<String> TRADES_TOPIC =
      text("source.trades.topic", "raw-trades", "Topic of trades.");

  public static final ConfigOption<String> GROUP_ID =
      text("source.group-id", "streamforge", "Consumer group, for its committed offsets.");

  public static final ConfigOption<String> START =
      text(
          "source.start",
          "committed",
          "Where a job without state begins: earliest, latest, committed (earliest where nothing is committed), or a"
              + " time such as 2026-08-01T00:00:00Z.");

  public static final ConfigOption<String> DEFAULT_VENUE =
      ConfigOptions.key(PREFIX + "source.default-venue")
          .stringType()
          .noDefaultValue()
          .withDescription("Venue of records without the header venue.");

  public static final ConfigOption<Duration> MAX_LATENESS =
      duration(
          "source.max-lateness",
          Duration.ofMillis(500),
          "An event further behind its receipt counts that much before its receipt.");

  public static final ConfigOption<Duration> MAX_STALENESS =
      duration(
          "source.max-staleness",
          Duration.ofSeconds(10),
          "A trade older than this on arrival is counted and left out.");

  public static final ConfigOption<Duration> MAX_FUTURE =
      duration(
          "source.max-future",
          Duration.ofSeconds(10),
          "An event further ahead of its receipt is a dead letter.");

  public static final ConfigOption<Duration> MAX_OUT_OF_ORDERNESS =
      duration(
          "source.max-out-of-orderness",
          Duration.ofMillis(100),
          "Disorder of receive times within a partition.");

  public static final ConfigOption<Duration> IDLE_TIMEOUT =
      duration(
          "source.idle-timeout",
          Duration.ofSeconds(5),
          "A partition without a record for so long holds the market back no longer; 0 to wait for ever, for feeds"
              + " with heartbeats.");

  public static final ConfigOption<Duration> MAX_DRIFT =
      duration(
          "source.max-drift",
          Duration.ofMinutes(10),
          "How far a partition that is easy to catch up with is read ahead of the slowest, about: what is ahead waits"
              + " in state.");

  public static final ConfigOption<MemorySize> MAX_MESSAGE_BYTES =
      ConfigOptions.key(PREFIX + "source.max-message-bytes")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(16))
          .withDescription("A larger message is a dead letter.");

  public static final ConfigOption<DeliveryGuarantee> DELIVERY_GUARANTEE =
      ConfigOptions.key(PREFIX + "sink.delivery-guarantee")
          .enumType(DeliveryGuarantee.class)
          .defaultValue(DeliveryGuarantee.AT_LEAST_ONCE)
          .withDescription(
              "at-least-once: records are visible at once, a repeat is byte-identical; exactly-once: Kafka transactions,"
                  + " visible at each checkpoint.");

  public static final ConfigOption<Duration> MAX_DOWNTIME =
      duration(
          "sink.max-downtime",
          Duration.ofMinutes(5),
          "exactly-once: how long the job may be down between a checkpoint and its commit and lose nothing; it starts"
              + " only if Kafka's transactions live so long.");

  public static final ConfigOption<String> SYMBOL_FEATURES_TOPIC =
      text("sink.symbol-features.topic", "symbol-features", "Topic of the features per symbol.");

  public static final ConfigOption<String> GRAPH_FEATURES_TOPIC =
      text("sink.graph-features.topic", "graph-features", "Topic of the graphs.");

  public static final ConfigOption<String> DEAD_LETTERS_TOPIC =
      text("sink.dead-letters.topic", "dead-letters", "Topic of records that cannot be used.");

  public static final ConfigOption<String> BOOK_RESYNC_TOPIC =
      text("sink.book-resync.topic", "book-resync", "Topic of requests for snapshots.");

  public static final ConfigOption<Duration> RESYNC_RETRY =
      duration(
          "book.resync-retry",
          Duration.ofSeconds(30),
          "How often a snapshot is asked for again while a book is broken.");

  public static final ConfigOption<Duration> RESYNC_SPREAD =
      duration(
          "book.resync-spread",
          Duration.ofSeconds(5),
          "Books that break together ask for their snapshots over so long.");

  public static final ConfigOption<Duration> STALE_AFTER =
      duration(
          "book.stale-after",
          Duration.ofSeconds(60),
          "A live book without a message for so long is stale; book.stale-after.VENUE for one venue.");

  /** Settings of one venue alone: this, a dot and the venue's name. */
  public static final String STALE_AFTER_OF_VENUE = STALE_AFTER.key() + ".";

  public static final ConfigOption<Integer> MAX_LEVELS =
      whole(
          "book.max-levels",
          100_000,
          "Levels a side that a book keeps; what lies beyond is dropped, and null.");

  public static final ConfigOption<Duration> BUFFER_AGE =
      duration(
          "book.buffer-age",
          Duration.ofSeconds(60),
          "How much older than the newest a message may be that waits for a snapshot.");

  public static final ConfigOption<Integer> BUFFER_SIZE =
      whole(
          "book.buffer-size",
          1000,
          "How many messages of a book may wait for a snapshot; beyond it the oldest is dropped.");

  public static final ConfigOption<Duration> IDLE_AFTER =
      duration(
          "instrument.idle-after",
          Duration.ofMinutes(5),
          "An instrument without a message for so long leaves the graph.");

  public static final ConfigOption<Duration> FORGET_AFTER =
      duration(
          "instrument.forget-after",
          Duration.ofDays(7),
          "The state of an instrument without a message for so long goes.");

  public static final ConfigOption<MemorySize> CACHE_SIZE =
      ConfigOptions.key(PREFIX + "instrument.cache-size")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(256))
          .withDescription(
              "Heap for the books of one subtask; beyond it those used least recently are in RocksDB alone.");

  public static final ConfigOption<String> REGISTRY =
      ConfigOptions.key(PREFIX + "instruments.registry")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "File of the instruments' currencies, contracts and rates, read when the job is submitted; without one"
                  + " quotes that end in USD, USDT or USDC count as dollars.");

  public static final ConfigOption<Duration> INTERVAL =
      duration(
          "graph.interval",
          Duration.ofSeconds(1),
          "Distance between samples; 1 s, to which the features' windows are defined.");

  public static final ConfigOption<String> GRAPH_NAME =
      text(
          "graph.name",
          "market",
          "Name of the graph, and key of its records, where graph.group-by is none.");

  public static final ConfigOption<String> GROUP_BY =
      text(
          "graph.group-by",
          "none",
          "none: one graph of all instruments; venue: one of each venue, which bears its name, on a core of its own.");

  public static final ConfigOption<String> INCLUDE =
      text(
          "graph.include",
          ".*",
          "Instruments that are nodes: a regular expression that the whole id, venue:symbol, matches.");

  public static final ConfigOption<String> FILTER =
      text(
          "graph.filter",
          "mst+knn",
          "Which pairs are edges: mst (the spanning forest of largest |correlation_5m|), knn (each node's"
              + " graph.neighbours of largest |correlation_5m|), mst+knn (both), threshold (|correlation_5m| of at least"
              + " graph.threshold; the 124750 strongest, if there are more), all (every pair).");

  public static final ConfigOption<Integer> MAX_NODES =
      whole(
          "graph.max-nodes",
          GraphSettings.MAX_NODES,
          "A graph of more instruments fails the job. The job starts only if the record of so many fits"
              + " max.message.bytes of graph-features and kafka.properties.max.request.size.");

  public static final ConfigOption<Integer> NEIGHBOURS =
      whole(
          "graph.neighbours",
          8,
          "Neighbours of largest |correlation_5m| that a node keeps (mst+knn, knn).");

  public static final ConfigOption<Double> THRESHOLD =
      ConfigOptions.key(PREFIX + "graph.threshold")
          .doubleType()
          .defaultValue(0.5)
          .withDescription("Smallest |correlation_5m| of an edge (threshold).");

  public static final ConfigOption<Integer> MIN_OBSERVATIONS =
      whole("graph.min-observations", 30, "Samples in which both ends of an edge have a return.");

  public static final ConfigOption<Integer> MIN_MOVES =
      whole("graph.min-moves", 10, "Samples in which both ends of an edge move.");

  public static final ConfigOption<Double> MIN_T =
      ConfigOptions.key(PREFIX + "graph.min-t")
          .doubleType()
          .defaultValue(0.0)
          .withDescription("Smallest |correlation_t_5m| of an edge; 0 for any.");

  public static final ConfigOption<Duration> REWIRE_INTERVAL =
      duration(
          "graph.rewire-interval",
          Duration.ofSeconds(10),
          "How often edges are chosen anew; a multiple of graph.interval.");

  public static final ConfigOption<Duration> PUBLISH_INTERVAL =
      ConfigOptions.key(PREFIX + "graph.publish-interval")
          .durationType()
          .noDefaultValue()
          .withDescription(
              "Distance between records of a graph, a multiple of graph.interval, which it is by default; the samples"
                  + " between are in the windows all the same.");

  /** All of them, in the order of the documentation. */
  public static final List<ConfigOption<?>> ALL =
      List.of(
          BOOTSTRAP_SERVERS,
          ORDERBOOKS_TOPIC,
          TRADES_TOPIC,
          GROUP_ID,
          START,
          DEFAULT_VENUE,
          MAX_LATENESS,
          MAX_STALENESS,
          MAX_FUTURE,
          MAX_OUT_OF_ORDERNESS,
          IDLE_TIMEOUT,
          MAX_DRIFT,
          MAX_MESSAGE_BYTES,
          DELIVERY_GUARANTEE,
          MAX_DOWNTIME,
          SYMBOL_FEATURES_TOPIC,
          GRAPH_FEATURES_TOPIC,
          DEAD_LETTERS_TOPIC,
          BOOK_RESYNC_TOPIC,
          STALE_AFTER,
          MAX_LEVELS,
          BUFFER_SIZE,
          BUFFER_AGE,
          RESYNC_RETRY,
          RESYNC_SPREAD,
          IDLE_AFTER,
          FORGET_AFTER,
          CACHE_SIZE,
          REGISTRY,
          INTERVAL,
          GRAPH_NAME,
          GROUP_BY,
          INCLUDE,
          FILTER,
          MAX_NODES,
          NEIGHBOURS,
          THRESHOLD,
          MIN_OBSERVATIONS,
          MIN_MOVES,
          MIN_T,
          REWIRE_INTERVAL,
          PUBLISH_INTERVAL);

  private StreamForgeOptions() {}

  /** A key as it stands in Flink's configuration, from one that may lack the prefix. */
  static String fullKey(String key) {
    return key.startsWith(PREFIX) ? key : PREFIX + key;
  }

  private static ConfigOption<String> text(String key, String value, String description) {
    return ConfigOptions.key(PREFIX + key)
        .stringType()
        .defaultValue(value)
        .withDescription(description);
  }

  private static ConfigOption<Integer> whole(String key, int value, String description) {
    return ConfigOptions.key(PREFIX + key)
        .intType()
        .defaultValue(value)
        .withDescription(description);
  }

  private static ConfigOption<Duration> duration(String key, Duration value, String description) {
    return ConfigOptions.key(PREFIX + key)
        .durationType()
        .defaultValue(value)
        .withDescription(description);
  }
}
