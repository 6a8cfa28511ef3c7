package io.streamforge.drill;

import io.streamforge.testkit.feed.PacedFeed;
import io.streamforge.testkit.feed.Schedule;
import io.streamforge.testkit.feed.WallClock;
import io.streamforge.testkit.generated.GeneratedMarket;
import io.streamforge.testkit.generated.MarketShape;
import io.streamforge.topic.RawRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * A new consumer group, in the shape of a job without state, that begins in the middle of a log.
 * There no book has a snapshot; at three quarters each has one. And a consumer of the graphs that
 * was off for ten minutes.
 *
 * @param hours that the log is long, of the market's own time
 * @param rate messages a second of that time
 */
record CatchUpDrill(int hours, int instruments, int rate) {
  private static final int LEVELS = 200;
  private static final long OFF_US = 600_000_000;

  /**
   * What it did.
   *
   * @param blind reading where no book is live
   * @param seeing reading where all are
   */
  record Figures(
      int hours, int instruments, int rate, Reading blind, Reading seeing, GraphBacklog consumer) {}

  /**
   * A part of the log.
   *
   * @param marketSeconds of the log for a second of the clock
   */
  record Reading(double seconds, double messagesPerSecond, double marketSeconds) {}

  /** Runs it, and tells what it does. */
  Figures run(DrillCluster cluster, Consumer<String> progress) throws Exception {
    cluster.begin("catch-up");
    try (GraphReader graphs = new GraphReader(cluster.topics())) {
      long spanUs = hours * 3_600_000_000L;
      long startUs = GeneratedMarket.START_US;
      long middleUs = startUs + spanUs / 2;
      long snapshotsUs = startUs + spanUs / 4 * 3;
      progress.accept("writing the log");
      Schedule log = new Schedule(market(snapshotsUs), cluster.partitions(), true);
      try (PacedFeed feed = PacedFeed.start(cluster.topics(), log, timeUs -> 0)) {
        feed.awaitEnd();
      }
      progress.accept("a new group begins in the middle");
      String middle = Instant.ofEpochMilli(middleUs / 1000).toString();
      cluster.submit(1, Map.of("source.start", middle, "source.group-id", "drill-new"));
      graphs.readUntil(() -> graphs.newestUs() > middleUs);
      Reading blind = read(graphs, log, snapshotsUs);
      progress.accept("the log has snapshots from here on");
      Reading seeing = read(graphs, log, log.endUs() - 2_000_000);
      GraphBacklog backlog =
          GraphBacklog.read(cluster.topics(), (graphs.newestUs() - OFF_US) / 1000);
      return new Figures(hours, instruments, rate, blind, seeing, backlog);
    }
  }

  private static Reading read(GraphReader graphs, Schedule log, long untilUs) throws Exception {
    long fromUs = graphs.newestUs();
    long beganUs = WallClock.nowUs();
    graphs.readUntil(() -> graphs.newestUs() >= untilUs);
    double seconds = (WallClock.nowUs() - beganUs) / 1e6;
    return new Reading(
        seconds,
        log.messagesBetween(fromUs, graphs.newestUs()) / seconds,
        (graphs.newestUs() - fromUs) / 1e6 / seconds);
  }

  private Iterator<RawRecord> market(long snapshotsUs) {
    Duration span = Duration.ofHours(hours);
    GeneratedMarket market =
        new GeneratedMarket(
            new MarketShape(
                instruments, LEVELS, instruments + (int) (rate * span.toSeconds()), span, 1));
    return new Iterator<>() {
      private final Queue<RawRecord> snapshots = new ArrayDeque<>();
      private boolean shown;

      @Override
      public boolean hasNext() {
        return !snapshots.isEmpty() || market.hasNext();
      }

      @Override
      public RawRecord next() {
        if (!snapshots.isEmpty()) {
          return snapshots.remove();
        }
        RawRecord message = market.next();
        if (!shown && message.receiveTimeUs() >= snapshotsUs) {
          shown = true;
          snapshots.addAll(market.snapshots());
        }
        return message;
      }
    };
  }
}
