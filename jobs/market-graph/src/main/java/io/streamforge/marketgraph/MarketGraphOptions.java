package io.streamforge.marketgraph;

import static io.streamforge.runtime.SettingOption.text;

import io.streamforge.runtime.BookOptions;
import io.streamforge.runtime.InstrumentOptions;
import io.streamforge.runtime.JobNames;
import io.streamforge.runtime.JobOptions;
import io.streamforge.runtime.KafkaOptions;
import io.streamforge.runtime.MessageOptions;
import io.streamforge.runtime.SinkOptions;
import io.streamforge.runtime.SourceOptions;
import io.streamforge.runtime.TopicOptions;
import io.streamforge.settings.SettingKey;
import io.streamforge.topic.TopicNames;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** The job's settings: its topics, and the groups of all others. */
public final class MarketGraphOptions {
  public static final ConfigOption<String> ORDERBOOKS_TOPIC =
      text("source.orderbooks.topic", TopicNames.RAW_ORDERBOOKS, "Topic of order-book messages.");

  public static final ConfigOption<String> TRADES_TOPIC =
      text("source.trades.topic", TopicNames.RAW_TRADES, "Topic of trades.");

  public static final ConfigOption<String> SYMBOL_FEATURES_TOPIC =
      text(
          "sink.symbol-features.topic",
          TopicNames.SYMBOL_FEATURES,
          "Topic of the features per symbol.");

  public static final ConfigOption<String> GRAPH_FEATURES_TOPIC =
      text("sink.graph-features.topic", TopicNames.GRAPH_FEATURES, "Topic of the graphs.");

  public static final ConfigOption<String> DEAD_LETTERS_TOPIC =
      text(
          "sink.dead-letters.topic",
          TopicNames.DEAD_LETTERS,
          "Topic of records that cannot be used.");

  public static final ConfigOption<String> BOOK_RESYNC_TOPIC =
      text("sink.book-resync.topic", TopicNames.BOOK_RESYNC, "Topic of requests for snapshots.");

  public static final ConfigOption<String> MARKET_EVENTS_TOPIC =
      ConfigOptions.key(SettingKey.PREFIX + "sink.market-events.topic")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Topic of trades, and of changes of each book's best levels and trust. Without it none"
                  + " are written.");

  static final KafkaOptions KAFKA = new KafkaOptions();
  static final InstrumentOptions INSTRUMENTS;

  /** All of them. */
  public static final JobOptions JOB;

  static {
    JobNames names = JobNames.ofFirst("market-graph");
    BookOptions books = new BookOptions();
    INSTRUMENTS = new InstrumentOptions(books);
    TopicOptions topicsIn = new TopicOptions(List.of(ORDERBOOKS_TOPIC, TRADES_TOPIC));
    JOB =
        new JobOptions(
            names,
            KAFKA,
            topicsIn,
            new SourceOptions(names),
            new MessageOptions(),
            new SinkOptions(),
            new TopicOptions(
                    List.of(
                        SYMBOL_FEATURES_TOPIC,
                        GRAPH_FEATURES_TOPIC,
                        DEAD_LETTERS_TOPIC,
                        BOOK_RESYNC_TOPIC,
                        MARKET_EVENTS_TOPIC))
                .besides(topicsIn),
            books,
            INSTRUMENTS,
            new GraphOptions());
  }

  private MarketGraphOptions() {}
}
