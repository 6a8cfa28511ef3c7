package io.streamforge.testkit.generated;

import java.util.SplittableRandom;

/**
 * What was planted for one instrument: what a model may find, and a test must.
 *
 * @param symbol its name
 * @param sector its group
 * @param marketBeta how much of the market's log return it makes
 * @param sectorBeta how much of its sector's
 * @param lagMs how much later than the first of its sector it does so; a multiple of 100
 * @param spillMs how much later its sector's volatility comes to what it does alone; likewise
 * @param ownVolatility of what it does alone, log return in √s, before its regime
 * @param quotesPerSecond mean rate at which its book follows its price
 * @param tradesPerSecond mean rate of trades
 * @param deadAfterSeconds from when on nothing is heard of it; {@link Integer#MAX_VALUE} for never
 * @param priceTicks its first price, in ticks
 * @param priceScale decimals of a tick
 */
public record PlantedSymbol(
    String symbol,
    int sector,
    double marketBeta,
    double sectorBeta,
    int lagMs,
    int spillMs,
    double ownVolatility,
    double quotesPerSecond,
    double tradesPerSecond,
    int deadAfterSeconds,
    long priceTicks,
    int priceScale) {

  /** What the places of a sector are in turn. The latest is not over when a forecast begins. */
  private enum Role {
    LEADER(0, 0, 0.5e-4),
    FOLLOWER(200, 30_000, 1.4e-4),
    LATECOMER(2_000, 60_000, 1.4e-4);

    private final int lagMs;
    private final int spillMs;
    private final double ownVolatility;

    Role(int lagMs, int spillMs, double ownVolatility) {
      this.lagMs = lagMs;
      this.spillMs = spillMs;
      this.ownVolatility = ownVolatility;
    }
  }

  /** The symbols of a market: those of a sector lie {@code sectors} apart, the first leads. */
  static PlantedSymbol of(PlantedShape shape, int index, SplittableRandom random) {
    int sector = index % shape.sectors();
    int place = index / shape.sectors();
    Role role = Role.values()[place % Role.values().length];
    // Zipf: the most active first, and a tail of thin ones.
    double activity = 20.0 / (1 + place);
    boolean dies = place > 0 && random.nextInt(20) == 0;
    return new PlantedSymbol(
        "S%03d-P%03d-USD".formatted(sector, place),
        sector,
        random.nextDouble(0.5, 1.2),
        random.nextDouble(0.8, 1.2),
        role.lagMs,
        role.spillMs,
        random.nextDouble(0.8, 1.2) * role.ownVolatility,
        Math.max(0.1, activity),
        Math.max(0.02, activity / 4),
        dies ? random.nextInt(shape.seconds()) : Integer.MAX_VALUE,
        random.nextLong(5_000, 50_000),
        random.nextInt(1, 6));
  }
}
