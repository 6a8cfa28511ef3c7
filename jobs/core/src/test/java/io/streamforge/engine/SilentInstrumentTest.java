package io.streamforge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.instrument.Incident;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.market.Instrument;
import io.streamforge.market.Side;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** The heap of an instrument that is heard of once: a producer may make up as many as fit. */
class SilentInstrumentTest {
  private static final int INSTRUMENTS = 2_000;
  private static final long SECOND = 1_000_000;
  private static final long START_US = 1_723_161_256_000_000L;

  private static final MarketListener NOBODY =
      new MarketListener() {
        @Override
        public void sample(SymbolSample sample) {}

        @Override
        public void resync(Instrument instrument, Incident incident, long sampleUs) {}

        @Override
        public void samplesUntil(long sampleUs) {}
      };

  private static long heapBytes() {
    for (int round = 0; round < 3; round++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** In the seconds, the minutes and the hour after its trade. */
  @Test
  void takesLessThanFourKilobytes() throws Exception {
    MarketEngine market =
        new MarketEngine(SECOND, new HeapInstruments(RecordedMarket.settings()), NOBODY);
    long before = heapBytes();
    for (int number = 0; number < INSTRUMENTS; number++) {
      Instrument instrument = Instrument.ofId("venue-%d:SYMBOL-%d".formatted(number, number));
      market.accept(
          new Trade(
              instrument, TradeIds.UNORDERED, number, 1, 0, 1, 0, Side.BUY, START_US, START_US));
    }
    for (int second : new int[] {1, 15, 58, 90, 299, 310, 3_700}) {
      market.completeUntil(START_US + second * SECOND);
      long bytes = (heapBytes() - before) / INSTRUMENTS;
      assertThat(bytes).as("after %d s", second).isBetween(500L, 4_000L);
    }
    assertThat(market.count(MarketCount.DUPLICATE_TRADES)).isZero(); // it is held until here
  }
}
