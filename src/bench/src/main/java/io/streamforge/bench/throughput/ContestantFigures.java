package io.streamforge.bench.throughput;

import io.streamforge.bench.experiment.Distribution;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What was measured of one contestant over one input; null where an answer was wrong.
 *
 * @param core whether it puts out the core alone
 * @param wrongAnswers in how many rounds
 * @param messagesPerSecondAndCore messages for a second of processor time
 * @param messagesPerSecond by the clock
 * @param cpuToOurs its processor time over ours of the same round; null without ours
 */
record ContestantFigures(
    String name,
    String description,
    boolean core,
    int wrongAnswers,
    Distribution cpuSecondsPerMillion,
    Distribution messagesPerSecondAndCore,
    Distribution messagesPerSecond,
    Distribution cpuToOurs) {

  /**
   * @param rounds of the contestant
   * @param ours of the same rounds; empty without ours
   */
  static ContestantFigures of(
      Contestant contestant, int messages, List<Measurement> rounds, List<Measurement> ours) {
    boolean compared =
        areRight(rounds) && areRight(ours) && !ours.isEmpty() && contestant != Contestant.OURS;
    return new ContestantFigures(
        contestant.name(),
        contestant.description,
        contestant.core,
        (int) rounds.stream().filter(round -> !round.right()).count(),
        of(rounds, round -> round.cpuSeconds() / messages * 1e6),
        of(rounds, round -> messages / round.cpuSeconds()),
        of(rounds, round -> messages / round.wallSeconds()),
        compared
            ? Distribution.of(
                IntStream.range(0, rounds.size())
                    .mapToDouble(i -> rounds.get(i).cpuSeconds() / ours.get(i).cpuSeconds()))
            : null);
  }

  private static Distribution of(List<Measurement> rounds, ToDoubleFunction<Measurement> value) {
    return areRight(rounds) ? Distribution.of(rounds.stream().mapToDouble(value)) : null;
  }

  private static boolean areRight(List<Measurement> rounds) {
    return rounds.stream().allMatch(Measurement::right);
  }
}
