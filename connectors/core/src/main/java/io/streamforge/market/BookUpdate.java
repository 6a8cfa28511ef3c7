package io.streamforge.market;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One message about one book: a snapshot, the levels that changed, or what happened to its feed. It
 * carries what the venue's own rule needs, so that one book can follow every venue.
 *
 * <p>Levels are columns: bids first, then asks, in the venue's order. A price is {@code prices[i] ·
 * 10^−priceScale}, a quantity {@code quantities[i] · 10^−quantityScale}; quantity 0 removes the
 * level.
 */
public final class BookUpdate implements MarketEvent {
  /** The venue numbers nothing here. */
  public static final long NO_SEQUENCE = -1;

  /** The feed carries the whole book. */
  public static final int FULL_DEPTH = 0;

  /** The message names no session of its writer, which is a session like any other. */
  public static final long NO_SESSION = 0;

  /** What a message says. */
  public enum Kind {
    /** Levels that changed. */
    DELTA(0),
    /**
     * The book, taken beside the stream of deltas: its number or its time tells where it belongs.
     */
    SNAPSHOT(1),
    /** The book, within the stream of deltas: whatever came before it is over. */
    RESTART(2),
    /** The venue has acknowledged a subscription, of {@link BookUpdate#depth} levels a side. */
    SUBSCRIBED(3),
    /** The feed's connection has ended: messages may be missing until a snapshot. */
    DISCONNECTED(4),
    /** A message of this book could not be read at all. */
    UNREADABLE(5),
    /** The log has lost records before it was read: messages of any session may be missing. */
    LOST(6);

    private static final Kind[] BY_CODE = values();

    private final int code;

    Kind(int code) {
      this.code = code;
    }
  }

  private final Instrument instrument;
  private final long eventTimeUs;
  private final long effectiveTimeUs;
  private final Kind kind;
  private final boolean timed;
  private final boolean flawed;
  private final boolean overlapping;
  private final int feed;
  private final long previousSequence;
  private final long sequence;
  private final int depth;
  private final boolean depthGuessed;
  private final boolean bidsComplete;
  private final boolean asksComplete;
  private final Checksum checksum;
  private final int checksumValue;
  private final int priceScale;
  private final int quantityScale;
  private final int bids;
  private final long[] prices;
  private final long[] quantities;
  private final short[] sentScales;
  private long session = NO_SESSION;
  private String traceparent;
  private Origin origin;

  BookUpdate(BookUpdateBuilder b, int priceScale, int quantityScale, Columns columns) {
    this.instrument = b.instrument;
    this.eventTimeUs = b.eventTimeUs;
    this.effectiveTimeUs = b.effectiveTimeUs;
    this.kind = b.kind;
    this.timed = b.timed;
    this.flawed = b.flawed;
    this.overlapping = b.overlapping;
    this.feed = b.feed;
    this.previousSequence = b.previousSequence;
    this.sequence = b.sequence;
    this.depth = b.depth;
    this.depthGuessed = b.depthGuessed;
    this.bidsComplete = b.bidsComplete;
    this.asksComplete = b.asksComplete;
    this.checksum = b.checksum;
    this.checksumValue = b.checksumValue;
    this.priceScale = priceScale;
    this.quantityScale = quantityScale;
    this.bids = columns.bids;
    this.prices = columns.prices;
    this.quantities = columns.quantities;
    this.sentScales = columns.sentScales;
  }

  private BookUpdate(DataInput in, Instrument instrument) throws IOException {
    this.instrument = instrument;
    eventTimeUs = in.readLong();
    effectiveTimeUs = in.readLong();
    kind = Kind.BY_CODE[in.readByte()];
    int flags = in.readByte();
    bidsComplete = (flags & 1) != 0;
    asksComplete = (flags & 2) != 0;
    timed = (flags & 16) != 0;
    flawed = (flags & 32) != 0;
    overlapping = (flags & 64) != 0;
    depthGuessed = (flags & 128) != 0;
    session = in.readLong();
    feed = in.readInt();
    previousSequence = in.readLong();
    sequence = in.readLong();
    depth = in.readInt();
    checksum = (flags & 4) != 0 ? Checksum.ofCode(in.readByte()) : null;
    checksumValue = checksum != null ? in.readInt() : 0;
    priceScale = in.readByte();
    quantityScale = in.readByte();
    bids = in.readInt();
    int levels = in.readInt();
    prices = new long[levels];
    quantities = new long[levels];
    sentScales = (flags & 8) != 0 ? new short[levels] : null;
    for (int i = 0; i < levels; i++) {
      prices[i] = in.readLong();
      quantities[i] = in.readLong();
      if (sentScales != null) {
        sentScales[i] = in.readShort();
      }
    }
  }

  /** Says what trace it belongs to, once, before it is handed over. */
  public BookUpdate trace(String parent) {
    traceparent = parent;
    return this;
  }

  /** The trace context that it came with, null for none. Not kept by a book. */
  public String traceparent() {
    return traceparent;
  }

  /** This update: to be called once, before it is handed over. A book does not keep the origin. */
  @Override
  public BookUpdate from(Origin cameFrom) {
    origin = cameFrom;
    return this;
  }

  @Override
  public Origin origin() {
    return origin;
  }

  /** Says which session of its writer it belongs to, once, before it is handed over. */
  public BookUpdate inSession(long named) {
    session = named;
    return this;
  }

  /**
   * The writer's session: the hash of the header {@code connection}, {@link #NO_SESSION} without
   * one. To be compared for equality alone.
   */
  public long session() {
    return session;
  }

  /** Memory that this takes without its instrument, about, bytes. */
  public long heapBytes() {
    return 150 + prices.length * 18L;
  }

  /** Writes everything but the instrument. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeLong(eventTimeUs);
    out.writeLong(effectiveTimeUs);
    out.writeByte(kind.code);
    out.writeByte(
        (bidsComplete ? 1 : 0)
            | (asksComplete ? 2 : 0)
            | (checksum != null ? 4 : 0)
            | (sentScales != null ? 8 : 0)
            | (timed ? 16 : 0)
            | (flawed ? 32 : 0)
            | (overlapping ? 64 : 0)
            | (depthGuessed ? 128 : 0));
    out.writeLong(session);
    out.writeInt(feed);
    out.writeLong(previousSequence);
    out.writeLong(sequence);
    out.writeInt(depth);
    if (checksum != null) {
      out.writeByte(checksum.code());
      out.writeInt(checksumValue);
    }
    out.writeByte(priceScale);
    out.writeByte(quantityScale);
    out.writeInt(bids);
    out.writeInt(prices.length);
    for (int i = 0; i < prices.length; i++) {
      out.writeLong(prices[i]);
      out.writeLong(quantities[i]);
      if (sentScales != null) {
        out.writeShort(sentScales[i]);
      }
    }
  }

  /** Reads what {@link #writeTo} wrote. */
  public static BookUpdate readFrom(DataInput in, Instrument instrument) throws IOException {
    return new BookUpdate(in, instrument);
  }

  @Override
  public Instrument instrument() {
    return instrument;
  }

  @Override
  public long eventTimeUs() {
    return eventTimeUs;
  }

  @Override
  public long effectiveTimeUs() {
    return effectiveTimeUs;
  }

  public Kind kind() {
    return kind;
  }

  /** Whether this replaces the book instead of changing it. */
  public boolean snapshot() {
    return kind == Kind.SNAPSHOT || kind == Kind.RESTART;
  }

  /** Whether it says that something of the book was lost, and nothing of the book itself. */
  public boolean isNotice() {
    return kind == Kind.DISCONNECTED || kind == Kind.UNREADABLE || kind == Kind.LOST;
  }

  /** Whether the event time is the venue's own; if not, the message has none but its receipt's. */
  public boolean timed() {
    return timed;
  }

  /** Whether a level of it could not be read, so that it does not say all that the venue said. */
  public boolean flawed() {
    return flawed;
  }

  /** Whether every level of it was read, or its checksum can tell that those were enough. */
  public boolean isReadable() {
    return !flawed || checksum != null;
  }

  /** Whether it names the message that it follows, so that a loss shows at once. */
  public boolean isLinked() {
    return previousSequence != NO_SEQUENCE;
  }

  /** Whether nothing in it can tell that the message before it is missing. */
  public boolean isUnchecked() {
    return !isLinked() && checksum == null;
  }

  /**
   * Of a delta: whether the venue allows it to begin before the book's number, as long as it ends
   * behind it.
   */
  public boolean overlapping() {
    return overlapping;
  }

  /**
   * Which of an instrument's feeds it belongs to, where a venue has several of one book: a feed of
   * a larger number says more of the book. 0 where there is one.
   */
  public int feed() {
    return feed;
  }

  /**
   * The number of the message that this one follows, or {@link #NO_SEQUENCE}. A delta that has a
   * {@link #sequence} of its own but does not say what it follows can only be told to be older than
   * the book.
   */
  public long previousSequence() {
    return previousSequence;
  }

  /** The number of the newest change in this message, or {@link #NO_SEQUENCE}. */
  public long sequence() {
    return sequence;
  }

  /**
   * Of a snapshot or subscription: how many levels a side the feed keeps up to date, or {@link
   * #FULL_DEPTH}.
   */
  public int depth() {
    return depth;
  }

  /**
   * Of a snapshot: whether {@link #depth} is the least that its levels allow, as the venue does not
   * say which it is. The feed may keep more levels up to date, never fewer.
   */
  public boolean depthGuessed() {
    return depthGuessed;
  }

  /** Of a snapshot at full depth: whether it holds every bid of the venue's book. */
  public boolean bidsComplete() {
    return bidsComplete;
  }

  /** Of a snapshot at full depth: whether it holds every ask of the venue's book. */
  public boolean asksComplete() {
    return asksComplete;
  }

  /** How {@link #checksumValue} is computed, or null where the message carries none. */
  public Checksum checksum() {
    return checksum;
  }

  /** The venue's checksum of the book after this message. */
  public int checksumValue() {
    return checksumValue;
  }

  public int priceScale() {
    return priceScale;
  }

  public int quantityScale() {
    return quantityScale;
  }

  /** How many levels are bids; the others are asks. */
  public int bids() {
    return bids;
  }

  /** All levels, bids and asks. */
  public int levels() {
    return prices.length;
  }

  public long price(int level) {
    return prices[level];
  }

  public long quantity(int level) {
    return quantities[level];
  }

  /**
   * How many digits behind the point the venue sent: the price's in the high byte, the quantity's
   * in the low one.
   */
  public short sentScales(int level) {
    return sentScales != null ? sentScales[level] : (short) (priceScale << 8 | quantityScale);
  }

  /** Whether all levels can be written with so many digits behind the point. */
  public boolean fits(int pricesScale, int quantitiesScale) {
    int priceDigits = pricesScale - priceScale;
    int quantityDigits = quantitiesScale - quantityScale;
    if (priceDigits == 0 && quantityDigits == 0) {
      return true;
    }
    for (int i = 0; i < prices.length; i++) {
      if (Decimals.shift(prices[i], priceDigits) < 0
          || Decimals.shift(quantities[i], quantityDigits) < 0) {
        return false;
      }
    }
    return true;
  }

  /** The coarsest scale that all prices can be written in. */
  public int neededPriceScale() {
    return priceScale - zeros(prices, priceScale);
  }

  /** The coarsest scale that all quantities can be written in. */
  public int neededQuantityScale() {
    return quantityScale - zeros(quantities, quantityScale);
  }

  private static int zeros(long[] values, int atMost) {
    int zeros = atMost;
    for (long value : values) {
      zeros = Decimals.trailingZeros(value, zeros);
    }
    return zeros;
  }

  /** The level columns of a finished message. */
  record Columns(int bids, long[] prices, long[] quantities, short[] sentScales) {}
}
