package io.streamforge.marketgraph;

import io.streamforge.book.BookStatus;
import io.streamforge.engine.MarketTape;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.Origin;
import io.streamforge.market.Side;
import io.streamforge.market.Touch;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import io.streamforge.record.MarketEventOrigin;
import io.streamforge.record.MarketEventWriter;
import io.streamforge.topic.OutputRecord;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** What a market says as records of {@code market-events}. For one thread. */
final class MarketEvents implements MarketTape {
  /** A longer text is no id: decoders refuse it. */
  private static final int LONGEST_ID = 1_024;

  /** The topics that events come from. */
  record RawTopics(String orderbooks, String trades) implements Serializable {
    /** Null where the settings name no topic for market events. */
    static RawTopics of(Settings settings) {
      return settings.marketEventsTopic().isEmpty()
          ? null
          : new RawTopics(
              settings.get(MarketGraphOptions.ORDERBOOKS_TOPIC),
              settings.get(MarketGraphOptions.TRADES_TOPIC));
    }
  }

  private final RawTopics topics;
  private final Consumer<OutputRecord> out;
  private final MarketEventWriter writer = new MarketEventWriter();

  /** Null where there are no topics, as nobody wants the events. */
  static MarketEvents of(RawTopics topics, Consumer<OutputRecord> out) {
    return topics == null ? null : new MarketEvents(topics, out);
  }

  MarketEvents(RawTopics topics, Consumer<OutputRecord> out) {
    this.topics = topics;
    this.out = out;
  }

  /**
   * The largest record that there can be.
   *
   * @param instrument the one of the longest name
   */
  static OutputRecord largest(Instrument instrument, RawTopics topics) {
    AtomicReference<OutputRecord> largest = new AtomicReference<>();
    long longest = Long.MIN_VALUE;
    new MarketEvents(topics, largest::set)
        .trade(
            new Trade(instrument, TradeIds.UNORDERED, 0, 1, 18, 1, 18, Side.SELL, longest, longest)
                .under("\u0001".repeat(LONGEST_ID))
                .from(new Origin(longest, Integer.MAX_VALUE, longest, Origin.AHEAD)));
    return largest.get();
  }

  @Override
  public void trade(Trade trade) {
    send(trade, topics.trades(), writer.trade(trade), false);
  }

  @Override
  public void trust(BookUpdate by, long sequence, BookStatus status, String reason) {
    byte[] value = writer.trust(by, sequence, status.text(), reason);
    send(by, topics.orderbooks(), value, false);
  }

  @Override
  public void touch(BookUpdate by, long sequence, Touch touch, boolean proven) {
    byte[] value = writer.touch(by, sequence, touch, proven);
    send(by, topics.orderbooks(), value, true);
  }

  private void send(MarketEvent event, String topic, byte[] value, boolean second) {
    Instrument instrument = event.instrument();
    out.accept(
        new OutputRecord(
            instrument.symbol().getBytes(StandardCharsets.UTF_8),
            value,
            event.effectiveTimeUs() / 1000,
            MarketEventOrigin.headers(instrument, topic, event.origin(), second)));
  }
}
