package io.streamforge.cli.demo;

import io.streamforge.cli.recording.Feed;
import io.streamforge.cli.recording.Recordings;
import io.streamforge.cli.replay.EmbeddedJob;
import io.streamforge.cli.topics.TopicReader;
import io.streamforge.cli.topics.Topics;
import io.streamforge.time.SampleGrid;
import io.streamforge.topic.RawTopicWriter;
import java.io.PrintStream;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** Plays a recording and prints what the topics out say, a screen for each graph. */
final class Demo {
  private static final String CLEAR = "\u001b[H\u001b[2J";

  private final EmbeddedJob market;
  private final long spanUs;
  private final PrintStream out;
  private final boolean terminal;
  private final MarketOutputs outputs;
  private final long publishIntervalUs;
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
    this.outputs = new MarketOutputs(market.settings());
  }

  /** Plays all of it and shows the last graph. */
  void run(Recordings recordings, double speed) {
    try (RawTopicWriter topics = Topics.writer(market.settings());
        TopicReader reader = Topics.reader(market.settings(), outputs.topics())) {
      Feed feed = new Feed(topics, market.settings(), speed);
      out.printf(
          "Playing %d s of a real market. Kafka: %s   %s%n",
          spanUs / 1_000_000, market.settings().bootstrapServers(), addresses);
      CompletableFuture<Void> played = CompletableFuture.runAsync(() -> feed.play(recordings));
      long shown = 0;
      boolean complete = false;
      while (!complete) {
        reader.poll(outputs::receive);
        complete = played.isDone() && isComplete(feed);
        if (outputs.graphs() > shown || complete) {
          shown = outputs.graphs();
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

  /** Whether nothing is to come that the screen shows. */
  private boolean isComplete(Feed feed) {
    long lastSampleUs = feed.expected().lastUs();
    long lastGraphUs = SampleGrid.until(lastSampleUs, publishIntervalUs);
    boolean graphIsDue = outputs.firstSampleUs() <= lastGraphUs;
    return outputs.has(feed.expected().instrumentsOfLast(), lastSampleUs)
        && (!graphIsDue || outputs.graphUs() >= lastGraphUs);
  }

  private String screen(Feed feed) {
    return outputs.screen(
        "%,d messages in; %,d symbol records, %,d graphs out; %d of %d s played"
            .formatted(
                feed.messages(),
                outputs.symbolRecords(),
                outputs.graphs(),
                feed.playedUs() / 1_000_000,
                spanUs / 1_000_000),
        addresses);
  }
}
