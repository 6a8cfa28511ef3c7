package io.streamforge.bench.throughput;

import io.streamforge.bench.process.BenchBroker;
import io.streamforge.bench.process.JavaProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Contestants over one input, in turn. */
final class ThroughputBenchmark {
  private final int rounds;
  private final Set<Contestant> contestants;
  private final Duration pause;
  private final Consumer<String> progress;

  /**
   * @param contestants in the order of a round
   * @param pause between the warm-up and what counts
   * @param progress is told what has been done
   */
  ThroughputBenchmark(
      int rounds, Set<Contestant> contestants, Duration pause, Consumer<String> progress) {
    this.rounds = rounds;
    this.contestants = contestants;
    this.pause = pause;
    this.progress = progress;
  }

  /** Measures; starts a broker and, for each contestant and round, a process. */
  ThroughputFigures run(MarketInput input) throws IOException, InterruptedException {
    progress.accept(input.name() + ": computing what has to come out");
    Reference reference = Reference.of(input);
    Map<Contestant, List<Measurement>> measured = new EnumMap<>(Contestant.class);
    contestants.forEach(contestant -> measured.put(contestant, new ArrayList<>()));
    try (JavaProcess broker = JavaProcess.start(BenchBroker.class, "1g", "", List.of())) {
      String bootstrapServers = broker.line();
      for (int number = 1; number <= rounds; number++) {
        for (Contestant contestant : contestants) {
          ThroughputRound round = new ThroughputRound(input, reference, pause);
          String run =
              "%s-%d-%s".formatted(input.name(), number, contestant).toLowerCase(Locale.ROOT);
          Measurement measurement =
              contestant == Contestant.L0
                  ? round.inMemory()
                  : round.betweenTopics(contestant, new RunTopics(bootstrapServers, run));
          measured.get(contestant).add(measurement);
          progress.accept(said(run, measurement));
        }
      }
    }
    return new ThroughputFigures(
        input.name(),
        input.counted(),
        input.warmUp(),
        reference.full().symbols(),
        reference.full().graphs(),
        rounds,
        measured.keySet().stream().map(each -> figures(each, input, measured)).toList());
  }

  private static String said(String run, Measurement measurement) {
    return measurement.right()
        ? "%s: %.2f s of CPU in %.2f s"
            .formatted(run, measurement.cpuSeconds(), measurement.wallSeconds())
        : run + ": wrong answer";
  }

  private static ContestantFigures figures(
      Contestant contestant, MarketInput input, Map<Contestant, List<Measurement>> measured) {
    return ContestantFigures.of(
        contestant,
        input.counted(),
        measured.get(contestant),
        measured.getOrDefault(Contestant.OURS, List.of()));
  }
}
