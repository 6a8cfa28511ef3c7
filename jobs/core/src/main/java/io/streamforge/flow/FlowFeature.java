package io.streamforge.flow;

import io.streamforge.catalogue.Feature;
import java.util.function.ToDoubleFunction;

/** Features of the trades of the last minute, and of the last buckets of volume. */
public enum FlowFeature implements Feature {
  TRADE_IMBALANCE_1M(
      FlowSample::tradeImbalance1m,
      new Description(
          "trade_imbalance_1m", "−1…1", "1m", "Σ signed_volume/Σ volume", "", "no trades", true)),
  KYLE_LAMBDA_1M(
      FlowSample::kyleLambda1m,
      new Description(
          "kyle_lambda_1m",
          "bp a million reference",
          "1m",
          "10¹⁰·Cov(r, f)/Var(f) over the samples with a return, f = signed quote volume in the"
              + " reference currency",
          "Kyle 1985",
          "fewer than 30 returns, fewer than 10 of them with trades, f is the same in all, or the"
              + " quote's rate is not known",
          true)) {
    @Override
    public double inReference(double lambda, double rate) {
      return lambda * (BPS_A_MILLION / rate);
    }
  },
  AMIHUD_1M(
      FlowSample::amihud1m,
      new Description(
          "amihud_1m",
          "bp a million reference",
          "1m",
          "10¹⁰·mean of |r|/quote_volume in the reference currency, over the samples with both",
          "Amihud 2002",
          "fewer than 30 returns, none of them with trades, or the quote's rate is not known",
          true)) {
    @Override
    public double inReference(double illiquidity, double rate) {
      return illiquidity * (BPS_A_MILLION / rate);
    }
  },
  ROLL_SPREAD_1M_BPS(
      FlowSample::rollSpread1mBps,
      new Description(
          "roll_spread_1m_bps",
          "bp",
          "1m",
          "2·10⁴·√(−Cov(ρ_t, ρ_{t−1})), ρ = log returns of successive trade prices, successive"
              + " fills of an interval of the same time and side merged to their average; log"
              + " prices rounded to 2⁻⁴⁶",
          "Roll 1984",
          "fewer than 20 prices, or the covariance is not below 0",
          false)),
  VPIN(
      FlowSample::vpin,
      new Description(
          "vpin",
          "0…1",
          "50 buckets",
          "Σ |V_B − V_S|/Σ V over the last 50 full buckets of volume V = 1/50 of a day's: of the"
              + " last 24 full hours', or of those there were times 24 over their number; fixed on"
              + " each hour, to 16 digits, for the buckets that open in it; a trade across a boundary"
              + " is split, unknown sides evenly",
          "Easley, López de Prado & O'Hara 2012",
          "before 50 buckets",
          false));

  /** Basis points, and a million reference units. */
  private static final double BPS_A_MILLION = 1e10;

  private final ToDoubleFunction<FlowSample> value;
  private final Description description;

  FlowFeature(ToDoubleFunction<FlowSample> value, Description description) {
    this.value = value;
    this.description = description;
  }

  @Override
  public Description description() {
    return description;
  }

  /** The value at a sample, in quote units, NaN where it does not exist. */
  public double of(FlowSample sample) {
    return value.applyAsDouble(sample);
  }
}
