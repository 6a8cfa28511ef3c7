package io.streamforge.testkit.exchange;

import io.streamforge.testkit.exchange.market.MarketClock;
import io.streamforge.testkit.exchange.market.PlayedBook;
import io.streamforge.testkit.exchange.market.PlayedMarket;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** What the protocol of a venue finds on the exchange that speaks it. */
public final class ExchangeFloor {
  private final ExchangeSetup setup;
  private final MarketClock clock;
  private final PlayedMarket market;
  private final ExchangeFaults faults;
  private final ExchangeLog log;
  private final Runnable firstSubscription;
  private final Set<String> listed;

  ExchangeFloor(
      ExchangeSetup setup,
      MarketClock clock,
      PlayedMarket market,
      ExchangeFaults faults,
      ExchangeLog log,
      Runnable firstSubscription) {
    this.setup = setup;
    this.clock = clock;
    this.market = market;
    this.faults = faults;
    this.log = log;
    this.firstSubscription = firstSubscription;
    listed = new TreeSet<>(market.symbols());
  }

  public ExchangeSetup setup() {
    return setup;
  }

  public MarketClock clock() {
    return clock;
  }

  public PlayedMarket market() {
    return market;
  }

  public ExchangeFaults faults() {
    return faults;
  }

  /** The book that is shown to whoever asks for it now; null where the recording has none. */
  public PlayedBook bookAskedFor(String symbol) {
    Duration age = faults.restAge();
    if (age.isZero() && market.book(symbol).isKnown()) {
      return market.book(symbol);
    }
    return market.bookAsOf(symbol, clock.recordedUs() - age.toNanos() / 1000);
  }

  /** The symbols that the venue lists now. */
  public Set<String> listed() {
    return listed;
  }

  /** Whether a symbol can be subscribed to. */
  public boolean offers(String symbol) {
    return listed.contains(symbol) && !faults.refuses(symbol);
  }

  /** Notes what a client did against the venue's rules. */
  public void violated(String what) {
    log.violated(what);
  }

  /** Lets the market run unless it is told to wait. */
  public void subscribed() {
    if (!setup.waitsForPlay()) {
      firstSubscription.run();
    }
  }
}
