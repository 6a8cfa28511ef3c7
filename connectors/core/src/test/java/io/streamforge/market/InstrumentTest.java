package io.streamforge.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstrumentTest {

  @ParameterizedTest
  @CsvSource({
    "binance-spot:BTCUSDT, binance-spot, BTCUSDT",
    "kraken:XBT/USD, kraken, XBT/USD",
    "dex:a:b, dex, a:b"
  })
  void isItsId(String id, String venue, String symbol) {
    Instrument instrument = Instrument.ofId(id);
    assertThat(instrument.venue()).isEqualTo(venue);
    assertThat(instrument.symbol()).isEqualTo(symbol);
    assertThat(instrument).hasToString(id).isEqualTo(new Instrument(venue, symbol));
    assertThat(instrument.id()).isEqualTo(id);
    assertThat(instrument.hashCode()).isEqualTo(new Instrument(venue, symbol).hashCode());
  }

  @Test
  void theSameSymbolOnTwoVenuesIsTwoInstruments() {
    assertThat(new Instrument("a", "BTCUSDT")).isNotEqualTo(new Instrument("b", "BTCUSDT"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "BTCUSDT", ":BTCUSDT"})
  void otherTextsAreNoIds(String id) {
    assertThatThrownBy(() -> Instrument.ofId(id)).isInstanceOf(IllegalArgumentException.class);
  }
}
