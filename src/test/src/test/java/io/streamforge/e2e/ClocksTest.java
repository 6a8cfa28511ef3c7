package io.streamforge.e2e;

import static io.streamforge.e2e.LiveMarket.SECOND_US;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.cli.cluster.LocalBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clocks that are wrong, and that are set right again: the market goes on, at the broker's time.
 * The job fails in the middle of each, and of what follows. What it has said is what a replay of
 * the log says, which does not fail: no record was behind the watermark, and none had another time
 * after a failure.
 */
@Timeout(300)
class ClocksTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long MAX_BEHIND_US = 10 * SECOND_US;

  @TempDir Path folder;

  /**
   * Clocks that are wrong, at once.
   *
   * @param venue what time it is when the broker's clock says one
   * @param clocks what those of the first partitions' receivers say at a time
   * @param aheadUs source.max-ahead
   * @param lagsUs how far the market falls behind, at most
   * @param notBelieved what is wrong with the receive times, as the job says
   */
  private record Fault(
      String name,
      LongUnaryOperator venue,
      List<LongUnaryOperator> clocks,
      long aheadUs,
      long lagsUs,
      Set<String> notBelieved) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Fault> faults() {
    LongUnaryOperator right = us -> us;
    LongUnaryOperator fiftyMinutesAhead = us -> us + 3_000 * SECOND_US;
    LongUnaryOperator nineSecondsAhead = us -> us + 9 * SECOND_US;
    LongUnaryOperator of1970 = us -> us % (3_600 * SECOND_US);
    long stuckUs = ClockedFeed.nowUs();
    LongUnaryOperator stuck = us -> stuckUs;
    LongUnaryOperator yearsBehind = us -> us - 157_680_000 * SECOND_US;
    List<LongUnaryOperator> all = Collections.nCopies(ClockedFeed.PARTITIONS, fiftyMinutesAhead);
    return Stream.of(
        new Fault(
            "50 min ahead, 9 s ahead and of 1970",
            right,
            List.of(fiftyMinutesAhead, nineSecondsAhead, of1970),
            3 * SECOND_US,
            0,
            Set.of("ahead", "unreadable")),
        new Fault(
            "stuck and years behind",
            right,
            List.of(stuck, yearsBehind),
            3 * SECOND_US,
            MAX_BEHIND_US,
            Set.of("behind")),
        new Fault("50 min ahead in all", right, all, 10 * SECOND_US, 0, Set.of("ahead")),
        new Fault(
            "the broker 1.5 s slow",
            us -> us + 1_500_000,
            List.of(),
            SECOND_US,
            0,
            Set.of("ahead")));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void theMarketGoesOnAndAReplaySaysTheSame(Fault fault) throws Exception {
    Map<String, String> settings =
        Map.of(
            "source.max-behind", MAX_BEHIND_US / SECOND_US + " s",
            "source.max-ahead", fault.aheadUs / SECOND_US + " s");
    try (LocalBroker broker = LocalBroker.start(folder);
        LiveMarket market = new LiveMarket(broker.bootstrapServers(), 1, settings)) {
      try (ClockedFeed feed = new ClockedFeed(broker.bootstrapServers(), fault.venue)) {
        market.await(PATIENCE, () -> market.graphs() > 2);
        feed.receiveBy(fault.clocks);
        long wrongUs = ClockedFeed.nowUs();
        market.await(PATIENCE, () -> market.newestUs() >= wrongUs + SECOND_US);
        market.fail();
        long longUs = wrongUs + fault.lagsUs + 6 * SECOND_US;
        market.await(PATIENCE, () -> ClockedFeed.nowUs() >= longUs);
        market.await(PATIENCE, () -> market.lagUs() < fault.lagsUs + 3 * SECOND_US);
        feed.receiveBy(List.of());
        long rightUs = ClockedFeed.nowUs();
        // What comes first is behind the newest of its partition, which a checkpoint has to know.
        market.awaitCheckpoints(2);
        market.fail();
        market.await(PATIENCE, () -> market.newestUs() >= rightUs + fault.aheadUs + 4 * SECOND_US);
        market.assertNothingIsLeftOut();
        assertThat(market.notBelieved()).containsAll(fault.notBelieved);
      }
      market.assertAReplaySaysTheSame(folder);
    }
  }
}
