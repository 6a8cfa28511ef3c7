package io.streamforge.bench.latency;

import io.streamforge.bench.process.BenchBroker;
import io.streamforge.bench.process.JavaProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Scenarios in turn, each at its share of what feed, broker and job manage at most. */
final class LatencyBenchmark {
  // Samples cost by the second of the market's time: it should run about as fast as the clock.
  private static final double RATE_OF_MAXIMUM = 20_000;
  private static final int LONGEST_OF_MAXIMUM = 20;

  private final int instruments;
  private final int warmUpSeconds;
  private final int seconds;
  private final Map<String, String> settings;
  private final Consumer<String> progress;

  /**
   * @param settings of the job and of Flink, of all scenarios
   * @param progress is told what has been done
   */
  LatencyBenchmark(
      int instruments,
      int warmUpSeconds,
      int seconds,
      Map<String, String> settings,
      Consumer<String> progress) {
    this.instruments = instruments;
    this.warmUpSeconds = warmUpSeconds;
    this.seconds = seconds;
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Measures; starts a broker and, for each scenario, a process.
   *
   * @param maximum messages per second; 0 to measure that first
   */
  LatencyFigures run(Set<Scenario> scenarios, double maximum)
      throws IOException, InterruptedException {
    try (JavaProcess broker = JavaProcess.start(BenchBroker.class, "1g", "", List.of())) {
      String bootstrapServers = broker.line();
      double most = maximum > 0 ? maximum : maximum(broker, bootstrapServers);
      List<ScenarioFigures> figures = new ArrayList<>();
      for (Scenario scenario : scenarios) {
        Load load =
            new Load(
                most * scenario.load(),
                scenario.instruments(instruments),
                warmUpSeconds,
                seconds,
                reader -> Pace.OPEN_LOOP);
        String run = scenario.name().toLowerCase(Locale.ROOT);
        ScenarioFigures measured =
            new LatencyRound(broker, bootstrapServers, run, scenario, load).run(settings(scenario));
        figures.add(measured);
        Double median = measured.graphMs().p50();
        progress.accept(
            median == null
                ? run + ": no median, fewer than two graphs have a record that completed them"
                : "%s: graphs after %.1f ms in the median".formatted(run, median));
      }
      return new LatencyFigures(most, instruments, warmUpSeconds, seconds, settings, figures);
    }
  }

  /** Closed loop: as fast as graphs come back, feed, broker and job together on this machine. */
  private double maximum(JavaProcess broker, String bootstrapServers)
      throws IOException, InterruptedException {
    Load load =
        new Load(
            RATE_OF_MAXIMUM,
            instruments,
            Math.min(warmUpSeconds, LONGEST_OF_MAXIMUM),
            Math.min(seconds, LONGEST_OF_MAXIMUM),
            Pace::closedLoop);
    Scenario scenario = Scenario.LOAD_50;
    double maximum =
        new LatencyRound(broker, bootstrapServers, "maximum", scenario, load)
            .run(settings(scenario))
            .messagesPerSecond();
    progress.accept("at most %,.0f messages/s".formatted(maximum));
    return maximum;
  }

  private Map<String, String> settings(Scenario scenario) {
    Map<String, String> all = new HashMap<>(settings);
    all.putAll(scenario.settings());
    return all;
  }
}
