package io.streamforge.engine;

/** What a {@link MarketEngine} counts. */
public enum MarketCount {
  /** Messages for samples that were published before. */
  RECORDS_BEHIND_WATERMARK("records_behind_watermark"),
  /** Books that lost a message. */
  BOOK_GAPS("book_gaps"),
  /** Books that did not match the venue's checksum. */
  CHECKSUM_FAILURES("checksum_failures"),
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
