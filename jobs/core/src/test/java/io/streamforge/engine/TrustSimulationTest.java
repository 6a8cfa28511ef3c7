package io.streamforge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.market.BookUpdate;
import io.streamforge.testkit.simulated.SimulatedVenue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * A book that says {@code live} is right, or its protocol cannot know better: random markets in
 * every venue's words, over feeds that lose, repeat, disorder and spoil. What each protocol can
 * know is stated in {@link ProtocolBound} and its subclasses.
 *
 * <p>{@code -Dsimulation.runs=1000000} runs more, {@code -Dsimulation.seed=7} others, {@code
 * -Dsimulation.venue=OKX} one venue; with a venue, a seed and one run it prints that run.
 */
class TrustSimulationTest {
  private static final int RUNS = Integer.getInteger("simulation.runs", 100_000);
  private static final long SEED = Long.getLong("simulation.seed", 20_260_801L);
  private static final String VENUE = System.getProperty("simulation.venue");
  private static final List<String> TABLE_HEAD =
      List.of(
          "# How long books were wrong in the simulation",
          "",
          "Intervals in which a live book was not the market's, by what was done to its feed last.",
          "[trust](trust.md) says what is simulated, and how this table is made anew.",
          "",
          "| protocol | what was done last | intervals | mean, messages | longest, messages | longest, ms |",
          "|---|---|---|---|---|---|");
  private static final UnaryOperator<BookUpdate> AS_IS = UnaryOperator.identity();

  private static TrustVerdict runs(
      SimulatedVenue venue, long runs, UnaryOperator<BookUpdate> reading) {
    return LongStream.range(0, runs)
        .parallel()
        .mapToObj(run -> run(venue, SEED + run, reading))
        .collect(TrustVerdict::new, TrustVerdict::add, TrustVerdict::add);
  }

  private static TrustVerdict run(
      SimulatedVenue venue, long seed, UnaryOperator<BookUpdate> reading) {
    TrustVerdict verdict = new TrustVerdict();
    try {
      new TrustRun(venue, seed, reading, verdict).read();
      return verdict;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw new IllegalStateException(venue + " seed " + seed, e);
    }
  }

  private static List<SimulatedVenue> venues() {
    return VENUE == null
        ? List.of(SimulatedVenue.values())
        : List.of(SimulatedVenue.valueOf(VENUE));
  }

  @Test
  void aLiveBookIsRightOrItsProtocolCannotKnow() throws IOException {
    List<String> table = new ArrayList<>(TABLE_HEAD);
    Map<String, TrustVerdict> faulty = new TreeMap<>();
    List<String> stories = new ArrayList<>();
    for (SimulatedVenue venue : venues()) {
      TrustVerdict verdict = runs(venue, Math.max(1, RUNS / venues().size()), AS_IS);
      table.addAll(verdict.rows(venue));
      System.out.println(venue + " from seed " + SEED + ": " + verdict);
      if (verdict.faults() > 0) {
        faulty.put(venue.name(), verdict);
        stories.addAll(verdict.stories());
      }
      if (RUNS == 1 && VENUE != null) {
        System.out.println(TrustRun.story(venue, SEED, AS_IS));
      }
    }
    Files.createDirectories(Path.of("target"));
    Files.write(Path.of("target", "trust-measured.md"), table);
    assertThat(faulty).as(String.join("\n", stories)).isEmpty();
  }

  /** The test's own test. */
  @Test
  void aBookWithoutDetectionIsFoundOut() {
    for (SimulatedVenue venue : venues()) {
      TrustVerdict verdict = runs(venue, 100, Trusting::read);
      assertThat(verdict.beyondBound).as(venue + " from seed " + SEED).isPositive();
    }
  }
}
