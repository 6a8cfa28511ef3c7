package io.streamforge.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TradeTest {
  private static final Instrument INSTRUMENT = new Instrument("kraken", "XBT/USD");

  @Property
  void isReadAsItWasWritten(
      @ForAll TradeIds ids,
      @ForAll long id,
      @ForAll @LongRange(min = 1, max = Decimals.LIMIT - 1) long price,
      @ForAll @IntRange(max = Decimals.MAX_SCALE) int priceScale,
      @ForAll @LongRange(min = 1, max = Decimals.LIMIT - 1) long quantity,
      @ForAll @IntRange(max = Decimals.MAX_SCALE) int quantityScale,
      @ForAll Side side,
      @ForAll TradeKind kind,
      @ForAll long eventTimeUs,
      @ForAll long effectiveTimeUs)
      throws IOException {
    Trade trade =
        new Trade(
                INSTRUMENT,
                ids,
                id,
                price,
                priceScale,
                quantity,
                quantityScale,
                side,
                eventTimeUs,
                effectiveTimeUs)
            .as(kind);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    trade.writeTo(new DataOutputStream(bytes));
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    assertThat(Trade.readFrom(in, INSTRUMENT)).isEqualTo(trade);
    assertThat(in.available()).isZero();
  }

  @Test
  void copiesDifferInOneField() {
    Trade trade = new Trade(INSTRUMENT, TradeIds.CONSECUTIVE, 7, 1, 2, 3, 4, Side.SELL, 5, 6);
    Instrument other = new Instrument("kraken", "ETH/USD");
    assertThat(trade.at(9))
        .isEqualTo(new Trade(INSTRUMENT, TradeIds.CONSECUTIVE, 7, 1, 2, 3, 4, Side.SELL, 5, 9));
    assertThat(trade.as(TradeKind.ADL).at(9).withInstrument(other))
        .isEqualTo(
            new Trade(other, TradeIds.CONSECUTIVE, 7, 1, 2, 3, 4, Side.SELL, 5, 9)
                .as(TradeKind.ADL));
    assertThat(trade.withInstrument(other))
        .isEqualTo(new Trade(other, TradeIds.CONSECUTIVE, 7, 1, 2, 3, 4, Side.SELL, 5, 6));
  }

  @Test
  void aChangedTradeKeepsItsIdAndItsOrigin() {
    Origin origin = new Origin(9, 1, 7, 0);
    Trade trade =
        new Trade(INSTRUMENT, TradeIds.UNORDERED, 7, 1, 2, 3, 4, Side.SELL, 5, 6)
            .under("4a5b")
            .from(origin);
    Instrument other = new Instrument("kraken", "ETH/USD");
    Trade changed = trade.at(9).as(TradeKind.BLOCK).withInstrument(other);
    assertThat(changed.venueId()).isEqualTo("4a5b");
    assertThat(changed.origin()).isEqualTo(origin);
  }

  @Test
  void codesThatNobodyWroteAreRefused() {
    assertThatThrownBy(() -> Side.ofSign(2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TradeIds.ofCode(4)).isInstanceOf(IllegalArgumentException.class);
    for (int code : new int[] {-1, TradeKind.values().length}) {
      assertThatThrownBy(() -> TradeKind.ofCode(code)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Checksum.ofCode(0)).isInstanceOf(IllegalArgumentException.class);
    assertThat(Checksum.ofCode(Checksum.KRAKEN.code())).isEqualTo(Checksum.KRAKEN);
  }
}
