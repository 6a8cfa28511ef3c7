package io.streamforge.marketgraph;

import io.streamforge.kafka.KafkaSinks;
import io.streamforge.kafka.KafkaTopics;
import io.streamforge.kafka.TopicOut;
import io.streamforge.market.Instrument;
import io.streamforge.record.DeadLetterRecord;
import io.streamforge.settings.SettingsFaults;
import io.streamforge.topic.OutputRecord;
import io.streamforge.wire.Arrival;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The job's topics out. */
final class KafkaTopicsOut implements MarketSinks {
  /** A character of three bytes, and there is none longer for each of a name's. */
  private static final Instrument LONGEST_NAME =
      new Instrument("v".repeat(Arrival.MAX_NAME_LENGTH), "€".repeat(Arrival.MAX_NAME_LENGTH));

  private final KafkaSinks sinks;
  private final TopicOut symbolFeatures;
  private final TopicOut graphFeatures;
  private final TopicOut bookResyncs;
  private final TopicOut deadLetters;

  KafkaTopicsOut(Settings settings) {
    this.sinks = new KafkaSinks(settings.kafka());
    this.symbolFeatures =
        topic(settings, MarketGraphOptions.SYMBOL_FEATURES_TOPIC, "symbol-features-sink");
    this.graphFeatures =
        topic(settings, MarketGraphOptions.GRAPH_FEATURES_TOPIC, "graph-features-sink");
    this.bookResyncs = topic(settings, MarketGraphOptions.BOOK_RESYNC_TOPIC, "book-resync-sink");
    this.deadLetters = topic(settings, MarketGraphOptions.DEAD_LETTERS_TOPIC, "dead-letters-sink");
  }

  private static TopicOut topic(Settings settings, ConfigOption<String> option, String uid) {
    return new TopicOut(option.key(), settings.get(option), uid);
  }

  /** Checks that each is there, keeps every record, takes the largest, and may be written to. */
  void check(KafkaTopics topics, Settings settings, SettingsFaults faults) {
    for (TopicOut out : List.of(symbolFeatures, graphFeatures, bookResyncs, deadLetters)) {
      faults.check(() -> topics.checkOut(out));
      faults.check(() -> topics.checkTransactionalIds(out));
    }
    OutputRecord symbol = new SymbolRecords(settings.intervalUs()).largest(LONGEST_NAME);
    faults.check(() -> topics.checkSize(symbolFeatures, symbol.sizeInLog()));
    OutputRecord resync = new BookResync().largest(LONGEST_NAME);
    faults.check(() -> topics.checkSize(bookResyncs, resync.sizeInLog()));
    faults.check(() -> topics.checkSize(deadLetters, DeadLetterRecord.MAX_BYTES));
    faults.check(() -> GraphRecordLimit.checkMemory(settings));
    // Who may not know its limit learns of a topic that is too small when the first record is.
    faults.check(
        () ->
            topics
                .maxMessageBytes(graphFeatures.topic())
                .ifPresent(limit -> GraphRecordLimit.checkTopic(settings, limit)));
  }

  @Override
  public void symbolFeatures(DataStream<OutputRecord> records) {
    sinks.write(records, symbolFeatures);
  }

  @Override
  public void graphFeatures(DataStream<OutputRecord> records) {
    // A sample has one graph: there is nothing to wait for.
    sinks.write(records, graphFeatures, Map.of(ProducerConfig.LINGER_MS_CONFIG, "0"));
  }

  @Override
  public void bookResyncs(DataStream<OutputRecord> records) {
    sinks.write(records, bookResyncs);
  }

  @Override
  public void deadLetters(DataStream<OutputRecord> records) {
    sinks.write(records, deadLetters);
  }
}
