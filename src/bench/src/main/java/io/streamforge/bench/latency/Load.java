package io.streamforge.bench.latency;

import io.streamforge.testkit.feed.Pace;
import io.streamforge.testkit.generated.GeneratedMarket;
import io.streamforge.testkit.generated.MarketShape;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What the job is given.
 *
 * @param messagesPerSecond of the market's own time
 * @param seconds that count
 * @param pace that may follow the sample of the newest graph that has been read
 */
record Load(
    double messagesPerSecond,
    int instruments,
    int warmUpSeconds,
    int seconds,
    Function<LongSupplier, Pace> pace) {
  private static final int LEVELS = 1_000;
  private static final long SEED = 1;

  // The last sample that counts is completed by messages after it.
  private static final int MORE_SECONDS = 3;

  /** Snapshots are sent before the messages and not counted here. */
  private int messages() {
    return (int) (messagesPerSecond * (warmUpSeconds + seconds + MORE_SECONDS));
  }

  /** The market, made as it is asked for. */
  GeneratedMarket market(long startUs) {
    Duration span = Duration.ofSeconds(warmUpSeconds + seconds + MORE_SECONDS);
    return new GeneratedMarket(
        new MarketShape(instruments, LEVELS, instruments + messages(), span, SEED), startUs);
  }

  /** How long it takes to start the job and meanwhile to make the market, generously. */
  long leadUs() {
    return 12_000_000L + messages() * 40L + instruments * 10_000L;
  }
}
