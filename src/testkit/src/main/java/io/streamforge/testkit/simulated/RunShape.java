package io.streamforge.testkit.simulated;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a run is like, drawn once.
 *
 * @param steps how often each market changes
 * @param books instruments
 * @param lag how many messages the second line is behind the first; 0 for one line
 * @param twoDepths whether a lesser feed of the same books runs beside
 * @param sessions whether records name their sessions
 * @param acknowledged whether the log holds the venue's answer to the subscription
 * @param latencyUs time from the venue to the log, by their clocks, of which one may be wrong
 * @param checkingUs time between snapshots that nobody asked for; 0 for none
 * @param damages what can happen; nothing in one of five runs
 * @param rate how many of a thousand messages it happens to
 */
record RunShape(
    int steps,
    int books,
    int lag,
    boolean twoDepths,
    boolean sessions,
    boolean acknowledged,
    long latencyUs,
    long checkingUs,
    List<Damage> damages,
    int rate) {

  static RunShape draw(SimulatedVenue venue, SplittableRandom random) {
    RunShape drawn = drawn(venue, random);
    // Of two lines that count anew one after the other nobody can say when which was known.
    return drawn.damages.contains(Damage.NUMBERS_RESET) ? drawn.ofOneLine() : drawn;
  }

  private RunShape ofOneLine() {
    return new RunShape(
        steps, books, 0, twoDepths, sessions, acknowledged, latencyUs, checkingUs, damages, rate);
  }

  private static RunShape drawn(SimulatedVenue venue, SplittableRandom random) {
    return new RunShape(
        40 + random.nextInt(60),
        random.nextInt(4) == 0 ? 2 : 1,
        venue.allowsTwoLines() && random.nextInt(10) < 3 ? 1 + random.nextInt(3) : 0,
        venue.hasDepths() && random.nextInt(10) < 3,
        random.nextBoolean(),
        venue == SimulatedVenue.KRAKEN && random.nextBoolean(),
        random.nextInt(5) == 0
            ? random.nextInt(500_000) - 100_000L
            : 5_000L + random.nextInt(25_000),
        venue.trusting() ? 3_000_000L + random.nextInt(7_000_000) : 0,
        random.nextInt(5) == 0 ? List.of() : damages(venue, random),
        20 + random.nextInt(80));
  }

  private static List<Damage> damages(SimulatedVenue venue, SplittableRandom random) {
    List<Damage> all = new ArrayList<>();
    for (Damage damage : Damage.values()) {
      if (damage.appliesTo(venue)) {
        all.add(damage);
      }
    }
    List<Damage> chosen = new ArrayList<>();
    int count = 1 + random.nextInt(2) + (random.nextInt(4) == 0 ? 2 : 0);
    while (chosen.size() < count) {
      chosen.add(all.remove(random.nextInt(all.size())));
    }
    if (chosen.contains(Damage.NUMBERS_RESET) || chosen.contains(Damage.NUMBERS_RESET_TOLD)) {
      chosen.remove(Damage.WRONG_NUMBER); // what is absurd in one count may be right in another
    }
    return chosen;
  }
}
