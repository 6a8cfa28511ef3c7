package io.streamforge.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamforge.market.Decimals;
import io.streamforge.market.InstrumentSpec;
import io.streamforge.market.Side;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import io.streamforge.mid.MidPath;
import io.streamforge.testkit.Updates;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TradeSampleTest {
  private static final long STALE_AFTER_US = 60_000_000;
  private static final long T = Updates.START_US;

  private static Trade trade(
      long price, int priceScale, long quantity, int quantityScale, Side side, long timeUs) {
    return new Trade(
        Updates.ACME,
        TradeIds.NONE,
        0,
        price,
        priceScale,
        quantity,
        quantityScale,
        side,
        timeUs,
        timeUs);
  }

  private static TradeSample sample(List<Trade> trades, MidPath mids) {
    return TradeSample.of(trades, mids, STALE_AFTER_US, 100.0, InstrumentSpec.spot(2.0));
  }

  @Test
  void contractsCountInBaseAndQuoteUnits() {
    List<Trade> trades =
        List.of(trade(100, 0, 3, 0, Side.BUY, T), trade(125, 0, 5, 0, Side.SELL, T));
    TradeSample linear =
        TradeSample.of(
            trades,
            new MidPath(),
            STALE_AFTER_US,
            100,
            new InstrumentSpec("B", "Q", InstrumentSpec.Kind.LINEAR, 0.5, 1));
    assertThat(linear.volume()).isEqualTo(4);
    assertThat(linear.signedVolume()).isEqualTo(-1);
    assertThat(linear.quoteVolume()).isEqualTo(462.5);
    assertThat(linear.signedQuoteVolume()).isEqualTo(-162.5);
    assertThat(TradeFeature.VWAP.of(linear)).isEqualTo(115.625);
    TradeSample inverse =
        TradeSample.of(
            trades,
            new MidPath(),
            STALE_AFTER_US,
            100,
            new InstrumentSpec("B", "Q", InstrumentSpec.Kind.INVERSE, 50, 1));
    assertThat(inverse.volume()).isEqualTo(3.5); // 150 at 100 and 250 at 125
    assertThat(inverse.signedVolume()).isEqualTo(-0.5);
    assertThat(inverse.quoteVolume()).isEqualTo(400);
    assertThat(inverse.signedQuoteVolume()).isEqualTo(-100);
    assertThat(TradeFeature.VWAP.of(inverse)).isEqualTo(400 / 3.5);
  }

  @Test
  void sumsAreExactOverMixedScalesAndUnknownSidesHaveNoSign() {
    TradeSample sample =
        sample(
            List.of(
                trade(100, 0, 1, 1, Side.BUY, T), // 0.1 at 100
                trade(1005, 1, 2, 1, Side.BUY, T), // 0.2 at 100.5
                trade(9_975, 2, 3_000_001, 7, Side.SELL, T), // 0.3000001 at 99.75
                trade(99, 0, 5, 0, Side.UNKNOWN, T)), // 5 at 99
            new MidPath());
    assertThat(sample.trades()).isEqualTo(4);
    assertThat(sample.volume()).isEqualTo(5.6000001);
    assertThat(sample.signedVolume()).isEqualTo(-1e-7); // 0.1 + 0.2 − 0.3000001
    assertThat(sample.quoteVolume()).isEqualTo(555.025009975); // 10 + 20.1 + 29.925009975 + 495
    assertThat(TradeFeature.VWAP.of(sample)).isEqualTo(555.025009975 / 5.6000001);
    assertThat(TradeFeature.VWAP_BPS.of(sample))
        .isCloseTo(1e4 * (555.025009975 / 5.6000001 - 100) / 100, within(1e-9));
    TradeFeature feature = TradeFeature.LOG_QUOTE_VOLUME;
    assertThat(feature.inReference(feature.of(sample), 2)).isEqualTo(StrictMath.log(1111.05001995));
    assertThat(feature.inReference(feature.of(sample), Double.NaN)).isNaN();
  }

  @Test
  void withoutTradesSumsAreZeroAndRatiosNull() {
    TradeSample sample = sample(List.of(), new MidPath());
    for (TradeFeature feature : TradeFeature.values()) {
      boolean ratio =
          switch (feature) {
            case VWAP, VWAP_BPS, EFFECTIVE_SPREAD_BPS -> true;
            default -> false;
          };
      assertThat((Double) feature.of(sample)).isEqualTo((Object) (ratio ? Double.NaN : 0.0));
    }
  }

  /** Two trades have a side and a mid: 3 bought 20 bp above theirs, 1 sold 10 bp above its own. */
  @Test
  void theEffectiveSpreadIsMeasuredAgainstTheMidOfTheLastTenthOfASecond() {
    MidPath mids = new MidPath();
    mids.set(T + 250_000, 100);
    mids.set(T + 350_000, 200);
    mids.set(T + 450_000, Double.NaN);
    TradeSample sample =
        sample(
            List.of(
                trade(1, 0, 1, 0, Side.BUY, T + 299_999), // before the first mid
                trade(1002, 1, 3, 0, Side.BUY, T + 399_999), // 100, not yet 200
                trade(2002, 1, 1, 0, Side.SELL, T + 400_000),
                trade(1, 0, 7, 0, Side.UNKNOWN, T + 400_000),
                trade(1, 0, 7, 0, Side.BUY, T + 500_000)), // no mid any more
            mids);
    assertThat(sample.effectiveSpreadBps()).isCloseTo((3 * 40.0 - 20.0) / 4, within(1e-9));
  }

  @Test
  void aTradeAgainstAStaleMidDoesNotCountInTheSpread() {
    MidPath mids = new MidPath();
    mids.set(T, 100);
    List<Trade> trades = List.of(trade(101, 0, 1, 0, Side.BUY, T + 60_000_000));
    assertThat(sample(trades, mids).effectiveSpreadBps()).isCloseTo(200, within(1e-9));
    trades = List.of(trade(101, 0, 1, 0, Side.BUY, T + 60_100_000));
    assertThat(sample(trades, mids).effectiveSpreadBps()).isNaN();
  }

  /** One fill or many, however fine their texts: the same volume to the last bit, in any order. */
  @Property(tries = 300)
  void splittingATradeChangesNoVolume(@ForAll long seed) {
    Random random = new Random(seed);
    List<Trade> whole = new ArrayList<>();
    List<Trade> parts = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Trade trade =
          trade(
              1 + random.nextInt(1_000_000),
              random.nextInt(6),
              2 + random.nextInt(1_000_000_000),
              random.nextInt(8),
              Side.ofSign(random.nextInt(3) - 1),
              T);
      whole.add(trade);
      int finer = random.nextInt(4);
      long factor = Decimals.powerOfTen(finer);
      long first = 1 + (long) (random.nextDouble() * (trade.quantity() * factor - 1));
      for (long part : new long[] {first, trade.quantity() * factor - first}) {
        parts.add(
            random.nextInt(parts.size() + 1),
            trade(
                trade.price() * factor,
                trade.priceScale() + finer,
                part,
                trade.quantityScale() + finer,
                trade.side(),
                T));
      }
    }
    TradeSample one = sample(whole, new MidPath());
    TradeSample other = sample(parts, new MidPath());
    assertThat(other.trades()).isEqualTo(2 * one.trades());
    assertThat(other.volume()).isEqualTo(one.volume());
    assertThat(other.signedVolume()).isEqualTo(one.signedVolume());
    assertThat(other.quoteVolume()).isEqualTo(one.quoteVolume());
  }
}
