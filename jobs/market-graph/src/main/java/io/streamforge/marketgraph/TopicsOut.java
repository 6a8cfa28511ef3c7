package io.streamforge.marketgraph;

import io.streamforge.kafka.KafkaTopics;
import io.streamforge.kafka.TopicOut;
import io.streamforge.kafka.TopicOutChecks;
import io.streamforge.market.Instrument;
import io.streamforge.market.InstrumentNames;
import io.streamforge.record.DeadLetterRecord;
import io.streamforge.settings.SettingsFaults;
import io.streamforge.topic.OutputRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;

/** The job's topics out by what goes there, and what each has to take. */
record TopicsOut(
    TopicOut symbolFeatures,
    TopicOut graphFeatures,
    TopicOut bookResyncs,
    TopicOut deadLetters,
    Optional<TopicOut> marketEvents) {
  /** Of three bytes, and no character of a name has more for each of those that count. */
  private static final String LONGEST_CHARACTER = "€";

  private static final Instrument LONGEST_NAME =
      new Instrument(
          "v".repeat(InstrumentNames.MAX_LENGTH),
          LONGEST_CHARACTER.repeat(InstrumentNames.MAX_LENGTH));

  static TopicsOut of(Settings settings) {
    return new TopicsOut(
        topic(settings, MarketGraphOptions.SYMBOL_FEATURES_TOPIC, "symbol-features-sink"),
        topic(settings, MarketGraphOptions.GRAPH_FEATURES_TOPIC, "graph-features-sink"),
        topic(settings, MarketGraphOptions.BOOK_RESYNC_TOPIC, "book-resync-sink"),
        topic(settings, MarketGraphOptions.DEAD_LETTERS_TOPIC, "dead-letters-sink"),
        settings
            .marketEventsTopic()
            .map(
                topic ->
                    topic(settings, MarketGraphOptions.MARKET_EVENTS_TOPIC, "market-events-sink")));
  }

  private static TopicOut topic(Settings settings, ConfigOption<String> option, String uid) {
    return new TopicOut(option.key(), settings.get(option), uid);
  }

  List<TopicOut> all() {
    List<TopicOut> all =
        new ArrayList<>(List.of(symbolFeatures, graphFeatures, bookResyncs, deadLetters));
    marketEvents.ifPresent(all::add);
    return all;
  }

  /** Checks that each is there, keeps every record, takes the largest, and may be written to. */
  void check(KafkaTopics topics, Settings settings, SettingsFaults faults) {
    TopicOutChecks checks = topics.out();
    for (TopicOut out : all()) {
      faults.check(() -> checks.check(out));
      faults.check(() -> checks.checkTransactionalIds(out));
    }
    OutputRecord symbol = new SymbolRecords(settings.intervalUs()).largest(LONGEST_NAME);
    faults.check(() -> checks.checkSize(symbolFeatures, symbol.sizeInLog()));
    OutputRecord resync = new BookResync().largest(LONGEST_NAME);
    faults.check(() -> checks.checkSize(bookResyncs, resync.sizeInLog()));
    faults.check(() -> checks.checkSize(deadLetters, DeadLetterRecord.MAX_BYTES));
    marketEvents.ifPresent(
        out -> {
          OutputRecord event =
              MarketEvents.largest(LONGEST_NAME, MarketEvents.RawTopics.of(settings));
          faults.check(() -> checks.checkSize(out, event.sizeInLog()));
        });
    faults.check(() -> GraphRecordLimit.checkMemory(settings));
    // Who may not know its limit learns of a topic that is too small when the first record is.
    faults.check(
        () ->
            topics
                .maxMessageBytes(graphFeatures.topic())
                .ifPresent(limit -> GraphRecordLimit.checkTopic(settings, limit)));
  }
}
