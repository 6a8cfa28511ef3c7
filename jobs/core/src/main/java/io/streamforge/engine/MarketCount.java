package io.streamforge.engine;

/** What a {@link MarketEngine} counts. */
public enum MarketCount {
  /** Messages for samples that were published before. */
  RECORDS_BEHIND_WATERMARK("records_behind_watermark"),
  /** Books that lost a message. */
  BOOK_GAPS("book_gaps"),
  /** Books that did not match the venue's checksum. */
  CHECKSUM_FAILURES("checksum_failures"),
  /** Books whose venue began to count its messages anew. */
  BOOKS_COUNTED_ANEW("books_counted_anew"),
  /** Books of which a message could not be read. */
  BOOKS_UNREADABLE("books_made_unreadable"),
  /** Books whose feed lost its connection. */
  BOOKS_DISCONNECTED("books_disconnected"),
  /** Books of which the log may have lost messages before they were read. */
  BOOKS_LOST_RECORDS("books_lost_records"),
  /** Book messages that the book held already. */
  BOOK_MESSAGES_COVERED("book_messages_covered"),
  /** Book messages of another feed of the book, or of another session of its writer. */
  BOOK_MESSAGES_UNUSED("book_messages_unused"),
  /** Live books that a snapshot showed to be wrong. */
  BOOK_DRIFT("book_drift"),
  /** Samples of live books before whose best levels something unknown may stand. */
  TOUCHES_UNPROVEN("touches_unproven"),
  /** Snapshots that could not be read. */
  SNAPSHOTS_UNREADABLE("snapshots_unreadable"),
  /** Snapshots of before what their book had lost. */
  SNAPSHOTS_UNSOUND("snapshots_unsound"),
  /** Snapshots older than their book. */
  SNAPSHOTS_IGNORED("snapshots_ignored"),
  /** Requests for snapshots. */
  BOOK_RESYNCS("book_resyncs"),
  /** Updates that waited for a snapshot and had no room left. */
  BUFFERED_MESSAGES_DROPPED("buffered_messages_dropped"),
  /** Trades that came before by their id. */
  DUPLICATE_TRADES("duplicate_trades"),
  /** Ids of trades that are missing, where the venue counts them by one. */
  TRADE_IDS_SKIPPED("trade_ids_skipped"),
  /** Ids under which an insurance fund took over positions. */
  INSURANCE_FUND_TRADES("insurance_fund_trades"),
  /** Ids under which positions were closed to cover losses (auto-deleveraging). */
  ADL_TRADES("adl_trades"),
  /** Ids of trades that were agreed on away from the book. */
  BLOCK_TRADES("block_trades"),
  /** Ids of nothing that is a trade of the market, and of no kind known here. */
  OTHER_TRADES("other_trades"),
  /** Returns of a mid, over a sample or ten, that volatilities take as ±33.5 %. */
  CLAMPED_RETURNS("clamped_volatility_returns");

  private final String text;

  MarketCount(String text) {
    this.text = text;
  }

  /** Name of the metric. */
  public String text() {
    return text;
  }
}
