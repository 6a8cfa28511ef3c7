package io.streamforge.drill;

import io.streamforge.testkit.feed.Pace;
import io.streamforge.testkit.feed.PacedFeed;
import io.streamforge.testkit.feed.Schedule;
import io.streamforge.testkit.feed.WallClock;
import io.streamforge.testkit.generated.GeneratedMarket;
import io.streamforge.testkit.generated.MarketShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A TaskManager that works is killed, again and again; another has slots free for it. */
record RecoveryDrill(int kills, int instruments, int messagesPerSecond) {
  private static final int LEVELS = 200;

  /** Of each kill, with what comes before and after. */
  private static final int SECONDS = 45;

  /** As the restart delay is after ten quiet minutes, however soon the next kill comes. */
  private static final String FIRST_DELAY =
      "-Drestart-strategy.exponential-delay.reset-backoff-threshold=1 s";

  /**
   * What a kill did, in seconds after it.
   *
   * @param graph until the first graph of a later sample was read
   * @param caughtUp until the newest graph was as old as one is when nothing happens, within 1 s
   */
  record Kill(double graph, double caughtUp) {}

  /** Kills, and tells of each. */
  List<Kill> run(DrillCluster cluster, Consumer<Kill> progress) throws Exception {
    List<Kill> all = new ArrayList<>();
    Duration span = Duration.ofSeconds((long) SECONDS * kills + 60);
    int messages = instruments + (int) (messagesPerSecond * span.toSeconds());
    cluster.begin("recovery");
    try (GraphReader graphs = new GraphReader(cluster.topics())) {
      cluster.submit(2, Map.of(), FIRST_DELAY);
      Schedule schedule =
          new Schedule(
              new GeneratedMarket(
                  new MarketShape(instruments, LEVELS, messages, span, 1), WallClock.nowUs()),
              cluster.partitions(),
              true);
      try (PacedFeed feed = PacedFeed.start(cluster.topics(), schedule, Pace.OPEN_LOOP)) {
        while (all.size() < kills) {
          graphs.readUntil(graphs::isPrompt);
          cluster.awaitCheckpoint();
          Kill kill = kill(cluster, graphs);
          all.add(kill);
          progress.accept(kill);
          cluster.heal();
        }
        feed.end();
      }
    }
    return all;
  }

  private static Kill kill(DrillCluster cluster, GraphReader graphs) throws Exception {
    graphs.readAll(); // what has come meanwhile
    long killedUs = WallClock.nowUs();
    cluster.killTaskManager();
    // A graph that is on its way still comes: the kill shows when the newest one gets old.
    graphs.readUntil(() -> !graphs.isPrompt());
    graphs.readUntil(graphs::isPrompt);
    GraphReader.Step first = graphs.afterLongestSilence(killedUs);
    GraphReader.Step caughtUp = graphs.firstPrompt(first.readUs());
    return new Kill((first.readUs() - killedUs) / 1e6, (caughtUp.readUs() - killedUs) / 1e6);
  }
}
