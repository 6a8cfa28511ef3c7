package io.streamforge.cli.demo;

import io.streamforge.cli.recording.Feed;
import io.streamforge.cli.recording.Recordings;
import io.streamforge.cli.replay.EmbeddedJob;
import io.streamforge.cli.topics.TopicReader;
import io.streamforge.cli.topics.Topics;
import io.streamforge.marketgraph.MarketGraphOptions;
import io.streamforge.record.GraphFeaturesRecord;
import io.streamforge.record.SymbolFeaturesRecord;
import io.streamforge.time.SampleGrid;
import io.streamforge.topic.RawTopicWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Plays a recording and prints what the topics out say, a screen for each graph. */
final class Demo {
  private static final String CLEAR = "\u001b[H\u001b[2J";

  private final EmbeddedJob market;
  private final long spanUs;
  private final PrintStream out;
  private final boolean terminal;
  private final String graphTopic;
  private final TreeMap<String, SymbolFeaturesRecord> symbols = new TreeMap<>();
  private GraphFeaturesRecord graph;
  private final long publishIntervalUs;
  private long firstSampleUs = Long.MAX_VALUE;
  private long symbolRecords;
  private long graphs;
  private final String addresses;

  /**
   * @param spanUs length of the recording, microseconds
   * @param terminal whether each screen replaces the last
   * @param view where the page of the market is, if it is served
   */
  Demo(EmbeddedJob market, long spanUs, PrintStream out, boolean terminal, Optional<URI> view)
      throws InterruptedException {
    this.addresses =
        view.map(page -> "The market in a browser: " + page + "   ").orElse("")
            + "Flink's web UI: "
            + market.flink().webUi();
    this.market = market;
    this.spanUs = spanUs;
    this.out = out;
    this.terminal = terminal;
    this.publishIntervalUs = market.settings().graph().publishIntervalUs();
    this.graphTopic = market.settings().get(MarketGraphOptions.GRAPH_FEATURES_TOPIC);
  }

  /** Plays all of it and shows the last graph. */
  void run(Recordings recordings, double speed) {
    List<String> watched =
        List.of(market.settings().get(MarketGraphOptions.SYMBOL_FEATURES_TOPIC), graphTopic);
    try (RawTopicWriter topics = Topics.writer(market.settings());
        TopicReader outputs = Topics.reader(market.settings(), watched)) {
      Feed feed = new Feed(topics, market.settings(), speed);
      out.printf(
          "Playing %d s of a real market. Kafka: %s   %s%n",
          spanUs / 1_000_000, market.settings().bootstrapServers(), addresses);
      CompletableFuture<Void> played = CompletableFuture.runAsync(() -> feed.play(recordings));
      long shown = 0;
      boolean complete = false;
      while (!complete) {
        outputs.poll(this::receive);
        complete = played.isDone() && isComplete(feed);
        if (graphs > shown || complete) {
          shown = graphs;
          out.print(terminal ? CLEAR : "\n");
          out.print(screen(feed));
          out.flush();
        }
        if (played.isDone()) {
          played.join(); // a failure to play is one to show
        }
      }
    }
  }

  /** Leaves everything up until Ctrl-C. */
  void stay() throws InterruptedException {
    out.printf(
        "%nThe recording has been played. The job is still there to look at. %s%nCtrl-C ends it.%n",
        addresses);
    new CountDownLatch(1).await();
  }

  private void receive(ConsumerRecord<byte[], byte[]> record) {
    try {
      if (record.topic().equals(graphTopic)) {
        graphs++;
        graph = GraphFeaturesRecord.read(record.value());
      } else {
        symbolRecords++;
        SymbolFeaturesRecord symbol = SymbolFeaturesRecord.read(record.value());
        symbols.put(symbol.instrument(), symbol);
        firstSampleUs = Math.min(firstSampleUs, symbol.timeUs());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether nothing is to come that the screen shows. */
  private boolean isComplete(Feed feed) {
    long lastSampleUs = feed.expected().lastUs();
    long lastGraphUs = SampleGrid.until(lastSampleUs, publishIntervalUs);
    boolean graphIsDue = firstSampleUs <= lastGraphUs;
    return feed.expected().instrumentsOfLast().stream()
            .map(symbols::get)
            .allMatch(symbol -> symbol != null && symbol.timeUs() >= lastSampleUs)
        && (!graphIsDue || (graph != null && graph.timeUs() >= lastGraphUs));
  }

  private String screen(Feed feed) {
    return new DemoScreen(symbols.values(), graph)
        .text(
            "%,d messages in; %,d symbol records, %,d graphs out; %d of %d s played"
                .formatted(
                    feed.messages(),
                    symbolRecords,
                    graphs,
                    feed.playedUs() / 1_000_000,
                    spanUs / 1_000_000),
            addresses);
  }
}
