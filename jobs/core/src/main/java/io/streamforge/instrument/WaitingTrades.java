package io.streamforge.instrument;

import io.streamforge.market.Instrument;
import io.streamforge.market.Trade;
import io.streamforge.time.SampleGrid;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Trades that no sample has published yet, each by the sample that will. After a standstill they
 * may be far ahead of the books.
 */
final class WaitingTrades {
  private final long intervalUs;
  private final TreeMap<Long, List<Trade>> bySample = new TreeMap<>();

  WaitingTrades(long intervalUs) {
    this.intervalUs = intervalUs;
  }

  void add(Trade trade) {
    long sampleUs = SampleGrid.after(trade.effectiveTimeUs(), intervalUs);
    bySample.computeIfAbsent(sampleUs, sample -> new ArrayList<>()).add(trade);
  }

  /** The next sample that has trades to publish; {@link Long#MAX_VALUE} for none. */
  long nextSampleUs() {
    return bySample.isEmpty() ? Long.MAX_VALUE : bySample.firstKey();
  }

  /** Takes those of the samples up to one, in their order. */
  List<Trade> takeUntil(long sampleUs) {
    if (nextSampleUs() > sampleUs) {
      return List.of();
    }
    List<Trade> taken = new ArrayList<>();
    while (nextSampleUs() <= sampleUs) {
      taken.addAll(bySample.pollFirstEntry().getValue());
    }
    return taken;
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeInt(bySample.values().stream().mapToInt(List::size).sum());
    for (List<Trade> ofSample : bySample.values()) {
      for (Trade trade : ofSample) {
        trade.writeTo(out);
      }
    }
  }

  /** Reads what {@link #writeTo} wrote. */
  void readFrom(DataInput in, Instrument instrument) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      add(Trade.readFrom(in, instrument));
    }
  }
}
