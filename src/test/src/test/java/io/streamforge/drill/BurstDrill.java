package io.streamforge.drill;

import io.streamforge.testkit.feed.Pace;
import io.streamforge.testkit.feed.PacedFeed;
import io.streamforge.testkit.feed.Schedule;
import io.streamforge.testkit.feed.WallClock;
import io.streamforge.testkit.generated.GeneratedMarket;
import io.streamforge.testkit.generated.MarketShape;
import io.streamforge.topic.RawRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * A market that is usual, then for a while many times as fast, then usual again, for a job of one
 * worker (a TaskManager at parallelism 1), which when the burst is over is scaled to two.
 *
 * @param rate usual messages a second
 * @param times that rate, in the burst
 * @param usualSeconds how long it is usual before the burst
 * @param burstSeconds how long the burst lasts
 */
record BurstDrill(int instruments, int rate, int times, int usualSeconds, int burstSeconds) {
  private static final int LEVELS = 200;

  /** To drain it, and for the job to be stopped and started. */
  private static final int AFTER_SECONDS = 360;

  /**
   * What it did.
   *
   * @param usualAgeSeconds of the newest graph before the burst
   * @param oneWorker messages a second that one worker took in the burst
   * @param backlog messages that waited when it was over
   * @param ageSeconds of the newest graph when it was over
   * @param scaleSeconds from the command until the job had a checkpoint at the new parallelism
   * @param drainSeconds from the end of the burst until graphs were as new as before
   * @param twoWorkers messages a second that two workers took, from their first graph until then
   */
  record Figures(
      int rate,
      int times,
      int burstSeconds,
      double usualAgeSeconds,
      double oneWorker,
      long backlog,
      double ageSeconds,
      double scaleSeconds,
      double drainSeconds,
      double twoWorkers) {}

  private int messages() {
    return instruments + rate * (usualSeconds + AFTER_SECONDS + times * burstSeconds);
  }

  /** Runs it, and tells what it does. */
  Figures run(DrillCluster cluster, Consumer<String> progress) throws Exception {
    cluster.begin("burst");
    try (GraphReader graphs = new GraphReader(cluster.topics())) {
      cluster.submit(1, Map.of());
      progress.accept("making %,d messages".formatted(messages()));
      // Made before they are due: making them must not cost what is measured.
      long startUs = WallClock.nowUs() + messages() * 40L;
      long burstUs = startUs + usualSeconds * 1_000_000L;
      long overUs = burstUs + burstSeconds * 1_000_000L;
      Schedule schedule =
          new Schedule(market(startUs, burstUs, overUs), cluster.partitions(), true);
      if (WallClock.nowUs() > startUs) {
        throw new IllegalArgumentException("this machine is too slow to make so many in time");
      }
      try (PacedFeed feed = PacedFeed.start(cluster.topics(), schedule, Pace.OPEN_LOOP)) {
        graphs.readUntil(() -> WallClock.nowUs() >= burstUs);
        long beforeUs = graphs.newestUs();
        double usualAge = (burstUs - beforeUs) / 1e6;
        progress.accept("the burst begins");
        graphs.readUntil(() -> WallClock.nowUs() >= overUs);
        long takenUs = graphs.newestUs();
        progress.accept(
            "the burst is over; the newest graph is %d s old"
                .formatted((overUs - takenUs) / 1_000_000));
        FutureTask<Long> scaled = new FutureTask<>(() -> scale(cluster));
        new Thread(scaled, "scale").start();
        graphs.readUntil(scaled::isDone);
        double scaleSeconds = (done(scaled) - overUs) / 1e6;
        graphs.readUntil(graphs::isPrompt);
        GraphReader.Step first = graphs.afterLongestSilence(overUs);
        GraphReader.Step drained = graphs.firstPrompt(first.readUs());
        feed.end();
        return new Figures(
            rate,
            times,
            burstSeconds,
            usualAge,
            schedule.messagesBetween(beforeUs, takenUs) / (double) burstSeconds,
            schedule.messagesBetween(takenUs, overUs),
            (overUs - takenUs) / 1e6,
            scaleSeconds,
            (drained.readUs() - overUs) / 1e6,
            schedule.messagesBetween(first.sampleUs(), drained.sampleUs())
                * 1e6
                / (drained.readUs() - first.readUs()));
      }
    }
  }

  /** Returns when it was done. */
  private static long scale(DrillCluster cluster) throws IOException, InterruptedException {
    cluster.scale(2, 2);
    return WallClock.nowUs();
  }

  private static long done(FutureTask<Long> task) throws IOException, InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e);
    }
  }

  private Iterator<RawRecord> market(long startUs, long burstUs, long overUs) {
    Duration asUsual = Duration.ofSeconds(messages() / rate);
    GeneratedMarket market =
        new GeneratedMarket(new MarketShape(instruments, LEVELS, messages(), asUsual, 1), startUs);
    return new Iterator<>() {
      private boolean begun;
      private boolean over;

      @Override
      public boolean hasNext() {
        return market.hasNext();
      }

      @Override
      public RawRecord next() {
        RawRecord message = market.next();
        if (!begun && message.receiveTimeUs() >= burstUs) {
          begun = true;
          market.quicken(times);
        } else if (!over && message.receiveTimeUs() >= overUs) {
          over = true;
          market.quicken(1.0 / times);
        }
        return message;
      }
    };
  }
}
