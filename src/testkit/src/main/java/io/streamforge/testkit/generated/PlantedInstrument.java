package io.streamforge.testkit.generated;

import io.streamforge.testkit.RawMessage;
import io.streamforge.topic.TopicNames;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** One generated instrument: its price, which nobody sees, and the messages that show it. */
final class PlantedInstrument {
  private static final String VENUE = "streamforge";

  private final PlantedSymbol planted;
  private final Factor market;
  private final Factor sector;
  private final Factor own;
  private final PlantedBook book;
  private final SplittableRandom random;
  private double logPrice;
  private long tradeId;
  private long newestUs;

  PlantedInstrument(PlantedSymbol planted, Factor market, Factor sector, SplittableRandom random) {
    this.planted = planted;
    this.market = market;
    this.sector = sector;
    this.own = new Factor(planted.ownVolatility(), random.split());
    this.book = new PlantedBook(planted, random.split());
    this.random = random;
    this.logPrice = Math.log((double) planted.priceTicks());
  }

  /**
   * Makes the next step.
   *
   * @param stepUs when it begins
   * @param out takes the messages that it causes, in no order of receive time
   */
  void advance(long stepUs, long seconds, Consumer<RawMessage> out) {
    own.advance();
    // Its own noise is as wild as its sector was: neighbours know of its volatility before it
    // shows.
    logPrice +=
        planted.marketBeta() * market.step(planted.lagMs())
            + planted.sectorBeta() * sector.step(planted.lagMs())
            + sector.regime(planted.spillMs()) * own.step(0);
    if (seconds >= planted.deadAfterSeconds()) {
      return;
    }
    long eventUs = stepUs + random.nextInt(Factor.STEP_MS * 1000);
    if (!book.isOpen() || happens(planted.quotesPerSecond())) {
      out.accept(
          message(TopicNames.RAW_ORDERBOOKS, book.moveTo(Math.exp(logPrice), eventUs), eventUs));
    } else if (happens(planted.tradesPerSecond())) {
      out.accept(message(TopicNames.RAW_TRADES, trade(eventUs), eventUs));
    }
  }

  private boolean happens(double perSecond) {
    return random.nextDouble() < perSecond * Factor.STEP_MS / 1000;
  }

  /** At the best price of a side: prices of trades bounce. */
  private String trade(long eventUs) {
    boolean buys = random.nextBoolean();
    long quantity = 1 + (long) (200 * Math.exp(random.nextGaussian()));
    return ("{\"type\":\"trade\",\"venue\":\"planted\",\"symbol\":\"%s\",\"trade_id\":\"%d\",\"price\":\"%s\","
            + "\"quantity\":\"%s\",\"side\":\"%s\",\"event_time_us\":%d}")
        .formatted(
            planted.symbol(),
            ++tradeId,
            book.price(buys ? book.bestAsk() : book.bestBid()),
            PlantedBook.quantity(quantity),
            buys ? "buy" : "sell",
            eventUs);
  }

  private RawMessage message(String topic, String value, long eventUs) {
    long latencyUs = 5_000 + (long) (10_000 * Math.exp(0.5 * random.nextGaussian()));
    // A connection keeps its order.
    newestUs = Math.max(newestUs + 1, eventUs + latencyUs);
    return new RawMessage(topic, planted.symbol(), VENUE, newestUs, value);
  }
}
