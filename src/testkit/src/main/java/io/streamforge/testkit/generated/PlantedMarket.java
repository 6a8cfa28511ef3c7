package io.streamforge.testkit.generated;

import io.streamforge.testkit.RawMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * A market whose structure is known because it was planted: a market factor and sectors, followers
 * that move 200 ms and 2 s after the first of their sector, volatility that comes in regimes shared
 * by a sector and reaches the followers' own noise half a minute and a minute later, jumps, thin
 * symbols and some that die, books and trades observed at random moments, prices of trades that
 * bounce between bid and ask. Prices are log-normal in steps of 100 ms. The same shape gives the
 * same messages.
 */
public final class PlantedMarket {
  private static final double MARKET_VOLATILITY = 1e-4;
  private static final double SECTOR_VOLATILITY = 1e-4;

  private final PlantedShape shape;
  private final List<PlantedSymbol> symbols = new ArrayList<>();
  private final List<PlantedInstrument> instruments = new ArrayList<>();
  private final List<Factor> factors = new ArrayList<>();

  public PlantedMarket(PlantedShape shape) {
    this.shape = shape;
    SplittableRandom random = new SplittableRandom(shape.seed());
    Factor market = new Factor(MARKET_VOLATILITY, random.split());
    for (int sector = 0; sector < shape.sectors(); sector++) {
      factors.add(new Factor(SECTOR_VOLATILITY, random.split()));
    }
    for (int index = 0; index < shape.symbols(); index++) {
      PlantedSymbol symbol = PlantedSymbol.of(shape, index, random.split());
      symbols.add(symbol);
      instruments.add(
          new PlantedInstrument(symbol, market, factors.get(symbol.sector()), random.split()));
    }
    factors.add(market);
  }

  /** What was planted. */
  public List<PlantedSymbol> symbols() {
    return List.copyOf(symbols);
  }

  /** Gives the messages in order of receive time. */
  public void play(Consumer<RawMessage> out) {
    // Messages of the same time keep the order in which they were made.
    record Made(RawMessage message, long number) {}
    Comparator<Made> order = Comparator.comparingLong(made -> made.message().receiveTimeUs());
    PriorityQueue<Made> underWay = new PriorityQueue<>(order.thenComparingLong(Made::number));
    long stepUs = Factor.STEP_MS * 1000L;
    long made = 0;
    for (long step = 0; step < shape.seconds() * 1_000_000L / stepUs; step++) {
      long now = shape.startUs() + step * stepUs;
      while (!underWay.isEmpty() && underWay.peek().message().receiveTimeUs() < now) {
        out.accept(underWay.poll().message());
      }
      factors.forEach(Factor::advance);
      List<RawMessage> messages = new ArrayList<>();
      for (PlantedInstrument instrument : instruments) {
        instrument.advance(now, step * stepUs / 1_000_000, messages::add);
      }
      for (RawMessage message : messages) {
        underWay.add(new Made(message, made++));
      }
    }
    while (!underWay.isEmpty()) {
      out.accept(underWay.poll().message());
    }
  }
}
