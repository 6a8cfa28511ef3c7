package io.streamforge.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.bench.experiment.Distribution;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The drills at length, each on a cluster of its own: {@code ./streamforge soak NAME}. Their sizes
 * can be set: {@code ./streamforge soak burst -Dsoak.rate=2500}.
 */
@Tag("soak")
@Timeout(value = 1, unit = TimeUnit.HOURS)
@Execution(ExecutionMode.SAME_THREAD)
class DrillSoakTest {
  private static final double WEEK_SECONDS = 7 * 86_400;

  private static int size(String name, int otherwise) {
    return Integer.getInteger("soak." + name, otherwise);
  }

  @Test
  void recovery() throws Exception {
    RecoveryDrill drill =
        new RecoveryDrill(size("kills", 20), size("instruments", 50), size("rate", 500));
    try (DrillCluster cluster = DrillCluster.withTaskManagers(2)) {
      List<RecoveryDrill.Kill> kills =
          drill.run(
              cluster,
              kill ->
                  System.err.printf(
                      "a graph after %.1f s, caught up after %.1f s%n",
                      kill.graph(), kill.caughtUp()));
      Distribution graph = Distribution.of(kills.stream().mapToDouble(RecoveryDrill.Kill::graph));
      Distribution caughtUp =
          Distribution.of(kills.stream().mapToDouble(RecoveryDrill.Kill::caughtUp));
      report(
          "recovery",
          "%d kills: a new graph after %s s, caught up after %s s (p50 / max)"
              .formatted(kills.size(), tail(graph), tail(caughtUp)),
          kills);
      assertThat(kills).hasSize(drill.kills());
      assertThat(caughtUp.max()).isLessThan(120);
    }
  }

  private static String tail(Distribution seconds) {
    return String.format(Locale.ROOT, "%.1f / %.1f", seconds.p50(), seconds.max());
  }

  @Test
  void burst() throws Exception {
    BurstDrill drill =
        new BurstDrill(
            size("instruments", 50),
            size("rate", 1_000),
            size("times", 20),
            60,
            size("seconds", 30));
    try (DrillCluster cluster = DrillCluster.withTaskManagers(1)) {
      BurstDrill.Figures f = drill.run(cluster, System.err::println);
      report(
          "burst",
          String.format(
              Locale.ROOT,
              "%,d messages/s for %d s: one worker took %,.0f/s, %,d waited, the newest graph was"
                  + " %.1f s old; two workers (%.1f s after it) took %,.0f/s; drained after %.1f s",
              f.rate() * f.times(),
              f.burstSeconds(),
              f.oneWorker(),
              f.backlog(),
              f.ageSeconds(),
              f.scaleSeconds(),
              f.twoWorkers(),
              f.drainSeconds()),
          f);
      assertThat(f.usualAgeSeconds()).isBetween(0.0, 10.0);
      assertThat(f.drainSeconds()).isPositive();
    }
  }

  @Test
  void catchUp() throws Exception {
    CatchUpDrill drill =
        new CatchUpDrill(size("hours", 4), size("instruments", 50), size("rate", 50));
    try (DrillCluster cluster = DrillCluster.withTaskManagers(1)) {
      CatchUpDrill.Figures f = drill.run(cluster, System.err::println);
      report(
          "catch-up",
          "%d h of %d instruments: without snapshots %s; live %s; %,d graphs missed, read in %.2f s"
              .formatted(
                  f.hours(),
                  f.instruments(),
                  said(f.blind()),
                  said(f.seeing()),
                  f.consumer().graphs(),
                  f.consumer().seconds()),
          f);
      assertThat(f.blind().marketSeconds()).isGreaterThan(1);
      assertThat(f.seeing().marketSeconds()).isGreaterThan(1);
      assertThat(f.consumer().graphs()).isBetween(595L, 603L);
    }
  }

  /** Seven days are not measured: they are the same market at the same speed. */
  private static String said(CatchUpDrill.Reading reading) {
    return String.format(
        Locale.ROOT,
        "%,.0f messages/s, %.0f times the market's time (a week in %.1f h)",
        reading.messagesPerSecond(),
        reading.marketSeconds(),
        WEEK_SECONDS / reading.marketSeconds() / 3600);
  }

  private static void report(String soak, String result, Object figures) throws Exception {
    new SoakReport(1, result, figures).write(soak);
  }
}
