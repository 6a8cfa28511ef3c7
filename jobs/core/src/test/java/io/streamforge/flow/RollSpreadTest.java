package io.streamforge.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.market.Side;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import io.streamforge.testkit.Updates;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RollSpreadTest {
  private static final int SAMPLES = 300;

  /** Prices that leave the minute, in runs of one, of many and of none, leave nothing behind. */
  @Property(tries = 200)
  void isThatOfTheLastMinuteAlone(@ForAll long seed, @ForAll @IntRange(max = 4) int busy)
      throws IOException {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    RollSpread roll = new RollSpread();
    List<List<Trade>> all = new ArrayList<>();
    for (int sample = 0; sample < SAMPLES; sample++) {
      List<Trade> trades = trades(sample, random.nextInt(busy + 1), random);
      all.add(trades);
      roll.add(sample, trades);
      RollSpread minute = new RollSpread();
      for (int past = Math.max(0, sample - 59); past <= sample; past++) {
        minute.add(past, all.get(past));
      }
      assertThat((Double) roll.bps()).isEqualTo((Object) minute.bps());
      assertThat((Double) copy(roll, sample).bps()).isEqualTo((Object) roll.bps());
    }
  }

  private static List<Trade> trades(int sample, int count, RandomGenerator random) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new Trade(
                    Updates.ACME,
                    TradeIds.NONE,
                    0,
                    100_00 + random.nextInt(20),
                    2,
                    1,
                    0,
                    Side.BUY,
                    sample * 1_000_000L + i,
                    sample * 1_000_000L + i))
        .toList();
  }

  private static RollSpread copy(RollSpread roll, long sample) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    roll.write(sample - 59, sample + 1, new DataOutputStream(bytes));
    RollSpread read = new RollSpread();
    read.read(
        sample - 59,
        sample + 1,
        new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    return read;
  }
}
