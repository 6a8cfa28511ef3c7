package io.streamforge.marketgraph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.graph.model.GraphSettings;
import io.streamforge.instrument.InstrumentSettings;
import io.streamforge.market.Instrument;
import io.streamforge.runtime.MessageOptions;
import io.streamforge.settings.SettingsException;
import io.streamforge.time.ReceiptBounds;
import io.streamforge.time.TimePolicy;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  private static final String BROKERS = "kafka.bootstrap-servers";

  private static Settings settings(String... keysAndValues) {
    Map<String, String> values = new HashMap<>(Map.of(BROKERS, "localhost:9092"));
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return new Settings(values);
  }

  @Test
  void defaults() {
    Settings settings = settings();
    assertThat(settings.bootstrapServers()).isEqualTo("localhost:9092");
    assertThat(settings.time()).isEqualTo(new TimePolicy(500_000, 10_000_000, 40_000_000, 100_000));
    assertThat(settings.receipts()).isEqualTo(new ReceiptBounds(30_000_000, 1_000_000));
    assertThat(settings.instruments()).isEqualTo(RecordedRun.INSTRUMENTS);
    assertThat(settings.graph()).isEqualTo(RecordedRun.GRAPH);
    assertThat(settings.deliveryGuarantee()).isEqualTo(DeliveryGuarantee.AT_LEAST_ONCE);
    assertThat(settings.get(MarketGraphOptions.ORDERBOOKS_TOPIC)).isEqualTo("raw-orderbooks");
    assertThat(settings.get(MessageOptions.DEFAULT_VENUE)).isNull();
    assertThat(settings.maxMessageBytes()).isEqualTo(16 << 20);
    assertThat(settings.kafkaProperties()).isEmpty();
  }

  /** Of a feed whose clock is as far behind as is allowed, the venue's times are ahead. */
  @Test
  void eventsAreRefusedLaterThanClocks() {
    assertThatThrownBy(() -> settings("source.max-future", "30 s"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(
            "source.max-future is '30000 ms', must be more than source.max-behind");
    assertThat(
            settings("source.max-future", "10 s", "source.max-behind", "0 s").time().maxFutureUs())
        .isEqualTo(10_000_000);
  }

  @Test
  void aTopicHasAName() {
    assertThatThrownBy(() -> settings("sink.market-events.topic", ""))
        .hasMessage("sink.market-events.topic is '', must be a topic's name");
  }

  /** Dead letters among the trades would be read, and be dead letters again, for ever. */
  @ParameterizedTest
  @CsvSource({
    "sink.dead-letters.topic, raw-trades, source.trades.topic",
    "sink.graph-features.topic, raw-orderbooks, source.orderbooks.topic",
    "source.trades.topic, raw-orderbooks, source.orderbooks.topic",
    "sink.book-resync.topic, symbol-features, sink.symbol-features.topic",
    "sink.market-events.topic, raw-trades, source.trades.topic"
  })
  void noTwoTopicsAreOne(String key, String topic, String other) {
    assertThatThrownBy(() -> settings(key, topic))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "%s is '%s', must be another topic than that of %s".formatted(key, topic, other));
    settings(key, topic, other, "elsewhere");
  }

  @Test
  void thePrefixMayBeLeftOut() {
    Settings settings =
        settings("streamforge.graph.neighbours", "3", "graph.name", "m", "book.stale-after", "2 s");
    assertThat(settings.graph().neighbours()).isEqualTo(3);
    assertThat(settings.graph().name()).isEqualTo("m");
    assertThat(settings.instruments().staleAfterUs()).isEqualTo(2_000_000);
  }

  @Test
  void graphsOfInstruments() {
    GraphGroup one = settings("graph.include", "okx:.*").graphGroup();
    assertThat(one.graph(new Instrument("okx", "BTC-USDT"))).isEqualTo("market");
    assertThat(one.includes(new Instrument("okx", "BTC-USDT"))).isTrue();
    assertThat(one.includes(new Instrument("not-okx", "BTC-USDT"))).isFalse();
    GraphGroup byVenue = settings("graph.group-by", "venue").graphGroup();
    assertThat(byVenue.graph(new Instrument("okx", "BTC-USDT"))).isEqualTo("okx");
    assertThat(byVenue.includes(new Instrument("okx", "BTC-USDT"))).isTrue();
    GraphSettings seldom = settings("graph.publish-interval", "5 s").graph();
    assertThat(seldom.isPublishedAt(10_000_000)).isTrue();
    assertThat(seldom.isPublishedAt(11_000_000)).isFalse();
    assertThat(settings().graph().isPublishedAt(11_000_000)).isTrue();
  }

  @Test
  void staleAfterMayDifferByVenue() {
    InstrumentSettings settings = settings("book.stale-after.gemini", "2 min").instruments();
    assertThat(settings.staleAfterUs("gemini")).isEqualTo(120_000_000);
    assertThat(settings.staleAfterUs("okx")).isEqualTo(60_000_000);
  }

  @Test
  void kafkaPropertiesAreHandedOnWithoutTheirPrefix() {
    Settings settings = settings("kafka.properties.security.protocol", "SSL");
    assertThat(settings.kafkaProperties()).containsOnly(Map.entry("security.protocol", "SSL"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "graph.neighbors|8|graph.neighbors is no setting (given as '8'); the nearest is graph.neighbours",
        "streamforge.nonsense.key|1|nonsense.key is no setting (given as '1'); settings begin with job, kafka, source, sink, book, instrument, instruments, graph",
        "grahp.neighbours|8|grahp.neighbours is no setting (given as '8'); the nearest is graph.neighbours",
        "sink.max-downtimes|1 s|sink.max-downtimes is no setting (given as '1 s'); the nearest is sink.max-downtime",
        "job.name|a:b|job.name is 'a:b', must be made of letters, digits, dots, dashes and underscores",
        "graph.neighbours|many|graph.neighbours is 'many', must be of the form of its default, 8",
        "graph.neighbours|0|graph.neighbours is 0, must be at least 1",
        "graph.filter|tree|graph.filter is 'tree', must be one of mst+knn, mst, knn, threshold, all",
        "graph.group-by|quote|graph.group-by is 'quote', must be none or venue",
        "graph.include|binance-(.*|graph.include is 'binance-(.*', must be a regular expression of Java (Unclosed group at 11)",
        "graph.publish-interval|1500 ms|graph.publish-interval is 1500000 us, must be a multiple of graph.interval",
        "graph.publish-interval|0 s|graph.publish-interval is 0 us, must be a multiple of graph.interval",
        "graph.publish-interval|often|graph.publish-interval is 'often', must be a duration such as 500 ms or 10 s",
        "graph.max-nodes|0|graph.max-nodes is 0, must be at least 1",
        "kafka.properties.max.request.size|1 MB|kafka.properties.max.request.size cannot be: ",
        "graph.threshold|1.5|graph.threshold is 1.5, must be from 0 to 1",
        "graph.threshold|NaN|graph.threshold is NaN, must be from 0 to 1",
        "graph.min-t|NaN|graph.min-t is NaN, must be at least 0",
        "source.max-lateness|5 parsecs|source.max-lateness is '5 parsecs', must be a duration such as 500 ms or 10 s",
        "source.max-lateness|-5 s|source.max-lateness is '-5 s', must be a duration such as 500 ms or 10 s",
        "instrument.idle-after|200000 d|instrument.idle-after is 'PT4800000H', must be from 0 to 36500 d",
        "instrument.idle-after|999 ms|instrument.idle-after is '999 ms', must be at least graph.interval: nothing would ever be published",
        "source.max-message-bytes|2 gb|source.max-message-bytes is '2 gb', must be from 1 kb to 1 gb",
        "source.max-message-bytes|0|source.max-message-bytes is '0 bytes', must be from 1 kb to 1 gb",
        "source.max-lateness|2 h|source.max-lateness is '7200000 ms', must be at most 3600000 ms",
        "source.max-out-of-orderness|36500 d|source.max-out-of-orderness is '3153600000000 ms', must be at most 3600000 ms",
        "source.max-staleness|0 s|source.max-staleness is '0 ms', must be at least 1000 ms",
        "book.stale-after|0 s|book.stale-after is '0 ms', must be at least 1000 ms",
        "book.stale-after.gemini|10 ms|book.stale-after.gemini is '10 ms', must be at least 1000 ms",
        "book.resync-retry|0 s|book.resync-retry is '0 ms', must be at least 1000 ms",
        "graph.name|``|graph.name is '', must be of 1 to 128 visible characters",
        "graph.name|` market`|graph.name is ' market', must be of 1 to 128 visible characters",
        "source.max-message-bytes|big|source.max-message-bytes is 'big', must be of the form of its default, 16 mb",
        "source.start|yesterday|source.start is 'yesterday', must be earliest, latest, committed or a time such as 2026-08-01T00:00:00Z",
        "source.default-venue|acme|source.default-venue is 'acme', must be one of ",
        "sink.delivery-guarantee|twice|sink.delivery-guarantee is 'twice', must be at-least-once or exactly-once",
        "sink.delivery-guarantee|none|sink.delivery-guarantee is 'none', must be at-least-once or exactly-once",
        "book.max-levels|24|book.max-levels is '24', must be at least 25, of which a checksum is made",
        "book.stale-after.gemini|soon|book.stale-after.gemini is 'soon', must be a duration such as 500 ms or 10 s",
        "book.stale-after.gemini|40000 d|book.stale-after.gemini is 'PT960000H', must be from 0 to 36500 d",
        "book.stale-after.|1 s|book.stale-after. is no setting (given as '1 s'); the nearest is book.stale-after",
        "instrument.forget-after|1 h|instrument.forget-after is '3600000 ms', must be at least 2 h more than instrument.idle-after",
        "instruments.max-per-partition|0|instruments.max-per-partition is '0', must be at least 1",
        "instruments.listed-only|true|instruments.listed-only is 'true', must be false without an instruments.registry: nothing would be taken",
        "instrument.cache-size|much|instrument.cache-size is 'much', must be of the form of its default, 256 mb",
        "book.buffer-size|0|book.buffer-size is '0', must be from 1 to 5000",
        "book.buffer-size|60000|book.buffer-size is '60000', must be from 1 to 5000",
        "graph.interval|2 s|graph.interval is '2000 ms', must be 1 s, to which the features' windows are defined",
        "graph.rewire-interval|1500 ms|graph.rewire-interval is 1500000 us, must be a multiple of graph.interval",
        "kafka.bootstrap-servers|` `|kafka.bootstrap-servers is missing; give host:port of a broker",
      })
  void whatIsWrongIsSaidInOneLine(String key, String value, String message) {
    assertThatThrownBy(() -> settings(key, value))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "graph.max-nodes, 1000000",
    "graph.filter, all",
    "graph.neighbours, 499",
    "kafka.properties.max.request.size, 1000000"
  })
  void graphsThatTheProducerWouldNotTakeAreRefused(String key, String value) {
    assertThatThrownBy(() -> settings(key, value))
        .isInstanceOf(SettingsException.class)
        .hasMessageMatching(
            "graph.max-nodes is '\\d+', must be at most \\d+: a graph of more may have \\d+ bytes, and "
                + "kafka.properties.max.request.size is \\d+ \\(before compression\\)");
  }

  @Test
  void aGraphOfTheDefaultSizeFitsATopicOfKafkasDefaults() {
    assertThatCode(() -> GraphRecordLimit.checkTopic(settings(), 1_048_588))
        .doesNotThrowAnyException();
    Settings plain = settings("kafka.properties.compression.type", "none");
    assertThatThrownBy(() -> GraphRecordLimit.checkTopic(plain, 1_048_588))
        .hasMessageContaining("max.message.bytes of topic graph-features is 1048588");
  }

  @Test
  void aBrokerThatDoesNotAnswerIsNamed() {
    Settings settings =
        settings(
            BROKERS,
            "localhost:1",
            "kafka.properties.default.api.timeout.ms",
            "300",
            "kafka.properties.request.timeout.ms",
            "200");
    assertThatThrownBy(() -> TopicPartitions.describe(settings))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(
            "kafka.bootstrap-servers is 'localhost:1', must be host:port of a broker that answers (")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    Settings nonsense = settings(BROKERS, "no-port");
    assertThatThrownBy(() -> TopicPartitions.describe(nonsense))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("Invalid url in bootstrap.servers: no-port");
  }
}
