package io.streamforge.record;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;

/**
 * A record of {@code market-events}: a trade, or a change of a book's touch, or of the trust in it.
 * Its key is the symbol as the venue writes it, its headers say where it comes from ({@link
 * MarketEventOrigin}), its Kafka timestamp is the effective time in milliseconds. {@link
 * MarketEventWriter} writes it; this reads it. What its type does not have is null. Prices and
 * quantities are exact, as decimal text without an exponent.
 *
 * @param schema {@value #SCHEMA}
 * @param instrument {@code venue:symbol}
 * @param type {@code trade}, {@code touch} or {@code trust}
 * @param eventTimeUs by the venue's clock, microseconds since the epoch; the receive time where the
 *     venue gives none
 * @param receiveTimeUs when its message was received, microseconds since the epoch
 * @param effectiveTimeUs when it counts in samples, microseconds since the epoch
 * @param tradeId the venue's; null where it gives none
 * @param kind of a trade: {@code market}, {@code insurance-fund}, {@code adl}, {@code block} or
 *     {@code other}; only those of the market count in features
 * @param side the aggressor's, {@code buy} or {@code sell}; null where that is not known
 * @param price of a trade, quote units
 * @param quantity of a trade, base units, or contracts where the venue counts them
 * @param sequence the venue's number of the last message applied to the book; null where it numbers
 *     nothing
 * @param book the book's status: {@code live}, or what it lacks
 * @param reason why the book cannot be used, null where it is live
 * @param proven whether nothing unknown can stand before the best levels
 * @param bid the best bid; null where there is none
 * @param bidQuantity its quantity
 * @param ask the best offer; null where there is none
 * @param askQuantity its quantity
 */
public record MarketEventRecord(
    String schema,
    String instrument,
    String type,
    @JsonProperty("event_time_us") long eventTimeUs,
    @JsonProperty("receive_time_us") long receiveTimeUs,
    @JsonProperty("effective_time_us") long effectiveTimeUs,
    @JsonProperty("trade_id") String tradeId,
    String kind,
    String side,
    String price,
    String quantity,
    Long sequence,
    String book,
    String reason,
    Boolean proven,
    String bid,
    @JsonProperty("bid_quantity") String bidQuantity,
    String ask,
    @JsonProperty("ask_quantity") String askQuantity) {
  /** The name of this form. */
  public static final String SCHEMA = "market-events/1";

  private static final ObjectReader READER = RecordJson.readerFor(MarketEventRecord.class);

  /**
   * Reads a record's value.
   *
   * @throws IOException if it is none of {@value #SCHEMA}
   */
  public static MarketEventRecord read(byte[] value) throws IOException {
    MarketEventRecord record = READER.readValue(value);
    RecordJson.expect(SCHEMA, record == null ? null : record.schema);
    if (record.instrument == null || record.type == null) {
      throw new IOException("no record of " + SCHEMA + ": instrument or type is missing");
    }
    return record;
  }
}
