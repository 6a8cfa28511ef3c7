package io.streamforge.testkit.reference;

/** An order book kept by its venue's rule, in the plainest way. */
public abstract class PlainBook {
  /** What became of a message. */
  public enum Outcome {
    /** Covered, waiting, rejected, or the book is not live after it. */
    NOTHING,
    /** A snapshot was taken, with the deltas that waited for it. */
    SNAPSHOT,
    /** A live book was changed. */
    DELTA
  }

  protected PlainSide bids = PlainSide.bids();
  protected PlainSide asks = PlainSide.asks();
  protected String status = "awaiting-snapshot";
  protected Long sequence;
  protected long appliedEventTimeUs;

  /** An empty book of a venue. */
  public static PlainBook of(String venue) {
    return switch (venue) {
      case "binance-spot", "binance-us" -> new BinanceBook(false);
      case "binance-usdm", "binance-coinm" -> new BinanceBook(true);
      case "kraken" -> new KrakenBook();
      case "okx" -> new OkxBook();
      case "bybit-spot", "bybit-linear", "bybit-inverse" -> new LinkedBook();
      case "bitget",
          "bitget-spot",
          "bitget-usdt-futures",
          "bitget-usdc-futures",
          "bitget-coin-futures" ->
          new OkxBook();
      case "bitstamp" -> new BitstampBook();
      case "coinbase", "coinbase-pro", "gemini" -> new TrustingBook();
      default -> throw new IllegalArgumentException(venue);
    };
  }

  /** Takes the next message of the log. */
  public abstract Outcome apply(BookMessage message);

  /** Puts levels in, all of them anew if it is a snapshot. */
  protected final void put(BookMessage message) {
    if (message.snapshot()) {
      bids.clear();
      asks.clear();
    }
    bids.apply(message.bids());
    asks.apply(message.asks());
    sequence = message.last();
    appliedEventTimeUs = message.eventTimeUs();
  }

  /** {@code live}, {@code awaiting-snapshot}, {@code gap} or {@code checksum-mismatch}. */
  public final String status() {
    return status;
  }

  /** Whether it can be trusted, except that it may be crossed or stale. */
  public final boolean isLive() {
    return status.equals("live");
  }

  /** The last applied number of the venue's; null where it has none. */
  public final Long sequence() {
    return sequence;
  }

  /** The event time of the last message applied. */
  public final long appliedEventTimeUs() {
    return appliedEventTimeUs;
  }

  /** The bids. */
  public final PlainSide bids() {
    return bids;
  }

  /** The asks. */
  public final PlainSide asks() {
    return asks;
  }

  /** Best bid and ask; null unless the book is live with both sides. */
  public final Quote quote() {
    Level bid = bids.best();
    Level ask = asks.best();
    return isLive() && bid != null && ask != null ? new Quote(bid, ask) : null;
  }
}
