package io.streamforge.bench.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Both contestants over one input: one round that counts, then timed rounds in turn. */
final class StoreBenchmark {
  private final int rounds;
  private final Map<String, String> settings;
  private final Consumer<String> progress;

  /**
   * @param settings of the job
   * @param progress is told what has been done
   */
  StoreBenchmark(int rounds, Map<String, String> settings, Consumer<String> progress) {
    this.rounds = rounds;
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @throws IllegalStateException if the contestants do not agree on every mid
   */
  StoreFigures run(StoreInput input) throws Exception {
    Entry<?> plain = new Entry<>(Contestant.plain(), input);
    Entry<?> writeBack = new Entry<>(Contestant.writeBack(settings), input);
    progress.accept(input.name() + ": counting operations");
    MidHashes expected = plain.count();
    expected.expectSame(writeBack.count(), writeBack.name());
    List<Rate> ratios = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      // In turn also within a round: what the machine does meanwhile meets both.
      List<Entry<?>> order = round % 2 == 0 ? List.of(plain, writeBack) : List.of(writeBack, plain);
      for (Entry<?> entry : order) {
        expected.expectSame(entry.time(), entry.name());
      }
      Rate ratio = writeBack.rate().over(plain.rate());
      ratios.add(ratio);
      progress.accept(
          "%s: round %d of %d, ratio %.1f, with samples %.1f, with pauses %.1f"
              .formatted(
                  input.name(),
                  round + 1,
                  rounds,
                  ratio.booksAlone(),
                  ratio.betweenBarriers(),
                  ratio.withPauses()));
    }
    return new StoreFigures(
        input.name(),
        input.instruments(),
        input.measured(),
        input.levelsPerMessage(),
        expected.count(),
        rounds,
        RateDistribution.of(ratios),
        plain.figures(),
        writeBack.figures());
  }
}
