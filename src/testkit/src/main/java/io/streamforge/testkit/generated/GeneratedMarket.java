package io.streamforge.testkit.generated;

import io.streamforge.testkit.DecodedMessages;
import io.streamforge.topic.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * A market of any size that behaves like a real one, as the messages that Binance USDⓈ-M would
 * send: first a snapshot of every book, then deltas and trades. They are made as they are asked
 * for; the same {@link MarketShape} gives the same bytes. Every book is consistent: never crossed,
 * its sequence without a gap. {@link DecodedMessages} has the events that the job's own decoder
 * makes of them.
 *
 * <p>What it is like was measured on {@code recordings/binance-usdm-btc-eth} (480 s of BTCUSDT and
 * ETHUSDT, 17 938 deltas, 24 356 trades), in brackets where the two differ:
 *
 * <ul>
 *   <li>57.6 % of the messages are trades, at the best price of either side.
 *   <li>Levels a delta: mean 42, median 23, 90 % below 77, 99 % below 385, at most 950. Here: 85 %
 *       log-normal of median 21, σ 0.6; 15 % log-normal of median 75, σ 1.
 *   <li>Rank of a changed level, 0 being the best: 3.4 % are the best; the others have the
 *       quartiles 65, 205, 730, as the log-normal distribution of median 205 and σ 1.8 does. The
 *       recorded books grow to 5 000 levels a side as far levels are heard of for the first time; a
 *       generated one keeps to its depth, and a rank beyond it is drawn again.
 *   <li>Kinds: 74 % change a quantity, 12 % insert, 12 % remove, 2 % remove what the book does not
 *       hold.
 *   <li>Prices: 3.0 % of the deltas move the mid, by 20 ticks in the mean [24, 17], each way, as
 *       good as uncorrelated from one to the next [0.17, −0.04]; here an exponential distribution
 *       cut at 90. The spread is one tick, and 78 % of the ticks behind the best price have a
 *       level.
 *   <li>Update ids go on by 3 400 a delta in the mean.
 * </ul>
 *
 * <p>Not measured but assumed: Zipf's law of the message rates (a recording has the instruments
 * that somebody chose), and that the messages of the market come as a Poisson process. The recorded
 * deltas of one instrument come every 53 ms; a busy instrument here is busier than any of Binance's
 * if the market is.
 */
public final class GeneratedMarket implements Iterator<RawRecord> {
  /** Name of the venue, as in the header {@code venue}. */
  public static final String VENUE = "binance-usdm";

  /**
   * When the first message is received where nothing is said: 2026-01-01, microseconds since the
   * epoch.
   */
  public static final long START_US = 1_767_225_600_000_000L;

  private static final long LATENCY_US = 3_000;
  private static final long SNAPSHOT_US = 500;

  private final MarketShape shape;
  private final long startUs;
  private final Draws draws;
  private final GeneratedBook[] books;
  private final double[] shareUpTo;
  private double meanGapUs;
  private final BinanceUsdmJson json = new BinanceUsdmJson();
  private double clockUs;
  private int made;

  public GeneratedMarket(MarketShape shape) {
    this(shape, START_US);
  }

  /**
   * @param startUs when the first message is received
   */
  public GeneratedMarket(MarketShape shape, long startUs) {
    this.shape = shape;
    this.startUs = startUs;
    this.draws = new Draws(shape.seed());
    this.books = new GeneratedBook[shape.instruments()];
    this.shareUpTo = new double[shape.instruments()];
    double sum = 0;
    for (int i = 0; i < books.length; i++) {
      books[i] = new GeneratedBook("GEN%04dUSDT".formatted(i), shape.levels(), draws);
      sum += 1.0 / (i + 1);
      shareUpTo[i] = sum;
    }
    long rest = shape.messages() - (long) books.length;
    this.meanGapUs = rest == 0 ? 0 : shape.span().toNanos() / 1e3 / rest;
  }

  public MarketShape shape() {
    return shape;
  }

  @Override
  public boolean hasNext() {
    return made < shape.messages();
  }

  /** The next message, in order of receive time. */
  @Override
  public RawRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    boolean first = made < books.length;
    clockUs += first ? SNAPSHOT_US : meanGapUs * draws.exponential();
    long receiveUs = startUs + (long) clockUs;
    long timeMs = eventTimeUs(receiveUs) / 1000;
    GeneratedBook book = first ? books[made] : anyBook();
    if (first) {
      return record("raw-orderbooks", book, book.snapshot(json, timeMs), receiveUs);
    } else if (draws.chance(Draws.TRADE_SHARE)) {
      return record("raw-trades", book, book.trade(json, timeMs), receiveUs);
    }
    return record("raw-orderbooks", book, book.delta(json, draws.move(), timeMs), receiveUs);
  }

  /** Goes on at so many times its rate. */
  public void quicken(double times) {
    meanGapUs /= times;
  }

  /** Snapshots of all books as they are now, as whoever owns the feed writes them when asked. */
  public List<RawRecord> snapshots() {
    List<RawRecord> snapshots = new ArrayList<>();
    for (GeneratedBook book : books) {
      clockUs += SNAPSHOT_US;
      long receiveUs = startUs + (long) clockUs;
      byte[] value = book.snapshot(json, eventTimeUs(receiveUs) / 1000);
      snapshots.add(record("raw-orderbooks", book, value, receiveUs));
    }
    return snapshots;
  }

  /** The venue's time, in whole milliseconds, of a message that is received at a time. */
  public static long eventTimeUs(long receiveUs) {
    return (receiveUs - LATENCY_US) / 1000 * 1000;
  }

  private GeneratedBook anyBook() {
    double draw = draws.uniform() * shareUpTo[shareUpTo.length - 1];
    int at = Arrays.binarySearch(shareUpTo, draw);
    return books[at >= 0 ? at : Math.min(-at - 1, books.length - 1)];
  }

  private RawRecord record(String topic, GeneratedBook book, byte[] value, long receiveUs) {
    byte[] key = book.symbol().getBytes(StandardCharsets.US_ASCII);
    return new RawRecord(topic, 0, made++, key, value, VENUE, receiveUs);
  }
}
