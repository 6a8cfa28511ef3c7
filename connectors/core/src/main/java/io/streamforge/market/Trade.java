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
 * @param venueId the venue's id as text where it is not {@code id} in digits and somebody wants it,
 *     else null
 * @param origin where it stands in its topic; null unless somebody wants it
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
    TradeKind kind,
    String venueId,
    Origin origin)
    implements MarketEvent {
  private static final int IDS_BITS = 4;

  /** A trade of the market, of which nobody wants to know where it came from. */
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
        TradeKind.MARKET,
        null,
        null);
  }

  private Trade with(
      Instrument named, long countedUs, TradeKind as, String textOfId, Origin cameFrom) {
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
        countedUs,
        as,
        textOfId,
        cameFrom);
  }

  /** The same trade as one of another kind. */
  public Trade as(TradeKind other) {
    return with(instrument, effectiveTimeUs, other, venueId, origin);
  }

  /** The same trade on the instrument that the message named after it. */
  public Trade withInstrument(Instrument named) {
    return with(named, effectiveTimeUs, kind, venueId, origin);
  }

  /** The same trade, counted at another time. */
  public Trade at(long countedUs) {
    return with(instrument, countedUs, kind, venueId, origin);
  }

  /** The same trade under the venue's id, which is not {@link #id} in digits. */
  public Trade under(String textOfId) {
    return with(instrument, effectiveTimeUs, kind, textOfId, origin);
  }

  @Override
  public Trade from(Origin cameFrom) {
    return with(instrument, effectiveTimeUs, kind, venueId, cameFrom);
  }

  /** Writes everything but the instrument, the venue's id and the origin. */
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
        TradeKind.ofCode(codes >> IDS_BITS),
        null,
        null);
  }
}
