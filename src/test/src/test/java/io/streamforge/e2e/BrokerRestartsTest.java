package io.streamforge.e2e;

import static io.streamforge.e2e.LiveMarket.SECOND_US;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three brokers are restarted one after another, and a leader is killed, while a market runs. It
 * waits for the partitions that have no leader, and none of their records is behind the watermark:
 * what came out is what a replay of the log says.
 */
@Tag("soak")
@Timeout(900)
class BrokerRestartsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  void theMarketWaitsAndLosesNothing() throws Exception {
    try (ThreeBrokers brokers = new ThreeBrokers(folder);
        LiveMarket market =
            new LiveMarket(brokers.bootstrapServers(), ThreeBrokers.COPIES, Map.of())) {
      try (ClockedFeed feed = new ClockedFeed(brokers.bootstrapServers(), us -> us)) {
        market.await(PATIENCE, () -> market.graphs() > 5);
        for (int node = 0; node < ThreeBrokers.COPIES; node++) {
          brokers.stop(node);
          goesOn(market);
          brokers.start(node);
          brokers.awaitCopies(ClockedFeed.TOPICS);
          goesOn(market);
        }
        int leader = brokers.leader("raw-trades");
        brokers.kill(leader);
        goesOn(market);
        brokers.start(leader);
        brokers.awaitCopies(ClockedFeed.TOPICS);
        goesOn(market);
        market.assertNothingIsLeftOut();
        feed.assertAllIsSent();
      }
      market.assertAReplaySaysTheSame(folder);
    }
  }

  private static void goesOn(LiveMarket market) {
    long nowUs = ClockedFeed.nowUs();
    market.await(PATIENCE, () -> market.newestUs() >= nowUs + 10 * SECOND_US);
  }
}
