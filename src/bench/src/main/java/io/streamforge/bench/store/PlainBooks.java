package io.streamforge.bench.store;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.Decimals;
import io.streamforge.market.ExactSum;
import io.streamforge.market.MarketEvent;
import java.util.Iterator;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Books as a good team writes them from Flink's documentation: a level is an entry of keyed state
 * in RocksDB, the best prices are kept beside them, and an event-time timer a second publishes the
 * mid.
 *
 * <p>A level's key is the price negated for bids, so that the best of either side is the smallest;
 * a {@code long} is written big-endian, so that RocksDB, which sorts bytes, has it first, and a
 * best price that goes costs one seek. Levels are put and removed without being read.
 */
final class PlainBooks extends KeyedProcessFunction<String, MarketEvent, MidSample> {
  private static final long serialVersionUID = 1;
  private static final long SAMPLE_US = 1_000_000;
  private static final int SCALE = 8;

  private final long staleAfterUs;

  private transient MapState<Long, Long> bids;
  private transient MapState<Long, Long> asks;
  private transient ValueState<PlainHeader> headers;

  /**
   * @param staleAfterUs a book without a message for so long has no mid, microseconds
   */
  PlainBooks(long staleAfterUs) {
    this.staleAfterUs = staleAfterUs;
  }

  @Override
  public void open(OpenContext context) {
    bids = getRuntimeContext().getMapState(side("bids"));
    asks = getRuntimeContext().getMapState(side("asks"));
    headers =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("header", Types.POJO(PlainHeader.class)));
  }

  private static MapStateDescriptor<Long, Long> side(String name) {
    return new MapStateDescriptor<>(name, Types.LONG, Types.LONG);
  }

  @Override
  public void processElement(MarketEvent event, Context context, Collector<MidSample> out)
      throws Exception {
    if (!(event instanceof BookUpdate update)) {
      return;
    }
    PlainHeader header = headers.value();
    if (header == null) {
      header = new PlainHeader();
    }
    if (update.snapshot()) {
      replace(header, update);
    } else if (header.live && !isCovered(header, update)) {
      change(header, update);
    }
    header.lastMessageUs = update.effectiveTimeUs();
    if (header.nextSampleUs == 0) {
      setTimer(header, header.lastMessageUs / SAMPLE_US * SAMPLE_US + SAMPLE_US, context);
    }
    headers.update(header);
  }

  private void replace(PlainHeader header, BookUpdate snapshot) throws Exception {
    bids.clear();
    asks.clear();
    header.bestBid = PlainHeader.NONE;
    header.bestAsk = PlainHeader.NONE;
    header.live = true;
    header.snapshotIsNewest = true;
    header.sequence = snapshot.sequence();
    write(header, snapshot);
  }

  // Binance's rule, as documented: skip what the snapshot has, then each names the one before.
  private static boolean isCovered(PlainHeader header, BookUpdate delta) {
    return delta.sequence() <= header.sequence && delta.previousSequence() != header.sequence;
  }

  private void change(PlainHeader header, BookUpdate delta) throws Exception {
    header.live =
        delta.previousSequence() == header.sequence
            || (header.snapshotIsNewest && delta.previousSequence() < header.sequence);
    header.snapshotIsNewest = false;
    header.sequence = delta.sequence();
    if (header.live) {
      write(header, delta);
    }
  }

  private void write(PlainHeader header, BookUpdate update) throws Exception {
    boolean bestBidGone = false;
    boolean bestAskGone = false;
    for (int i = 0; i < update.levels(); i++) {
      boolean bid = i < update.bids();
      MapState<Long, Long> side = bid ? bids : asks;
      long price = Decimals.shift(update.price(i), SCALE - update.priceScale());
      long key = bid ? -price : price;
      long best = bid ? header.bestBid : header.bestAsk;
      if (update.quantity(i) == 0) {
        side.remove(key);
        bestBidGone |= bid && key == best;
        bestAskGone |= !bid && key == best;
      } else {
        side.put(key, Decimals.shift(update.quantity(i), SCALE - update.quantityScale()));
        if (best == PlainHeader.NONE || key < best) {
          if (bid) {
            header.bestBid = key;
            bestBidGone = false;
          } else {
            header.bestAsk = key;
            bestAskGone = false;
          }
        }
      }
    }
    // Once a message: it often removes several levels in a row.
    if (bestBidGone) {
      header.bestBid = first(bids);
    }
    if (bestAskGone) {
      header.bestAsk = first(asks);
    }
  }

  private static long first(MapState<Long, Long> side) throws Exception {
    Iterator<Long> keys = side.keys().iterator();
    return keys.hasNext() ? keys.next() : PlainHeader.NONE;
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<MidSample> out)
      throws Exception {
    PlainHeader header = headers.value();
    long sampleUs = header.nextSampleUs;
    if (sampleUs - header.lastMessageUs <= staleAfterUs) {
      if (hasMid(header)) {
        out.collect(new MidSample(context.getCurrentKey(), sampleUs, mid(header)));
      }
      setTimer(header, sampleUs + SAMPLE_US, context);
    } else {
      header.nextSampleUs = 0;
    }
    headers.update(header);
  }

  private static void setTimer(PlainHeader header, long sampleUs, Context context) {
    header.nextSampleUs = sampleUs;
    context.timerService().registerEventTimeTimer(sampleUs / 1000 - 1);
  }

  private static boolean hasMid(PlainHeader header) {
    return header.live
        && header.bestBid != PlainHeader.NONE
        && header.bestAsk != PlainHeader.NONE
        && -header.bestBid < header.bestAsk;
  }

  private static double mid(PlainHeader header) {
    return ExactSum.toDouble(5 * (header.bestAsk - header.bestBid), SCALE + 1);
  }
}
