package io.streamforge.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamforge.market.InstrumentSpec;
import io.streamforge.market.Side;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import io.streamforge.mid.MidPath;
import io.streamforge.testkit.Updates;
import io.streamforge.window.SampleWindow;
import io.streamforge.window.Windows;
import io.streamforge.window.WindowsInMemory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TradeFlowTest {
  private static final long HOUR = 3600;
  private static final long START = 1_723_161_600 / HOUR * HOUR; // a whole hour

  private TradeFlow flow = new TradeFlow();
  private SampleWindow returns = new SampleWindow(60);
  private long sample = START;
  private FlowSample last;

  /** A trade in the interval that the next sample ends; the number says which millisecond. */
  private Trade trade(long ms, String price, String quantity, Side side) {
    long timeUs = sample * 1_000_000 + ms * 1000;
    return new Trade(
        Updates.ACME,
        TradeIds.NONE,
        0,
        unscaled(price),
        scale(price),
        unscaled(quantity),
        scale(quantity),
        side,
        timeUs,
        timeUs);
  }

  private static long unscaled(String decimal) {
    return Long.parseLong(decimal.replace(".", ""));
  }

  private static int scale(String decimal) {
    return decimal.contains(".") ? decimal.length() - decimal.indexOf('.') - 1 : 0;
  }

  private FlowSample next(double logReturn, List<Trade> trades) {
    sample++;
    returns.put(sample, logReturn);
    TradeSample sums = TradeSample.of(trades, new MidPath(), 0, Double.NaN, InstrumentSpec.spot(1));
    last = flow.add(sample, trades, sums, returns);
    return last;
  }

  private FlowSample next(double logReturn, Trade... trades) {
    return next(logReturn, List.of(trades));
  }

  /** A feature of the last sample where a quote unit is worth so many reference units. */
  private double last(FlowFeature feature, double rate) {
    return feature.inReference(feature.of(last), rate);
  }

  private static TradeFlow copy(TradeFlow flow) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    flow.writeTo(new DataOutputStream(bytes));
    TradeFlow read = new TradeFlow();
    WindowsInMemory windows = new WindowsInMemory();
    windows.write(windowsOf(flow));
    windows.read(windowsOf(read));
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    read.readFrom(in);
    assertThat(in.available()).isZero();
    return read;
  }

  private static Windows windowsOf(TradeFlow flow) {
    Windows windows = new Windows(0);
    flow.addTo(windows);
    return windows;
  }

  @Test
  void withoutTradesNothingExists() {
    for (int i = 0; i < 60; i++) {
      next(1e-4);
    }
    for (FlowFeature feature : FlowFeature.values()) {
      assertThat(feature.of(last)).as(feature.key()).isNaN();
    }
  }

  @Test
  void theImbalanceIsOfTheVolumeOfAMinute() {
    next(0, trade(1, "100", "3", Side.BUY), trade(2, "1", "1", Side.SELL));
    assertThat(next(0, trade(1, "9", "4", Side.UNKNOWN)).tradeImbalance1m()).isEqualTo(2 / 8.0);
    for (int i = 0; i < 58; i++) {
      assertThat(next(0).tradeImbalance1m()).isEqualTo(2 / 8.0);
    }
    assertThat(next(0).tradeImbalance1m()).isZero(); // the 3 and the 1 are over
    assertThat(next(0).tradeImbalance1m()).isNaN();
  }

  /** Each million bought moves the mid up by 2 bp, so λ is 2 in either unit of money. */
  @Test
  void kyleLambdaIsTheSlopeOfReturnsOnSignedMoney() {
    for (double rate : new double[] {1, 0.5}) {
      flow = new TradeFlow();
      returns = new SampleWindow(60);
      for (int i = 0; i < 30; i++) {
        boolean buys = i % 3 == 0;
        int thousands = i % 3 == 2 ? 0 : 1 + i % 4;
        List<Trade> trades =
            thousands == 0
                ? List.of()
                : List.of(trade(1, "1000", thousands + "", buys ? Side.BUY : Side.SELL));
        assertThat(last == null || i == 0 || Double.isNaN(last.kyleLambda1m())).isTrue();
        next(1e-3 + (buys ? 2e-10 : -2e-10) * 1000 * thousands * rate, trades);
      }
      assertThat(last(FlowFeature.KYLE_LAMBDA_1M, rate)).isCloseTo(2, within(1e-9));
      assertThat(last(FlowFeature.KYLE_LAMBDA_1M, Double.NaN)).isNaN();
    }
  }

  @Test
  void kyleLambdaNeedsTenSamplesWithTradesThatDiffer() {
    for (int i = 0; i < 60; i++) {
      next(1e-4, trade(1, "0.1", "0.7", Side.BUY)); // no binary number is 0.07
    }
    assertThat(last.kyleLambda1m()).isNaN();
    for (int i = 0; i < 60; i++) {
      next(1e-4 * i, i < 51 ? new Trade[0] : new Trade[] {trade(1, "1", i + "", Side.BUY)});
    }
    assertThat(last.kyleLambda1m()).isNaN();
    next(1e-4, trade(1, "1", "1", Side.SELL));
    assertThat(last.kyleLambda1m()).isNotNaN();
  }

  /** 1 bp for half a million and 1 bp for a quarter; 50 bp without trades do not count. */
  @Test
  void amihudIsTheMeanRatioOfTheSamplesThatHaveBoth() {
    next(Double.NaN, trade(1, "1000", "9999", Side.BUY));
    for (int i = 0; i < 29; i++) {
      assertThat(next(50e-4).amihud1m()).isNaN();
    }
    next(-1e-4, trade(1, "1000", "500", Side.SELL));
    assertThat(last(FlowFeature.AMIHUD_1M, 1)).isCloseTo(2, within(1e-12)); // 1 bp, half a million
    next(1e-4, trade(1, "1000", "250", Side.UNKNOWN));
    assertThat(last(FlowFeature.AMIHUD_1M, 1)).isCloseTo(3, within(1e-12));
    assertThat(last(FlowFeature.AMIHUD_1M, 2)).isCloseTo(1.5, within(1e-12));
    assertThat(last(FlowFeature.AMIHUD_1M, Double.NaN)).isNaN();
  }

  /** Prices that are half a spread above or below a fixed value, at random: Roll's own model. */
  @Test
  void rollRecoversABounce() {
    Random random = new Random(7);
    for (int i = 0; i < 60; i++) {
      List<Trade> trades = new ArrayList<>();
      for (int ms = 0; ms < 400; ms++) {
        boolean buys = random.nextBoolean();
        trades.add(trade(ms, buys ? "100.05" : "99.95", "1", buys ? Side.BUY : Side.SELL));
      }
      next(0, trades);
    }
    assertThat(last.rollSpread1mBps()).isCloseTo(10, within(0.25)); // 4 standard errors
  }

  /** ρ = +a, −a, …: 18 products of −a², sums of a·0 and a·0. */
  @Test
  void rollByHand() {
    for (int i = 0; i < 19; i++) {
      assertThat(next(0, trade(1, i % 2 == 0 ? "100" : "101", "1", Side.BUY)).rollSpread1mBps())
          .isNaN();
    }
    double a = Math.log(1.01);
    // 19 returns +a … +a: the later 18 sum to 0, as do the earlier 18
    assertThat(next(0, trade(1, "101", "1", Side.BUY)).rollSpread1mBps())
        .isCloseTo(2e4 * a, within(1e-8));
  }

  @Test
  void pricesThatComeBackWithoutABounceHaveNoRollSpread() {
    String[] prices = {"100", "100", "103", "103", "103", "100", "100", "100"};
    for (int i = 0; i < 24; i++) {
      next(0, trade(1, prices[i % 8], "1", Side.BUY));
    }
    assertThat(last.rollSpread1mBps()).isNaN(); // Σ of products and of returns are exactly 0
  }

  private void fullHour(String... quantities) {
    for (int i = 0; i < HOUR; i++) {
      next(0, i < quantities.length ? List.of(trade(1, "1", quantities[i], Side.BUY)) : List.of());
    }
  }

  /** An hour of 12.5, a day of 300: buckets of 6. The next hour has 900: a day of 10 950. */
  @Test
  void bucketsOfVpinAreAFiftiethOfADay() {
    next(0, trade(1, "1", "77777", Side.BUY)); // in an hour that is not full
    while (sample % HOUR != 0) {
      next(0);
    }
    fullHour("7.5", "5");
    for (int bucket = 0; bucket < 50; bucket++) {
      assertThat(last.vpin()).isNaN();
      next(0, trade(1, "1", "3.9", Side.BUY), trade(1, "1", "2.1", Side.SELL)); // 0.3 each
    }
    assertThat(last.vpin()).isCloseTo(0.3, within(1e-15));
    next(0, trade(1, "1", "3", Side.SELL), trade(1, "1", "6", Side.UNKNOWN)); // 0.5, half of a 0
    assertThat(last.vpin()).isCloseTo((49 * 0.3 + 0.5) / 50, within(1e-15));
    next(0, trade(1, "1", "3", Side.BUY)); // 3 of nobody's, 3 bought
    assertThat(last.vpin()).isCloseTo((48 * 0.3 + 1) / 50, within(1e-15));
    next(0, trade(1, "1", "588", Side.SELL)); // 98 buckets; with 312 before an hour of 900
    assertThat(last.vpin()).isEqualTo(1);
    while (sample % HOUR != 0) {
      next(0);
    }
    next(0, trade(1, "1", "219", Side.UNKNOWN)); // 12/25 of 912.5 in two hours
    assertThat(last.vpin()).isCloseTo(49 * 6 / (49 * 6 + 219.0), within(1e-15));
  }

  /** A bucket is 1/50 of 24/7 of what seven hours had: no decimal, so rounded to 16 digits. */
  @Test
  void aBucketThatIsNoDecimalIsRounded() {
    next(0, trade(1, "1", "1", Side.BUY));
    sample += HOUR;
    next(0, trade(1, "1", "1", Side.BUY));
    sample += 7 * HOUR;
    String bucket = "0.06857142857142857"; // 24/350
    for (int i = 0; i < 50; i++) {
      assertThat(last.vpin()).isNaN();
      next(0, trade(1, "1", bucket, Side.SELL));
    }
    assertThat(last.vpin()).isEqualTo(1);
  }

  @Test
  void anHourWithoutVolumeBeforeItOpensNoBuckets() throws IOException {
    next(0, trade(1, "1", "5000", Side.BUY));
    sample += 2 * HOUR; // a hole: the full hours are empty
    next(0, trade(1, "1", "5000", Side.BUY));
    assertThat(last.vpin()).isNaN();
    sample += HOUR;
    flow = copy(flow);
    next(0, trade(1, "1", "59999", Side.SELL)); // 5000 in two hours, a day of 60 000
    assertThat(last.vpin()).isNaN();
    next(0, trade(1, "1", "1", Side.SELL));
    assertThat(last.vpin()).isEqualTo(1);
  }

  /** Trades at random, whole and in fills, with the state stored and read in between. */
  @Property(tries = 60)
  void splittingATradeChangesNothingAndMirroredSidesTheSignAlone(@ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    TradeFlowTest whole = new TradeFlowTest();
    TradeFlowTest fills = new TradeFlowTest();
    TradeFlowTest mirrored = new TradeFlowTest();
    whole.sample = START - 10;
    for (int i = 0; i < 150; i++) {
      if (i == 20) {
        whole.sample += HOUR - random.nextInt(3);
      }
      fills.sample = whole.sample;
      mirrored.sample = whole.sample;
      List<Trade> trades = new ArrayList<>();
      List<Trade> split = new ArrayList<>();
      List<Trade> turned = new ArrayList<>();
      for (int ms = 0; random.nextInt(4) > 0; ms++) {
        String price = "%d.%02d".formatted(99 + random.nextInt(2), random.nextInt(100));
        int tenths = 2 + random.nextInt(500);
        int first = 1 + random.nextInt(tenths - 1);
        int sign = random.nextInt(3) - 1;
        trades.add(whole.trade(ms, price, "%d.0".formatted(tenths), Side.ofSign(sign)));
        split.add(whole.trade(ms, price + "0", "%d".formatted(first), Side.ofSign(sign)));
        split.add(whole.trade(ms, price, "%d.00".formatted(tenths - first), Side.ofSign(sign)));
        turned.add(whole.trade(ms, price, "%d".formatted(tenths), Side.ofSign(-sign)));
      }
      double r = random.nextInt(5) == 0 ? Double.NaN : 1e-4 * random.nextGaussian();
      FlowSample expected = whole.next(r, trades);
      assertThat(fills.next(r, split)).isEqualTo(expected);
      FlowSample reflected = mirrored.next(r, turned);
      assertThat((Double) (reflected.tradeImbalance1m() + 0.0))
          .isEqualTo((Object) (-expected.tradeImbalance1m() + 0.0));
      assertThat((Double) reflected.amihud1m()).isEqualTo((Object) expected.amihud1m());
      assertThat((Double) reflected.rollSpread1mBps())
          .isEqualTo((Object) expected.rollSpread1mBps());
      assertThat((Double) reflected.vpin()).isEqualTo((Object) expected.vpin());
      if (!Double.isNaN(expected.kyleLambda1m())) {
        assertThat(reflected.kyleLambda1m())
            .isCloseTo(-expected.kyleLambda1m(), within(1e-9 * Math.abs(expected.kyleLambda1m())));
      }
      fills.flow = copy(fills.flow);
    }
  }
}
