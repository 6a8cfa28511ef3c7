package io.streamforge.market;

/**
 * Collects one message and brings its levels to one scale. Reused from message to message: {@link
 * #begin}, then the setters and levels in any order, then {@link #build}.
 */
public final class BookUpdateBuilder {
  Instrument instrument;
  long eventTimeUs;
  long effectiveTimeUs;
  BookUpdate.Kind kind;
  boolean timed;
  boolean flawed;
  boolean overlapping;
  int feed;
  long previousSequence;
  long sequence;
  int depth;
  boolean depthGuessed;
  boolean bidsComplete;
  boolean asksComplete;
  Checksum checksum;
  int checksumValue;

  private final SentLevels bids = new SentLevels();
  private final SentLevels asks = new SentLevels();

  /** Forgets the last message. */
  public BookUpdateBuilder begin() {
    kind = BookUpdate.Kind.DELTA;
    timed = true;
    flawed = false;
    overlapping = false;
    feed = 0;
    previousSequence = BookUpdate.NO_SEQUENCE;
    sequence = BookUpdate.NO_SEQUENCE;
    depth = BookUpdate.FULL_DEPTH;
    depthGuessed = false;
    bidsComplete = true;
    asksComplete = true;
    checksum = null;
    checksumValue = 0;
    bids.clear();
    asks.clear();
    return this;
  }

  /** Lets go of the memory that a message of many levels has taken, and of its levels. */
  public void release() {
    bids.release();
    asks.release();
  }

  /**
   * A message that replaces the book, unless the book is newer. Without a number nothing tells, and
   * it is a {@link #restart}.
   */
  public BookUpdateBuilder snapshot(long sequence) {
    this.kind =
        sequence == BookUpdate.NO_SEQUENCE ? BookUpdate.Kind.RESTART : BookUpdate.Kind.SNAPSHOT;
    this.sequence = sequence;
    return this;
  }

  /** A snapshot in the stream of deltas: it replaces the book in any case. */
  public BookUpdateBuilder restart(long sequence) {
    this.kind = BookUpdate.Kind.RESTART;
    this.sequence = sequence;
    return this;
  }

  /**
   * A message that follows {@code previousSequence} and leads to {@code sequence}; {@link
   * BookUpdate#NO_SEQUENCE} for what the venue does not say.
   */
  public BookUpdateBuilder delta(long previousSequence, long sequence) {
    this.previousSequence = previousSequence;
    this.sequence = sequence;
    return this;
  }

  /** The venue has acknowledged a subscription of so many levels a side. */
  public BookUpdateBuilder subscribed(int depth) {
    this.kind = BookUpdate.Kind.SUBSCRIBED;
    this.depth = depth;
    return this;
  }

  /** A message that says something of the feed itself, and nothing of levels. */
  public BookUpdateBuilder notice(BookUpdate.Kind kind) {
    this.kind = kind;
    return this;
  }

  /** The venue gives the message no time: its event time is its receipt's. */
  public BookUpdateBuilder untimed() {
    this.timed = false;
    return this;
  }

  /** A level of the message could not be read. */
  public BookUpdateBuilder flawed() {
    this.flawed = true;
    return this;
  }

  /** The venue allows the delta to begin before the book's number. */
  public BookUpdateBuilder overlapping() {
    this.overlapping = true;
    return this;
  }

  /** Which of the instrument's feeds it belongs to; a larger number says more of the book. */
  public BookUpdateBuilder feed(int feed) {
    this.feed = feed;
    return this;
  }

  /** The depth that the feed keeps up to date. */
  public BookUpdateBuilder depth(int depth) {
    this.depth = depth;
    return this;
  }

  /** The least depth that the levels allow, as the venue does not say which it is. */
  public BookUpdateBuilder atLeastDepth(int depth) {
    this.depth = depth;
    this.depthGuessed = true;
    return this;
  }

  /** Which sides of a full-depth snapshot hold every level of the venue's book. */
  public BookUpdateBuilder complete(boolean bidsComplete, boolean asksComplete) {
    this.bidsComplete = bidsComplete;
    this.asksComplete = asksComplete;
    return this;
  }

  /** What the venue says the book adds up to after this message. */
  public BookUpdateBuilder checksum(Checksum checksum, int value) {
    this.checksum = checksum;
    this.checksumValue = value;
    return this;
  }

  /** Adds a level; numbers are {@code mantissa · 10^−scale}, with as many digits as were sent. */
  public void level(boolean bid, long price, int priceScale, long quantity, int quantityScale) {
    level(
        bid,
        price,
        priceScale,
        quantity,
        quantityScale,
        SentLevels.scales(priceScale, quantityScale));
  }

  /** Adds a level of which more zeros were sent than its numbers have, see {@link BookUpdate}. */
  public void level(
      boolean bid, long price, int priceScale, long quantity, int quantityScale, short sentScales) {
    (bid ? bids : asks).add(price, priceScale, quantity, quantityScale, sentScales);
  }

  public int bids() {
    return bids.size();
  }

  public int asks() {
    return asks.size();
  }

  /**
   * The message, in the finest scale that was sent, or that its numbers need if they do not fit
   * that. A level that does not fit even then is left out, and the message is flawed.
   */
  public BookUpdate build(Instrument instrument, long eventTimeUs, long effectiveTimeUs) {
    this.instrument = instrument;
    this.eventTimeUs = eventTimeUs;
    this.effectiveTimeUs = effectiveTimeUs;
    int priceScale = Math.max(bids.maxPriceScale(), asks.maxPriceScale());
    int quantityScale = Math.max(bids.maxQuantityScale(), asks.maxQuantityScale());
    BookUpdate.Columns columns = columns(priceScale, quantityScale);
    if (columns == null) {
      priceScale = Math.max(bids.neededPriceScale(), asks.neededPriceScale());
      quantityScale = Math.max(bids.neededQuantityScale(), asks.neededQuantityScale());
      boolean allFit = bids.leaveOutBeyond(priceScale, quantityScale);
      allFit &= asks.leaveOutBeyond(priceScale, quantityScale);
      flawed |= !allFit;
      columns = columns(priceScale, quantityScale);
    }
    return new BookUpdate(this, priceScale, quantityScale, columns);
  }

  /** All levels; null if one does not fit. */
  private BookUpdate.Columns columns(int priceScale, int quantityScale) {
    int levels = bids.size() + asks.size();
    short scales = SentLevels.scales(priceScale, quantityScale);
    boolean oneScale = bids.wereSentIn(scales) && asks.wereSentIn(scales);
    BookUpdate.Columns columns =
        new BookUpdate.Columns(
            bids.size(), new long[levels], new long[levels], oneScale ? null : new short[levels]);
    return bids.copyTo(columns, 0, priceScale, quantityScale)
            && asks.copyTo(columns, bids.size(), priceScale, quantityScale)
        ? columns
        : null;
  }
}
