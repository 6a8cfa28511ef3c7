package io.streamforge.cli.view;

import io.streamforge.cli.topics.TopicReader;
import io.streamforge.cli.topics.Topics;
import io.streamforge.marketgraph.MarketGraphOptions;
import io.streamforge.marketgraph.Settings;
import io.streamforge.record.GraphFeaturesRecord;
import io.streamforge.record.SymbolFeaturesRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Tells the market what the topics out say, beginning a few minutes back. */
final class FeatureReader implements AutoCloseable {
  /** As far as the charts show. */
  private static final Duration HISTORY = Duration.ofSeconds(SymbolHistory.LENGTH);

  /** Of a graph the newest is all that is shown. */
  private static final Duration GRAPHS = Duration.ofSeconds(15);

  private static final Duration SILENCE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final String graphTopic;
  private final TopicReader topics;
  private final LatestRecords market;
  private final Map<ByteBuffer, byte[]> newestGraphs = new HashMap<>();
  private long heardNanos = System.nanoTime();
  private volatile boolean closed;

  /**
   * Finds the topics.
   *
   * @param settings where Kafka is, what its client is to know, and what the topics are called
   */
  FeatureReader(Settings settings, LatestRecords market) throws InterruptedException {
    this.market = market;
    graphTopic = settings.get(MarketGraphOptions.GRAPH_FEATURES_TOPIC);
    String symbolTopic = settings.get(MarketGraphOptions.SYMBOL_FEATURES_TOPIC);
    topics = Topics.reader(settings, List.of(symbolTopic, graphTopic));
    try {
      topics.startBeforeNewest(symbolTopic, HISTORY);
      topics.startBeforeNewest(graphTopic, GRAPHS);
    } catch (RuntimeException e) {
      topics.close();
      throw e;
    }
  }

  /** Reads until it is closed. */
  void run() {
    try (topics) {
      while (!closed) {
        topics.poll(this::receive);
        newestGraphs.values().forEach(this::addGraph);
        newestGraphs.clear();
        boolean silent = System.nanoTime() - heardNanos > SILENCE.toNanos();
        market.sample(!silent || topics.answers(PATIENCE), System.nanoTime());
      }
    }
  }

  private void receive(ConsumerRecord<byte[], byte[]> message) {
    heardNanos = System.nanoTime();
    if (message.value() == null) {
      market.leaveOut();
    } else if (message.topic().equals(graphTopic)) {
      // Large, and soon replaced: of those that come together only the last is looked into.
      byte[] key = message.key() == null ? new byte[0] : message.key();
      newestGraphs.put(ByteBuffer.wrap(key), message.value());
    } else {
      try {
        market.add(SymbolRecord.of(SymbolFeaturesRecord.read(message.value())), heardNanos);
      } catch (IOException e) {
        market.leaveOut();
      }
    }
  }

  private void addGraph(byte[] value) {
    try {
      market.add(GraphFeaturesRecord.read(value), heardNanos);
    } catch (IOException e) {
      market.leaveOut();
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
