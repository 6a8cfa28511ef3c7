package io.streamforge.market;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One trade. Price and quantity are {@code price · 10^−priceScale} in quote units and {@code
 * quantity · 10^−quantityScale} in base units (contracts where the venue counts contracts), exact
 * and positive; of what is no market trade they may be 0.
 *
 * @param ids how the venue's ids of this kind run
 * @param id the venue's, by which a repeat is told: its number, or 64 bits made of its text; 0
 *     where there is none
 * @param side the aggressor's
 * @param kind whether it is one of the market's; of any other the id alone counts
 */
public record Trade(
    Instrument instrument,
    TradeIds ids,
    long id,
    long price,
    int priceScale,
    long quantity,
    int quantityScale,
    Side side,
    long eventTimeUs,
    long effectiveTimeUs,
    TradeKind kind)
    implements MarketEvent {
  private static final int IDS_BITS = 4;

  /** A trade of the market. */
  public Trade(
      Instrument instrument,
      TradeIds ids,
      long id,
      long price,
      int priceScale,
      long quantity,
      int quantityScale,
      Side side,
      long eventTimeUs,
      long effectiveTimeUs) {
    this(
        instrument,
        ids,
        id,
        price,
        priceScale,
        quantity,
        quantityScale,
        side,
        eventTimeUs,
        effectiveTimeUs,
        TradeKind.MARKET);
  }

  /** The same trade as one of another kind. */
  public Trade as(TradeKind other) {
    return new Trade(
        instrument,
        ids,
        id,
        price,
        priceScale,
        quantity,
        quantityScale,
        side,
        eventTimeUs,
        effectiveTimeUs,
        other);
  }

  /** The same trade on the instrument that the message named after it. */
  public Trade withInstrument(Instrument named) {
    return new Trade(
        named,
        ids,
        id,
        price,
        priceScale,
        quantity,
        quantityScale,
        side,
        eventTimeUs,
        effectiveTimeUs,
        kind);
  }

  /** The same trade, counted at another time. */
  public Trade at(long countedUs) {
    return new Trade(
        instrument,
        ids,
        id,
        price,
        priceScale,
        quantity,
        quantityScale,
        side,
        eventTimeUs,
        countedUs,
        kind);
  }

  /** Writes everything but the instrument. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeByte(ids.code() | (kind.code() << IDS_BITS));
    out.writeLong(id);
    out.writeLong(price);
    out.writeByte(priceScale);
    out.writeLong(quantity);
    out.writeByte(quantityScale);
    out.writeByte(side.sign());
    out.writeLong(eventTimeUs);
    out.writeLong(effectiveTimeUs);
  }

  /** Reads what {@link #writeTo} wrote. */
  public static Trade readFrom(DataInput in, Instrument instrument) throws IOException {
    int codes = in.readByte();
    return new Trade(
        instrument,
        TradeIds.ofCode(codes & ((1 << IDS_BITS) - 1)),
        in.readLong(),
        in.readLong(),
        in.readByte(),
        in.readLong(),
        in.readByte(),
        Side.ofSign(in.readByte()),
        in.readLong(),
        in.readLong(),
        TradeKind.ofCode(codes >> IDS_BITS));
  }
}
