package io.streamforge.bench.throughput.core;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/** The trades of the interval that ends at a sample; a POJO of Flink's. */
public final class TradeSums {
  public long trades;
  public long volume;
  public long signedVolume;
  public BigDecimal quoteVolume = BigDecimal.ZERO;

  void add(BinanceMessage trade) {
    long quantity = Units.of(trade.quantity);
    trades++;
    volume += quantity;
    signedVolume += trade.buyerIsMaker ? -quantity : quantity;
    quoteVolume = quoteVolume.add(Units.product(Units.of(trade.price), quantity));
  }

  /** Writes all of it. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeLong(trades);
    out.writeLong(volume);
    out.writeLong(signedVolume);
    byte[] unscaled = quoteVolume.unscaledValue().toByteArray();
    out.writeByte(quoteVolume.scale());
    out.writeByte(unscaled.length);
    out.write(unscaled);
  }

  /** Reads what {@link #writeTo} wrote. */
  public static TradeSums readFrom(DataInput in) throws IOException {
    TradeSums sums = new TradeSums();
    sums.trades = in.readLong();
    sums.volume = in.readLong();
    sums.signedVolume = in.readLong();
    int scale = in.readByte();
    byte[] unscaled = new byte[in.readByte()];
    in.readFully(unscaled);
    sums.quoteVolume = new BigDecimal(new BigInteger(unscaled), scale);
    return sums;
  }
}
