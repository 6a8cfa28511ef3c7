package io.streamforge.bench.throughput.core;

import io.streamforge.bench.load.SampleTime;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * One instrument of F0 and KS, apart from what a {@link CoreStore} keeps: Binance's sequencing
 * rule, the book as of the sample published last, and what the next one needs. A POJO of Flink's.
 */
public final class CoreInstrument {
  /** No time, and no sample. */
  public static final long NEVER = Long.MIN_VALUE;

  public boolean live;
  public boolean snapshotIsNewest;
  public long updateId;

  /** When the book's newest message counts; it never runs backwards. */
  public long clockUs = NEVER;

  /** The book has had messages that no view shows yet. */
  public boolean open;

  /** As of the last published sample whose interval had book messages; null before the first. */
  public BookView view;

  /** The last published sample whose interval had messages. */
  public long heardUs = NEVER;

  public long lastMidUs = NEVER;
  public double lastMid;

  /**
   * Takes the next trade. All that it changes is in the store.
   *
   * @return the sample that publishes it if it is the sample's first, else {@link #NEVER}
   */
  public static long trade(BinanceMessage trade, CoreStore store) throws Exception {
    long sampleUs = SampleTime.sampleAfter(trade.effectiveTimeUs());
    TradeSums before = store.trades().get(sampleUs);
    TradeSums sums = before == null ? new TradeSums() : before;
    sums.add(trade);
    store.trades().put(sampleUs, sums);
    return before == null ? sampleUs : NEVER;
  }

  /**
   * Takes the next message of the book's log.
   *
   * @return the sample that publishes it if it is the sample's first, else {@link #NEVER}
   */
  public long book(BinanceMessage message, CoreStore store) throws Exception {
    long timeUs = Math.max(clockUs, message.effectiveTimeUs());
    boolean ended = open && timeUs >= SampleTime.sampleAfter(clockUs);
    if (ended) {
      store.views().put(SampleTime.sampleAfter(clockUs), takeView(store));
    }
    boolean first = !open;
    clockUs = timeUs;
    open = true;
    if (message.snapshot) {
      replace(message, store);
    } else {
      change(message, store);
    }
    return first ? SampleTime.sampleAfter(timeUs) : NEVER;
  }

  private void replace(BinanceMessage snapshot, CoreStore store) throws Exception {
    if (live && snapshot.updateId < updateId) {
      return;
    }
    store.clearLevels();
    write(snapshot, store);
    live = true;
    updateId = snapshot.updateId;
    snapshotIsNewest = true;
    for (BinanceMessage delta : store.takeDeferred()) {
      change(delta, store);
    }
  }

  // Binance's rule: skip what the snapshot has, then each names the one before.
  private void change(BinanceMessage delta, CoreStore store) throws Exception {
    boolean covered = delta.updateId <= updateId && delta.previousUpdateId != updateId;
    if (live && covered) {
      return;
    }
    live &=
        delta.previousUpdateId == updateId
            || (snapshotIsNewest && delta.previousUpdateId < updateId);
    if (!live) {
      store.deferred().put(delta.updateId, delta);
      return;
    }
    write(delta, store);
    updateId = delta.updateId;
    snapshotIsNewest = false;
  }

  private static void write(BinanceMessage message, CoreStore store) throws Exception {
    write(true, message.bids, store);
    write(false, message.asks, store);
  }

  private static void write(boolean bid, List<PriceLevel> levels, CoreStore store)
      throws Exception {
    for (PriceLevel level : levels) {
      store.set(bid, Units.of(level.price), Units.of(level.quantity));
    }
  }

  private BookView takeView(CoreStore store) throws Exception {
    BookView taken = new BookView();
    taken.lastMessageUs = clockUs;
    if (live) {
      taken.take(store.best(true, BookView.DEPTH), store.best(false, BookView.DEPTH));
    }
    open = false;
    return taken;
  }

  /**
   * Publishes a sample; they grow from call to call.
   *
   * @return null if the instrument was not heard of for too long
   */
  public CoreSample sample(String symbol, long sampleUs, CoreStore store) throws Exception {
    BookView newer =
        open && clockUs < sampleUs ? takeView(store) : CoreStore.take(store.views(), sampleUs);
    TradeSums traded = CoreStore.take(store.trades(), sampleUs);
    if (newer != null) {
      view = newer;
    }
    if (newer != null || traded != null) {
      heardUs = sampleUs;
    }
    if (!samplesAt(sampleUs)) {
      return null;
    }
    boolean fresh = view != null && sampleUs - view.lastMessageUs <= SampleTime.STALE_AFTER_US;
    return sample(
        symbol, sampleUs, fresh ? view : new BookView(), traded == null ? new TradeSums() : traded);
  }

  private CoreSample sample(String symbol, long sampleUs, BookView book, TradeSums traded) {
    double before = lastMidUs == sampleUs - SampleTime.INTERVAL_US ? lastMid : Double.NaN;
    lastMidUs = sampleUs;
    lastMid = book.mid;
    double quoteVolume = traded.quoteVolume.doubleValue();
    double volume = Units.toDouble(traded.volume);
    return new CoreSample(
        "binance-usdm:" + symbol,
        sampleUs,
        existing(book.mid),
        existing(book.spreadBps),
        existing(book.weightedMidBps),
        existing(book.imbalance1),
        existing(book.imbalance5),
        existing(book.imbalance20),
        traded.trades,
        volume,
        Units.toDouble(traded.signedVolume),
        quoteVolume,
        existing(1e4 * (quoteVolume / volume - book.mid) / book.mid),
        existing(1e4 * StrictMath.log(book.mid / before)));
  }

  private static Double existing(double value) {
    return Double.isNaN(value) ? null : value;
  }

  /** Whether it samples then, if nothing more is heard of it. */
  public boolean samplesAt(long sampleUs) {
    return heardUs != NEVER && heardUs > sampleUs - SampleTime.IDLE_AFTER_US;
  }

  /** Writes all of it. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeBoolean(live);
    out.writeBoolean(snapshotIsNewest);
    out.writeLong(updateId);
    out.writeLong(clockUs);
    out.writeBoolean(open);
    out.writeBoolean(view != null);
    if (view != null) {
      view.writeTo(out);
    }
    out.writeLong(heardUs);
    out.writeLong(lastMidUs);
    out.writeDouble(lastMid);
  }

  /** Reads what {@link #writeTo} wrote. */
  public static CoreInstrument readFrom(DataInput in) throws IOException {
    CoreInstrument instrument = new CoreInstrument();
    instrument.live = in.readBoolean();
    instrument.snapshotIsNewest = in.readBoolean();
    instrument.updateId = in.readLong();
    instrument.clockUs = in.readLong();
    instrument.open = in.readBoolean();
    instrument.view = in.readBoolean() ? BookView.readFrom(in) : null;
    instrument.heardUs = in.readLong();
    instrument.lastMidUs = in.readLong();
    instrument.lastMid = in.readDouble();
    return instrument;
  }
}
