package io.streamforge.loader.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.loader.venue.Channel;
import io.streamforge.settings.SettingsException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
  private static final String KAFKA = "kafka: {bootstrap-servers: 'localhost:9092'}\n";
  private static final String FEED = "feeds: [{venue: kraken, symbols: [BTC/USD]}]\n";

  @TempDir private Path folder;

  private LoaderConfig read(String yaml) throws IOException {
    return ConfigFile.read(Files.writeString(folder.resolve("loader.yaml"), yaml));
  }

  @Test
  void whatIsNotThereIsAsUsual() throws IOException {
    LoaderConfig config = read(KAFKA + FEED);
    assertThat(config.topics()).isEqualTo(TopicConfig.USUAL);
    assertThat(config.httpPort()).isEqualTo(9_400);
    FeedConfig feed = config.feeds().get(0);
    assertThat(feed.depth()).isEqualTo(1_000);
    assertThat(feed.channels()).containsExactlyInAnyOrder(Channel.values());
    assertThat(feed.lines()).isEqualTo(1);
    assertThat(feed.idleTimeout()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void allOfItCanBeSaid() throws IOException {
    LoaderConfig config =
        read(
            """
            kafka:
              bootstrap-servers: kafka:9092
              properties: {security.protocol: SSL}
              topics: {orderbooks: a, trades: b, resync: c}
            http: {host: 0.0.0.0, port: 0}
            queue-mb: 64
            tls: {ca: ca.pem}
            feeds:
              - venue: binance-spot
                symbols: [BTCUSDT, ETHUSDT]
                channels: [book]
                depth: 5000
                lines: 2
                url: wss://localhost:1/stream
                rest: https://localhost:2
                idle-timeout: 5 min
            """);
    assertThat(config.kafkaProperties()).containsEntry("security.protocol", "SSL");
    assertThat(config.topics()).isEqualTo(new TopicConfig("a", "b", "c"));
    assertThat(config.ca()).isEqualTo(Path.of("ca.pem"));
    FeedConfig feed = config.feeds().get(0);
    assertThat(feed.lines()).isEqualTo(2);
    assertThat(feed.url()).isEqualTo(URI.create("wss://localhost:1/stream"));
    assertThat(feed.idleTimeout()).isEqualTo(Duration.ofMinutes(5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          feds: []                                     | feds is no setting; the nearest is feeds
          feeds: []                                    | feeds is '[]', must be a list with a feed
          feeds: [{venue: krakn, symbols: [A]}]        | 'krakn', must be one of binance-coinm
          feeds: [{venue: krakn, symbols: [A]}]        | the nearest is kraken
          feeds: [{venue: kraken}]                     | feeds[0].symbols is 'null'
          feeds: [{venue: kraken, symbols: [A, A]}]    | 'A', must be in the list once
          feeds: [{venue: kraken, symbls: [A]}]        | feeds[0].symbls is no setting; the nearest is symbols
          feeds: [{venue: kraken, symbols: [A], depth: 7}]   | depth is '7', must be one of [10, 25
          feeds: [{venue: coinbase, symbols: [A], depth: 9}] | depth is '9', must be left out
          feeds: [{venue: kraken, symbols: ['']}]            | symbols is '', must be a symbol as
          feeds: [{venue: gemini, symbols: [BTCUSD]}]        | 'BTCUSD', must be btcusd, as the venue
          feeds: [{venue: kraken, symbols: [A], channels: [~]}] | must be of BOOK and TRADES
          feeds: [{venue: kraken, symbols: [A], depth: x}]   | feeds[0].depth cannot be
          feeds: [{venue: kraken, symbols: [A], lines: 3}]   | lines is '3', must be 1 or 2
          feeds: [{venue: kraken, symbols: [A], channels: [boks]}] | feeds[0].channels
          feeds: [{venue: kraken, symbols: [A], url: 'https://a'}] | must be an address of the form wss
          feeds: [{venue: kraken, symbols: [A], idle-timeout: 5}]  | '5', must be a time like 60 s
          feeds: [{venue: kraken, symbols: [A]}, {venue: kraken, symbols: [B]}] | a venue of one feed
          feeds: [                                     | feeds cannot be: while parsing
          """)
  void aWrongOneIsOneLine(String yaml, String says) {
    assertThatThrownBy(() -> read(KAFKA + yaml + "\n"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(says)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void brokersAreNeeded() {
    assertThatThrownBy(() -> read(FEED)).hasMessageContaining("kafka.bootstrap-servers is 'null'");
    assertThatThrownBy(() -> read("")).isInstanceOf(SettingsException.class);
  }
}
