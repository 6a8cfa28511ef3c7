package io.streamforge.topic;

/** What the topics are called unless the settings say otherwise. */
public final class TopicNames {
  /** Books, in: the venues' own messages. */
  public static final String RAW_ORDERBOOKS = "raw-orderbooks";

  /** Trades, in: the venues' own messages. */
  public static final String RAW_TRADES = "raw-trades";

  /** One record an instrument and sample, out. */
  public static final String SYMBOL_FEATURES = "symbol-features";

  /** One record a graph and sample, out. */
  public static final String GRAPH_FEATURES = "graph-features";

  /** Requests for a snapshot of a book, out. */
  public static final String BOOK_RESYNC = "book-resync";

  /** Records in that could not be used, out. */
  public static final String DEAD_LETTERS = "dead-letters";

  /** Trades, and what books say as they change, out; only where a setting names it. */
  public static final String MARKET_EVENTS = "market-events";

  private TopicNames() {}
}
