package io.streamforge.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.market.InstrumentSpec.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstrumentRegistryTest {

  @ParameterizedTest
  @CsvSource({"BTCUSDT,1", "XBT/USD,1", "eth-usdc,1", "DASH/EUR,NaN", "ETHBTC,NaN", "USDTTRY,NaN"})
  void ofWhatIsNotListedOnlyADollarIsWorthADollar(String symbol, double rate) {
    InstrumentSpec spec = InstrumentRegistry.EMPTY.of(new Instrument("v", symbol));
    assertThat((Double) spec.referenceRate()).isEqualTo((Double) rate);
    assertThat(spec.kind()).isEqualTo(Kind.SPOT);
    assertThat(spec.base()).isNull();
    assertThat(spec.quote()).isNull();
  }

  /** Dated contracts do not end in the name of their quote. */
  @ParameterizedTest
  @CsvSource({
    "bybit-inverse,BTCUSD,INVERSE,1",
    "bybit-inverse,BTCUSDH26,INVERSE,1",
    "bybit-linear,BTCUSDT,SPOT,1",
    "bitget-usdc-futures,BTCPERP,SPOT,1",
    "bitget-spot,BTCPERP,SPOT,NaN"
  })
  void ofSomeMarketsAllIsAlike(String venue, String symbol, Kind kind, double rate) {
    InstrumentSpec spec = InstrumentRegistry.EMPTY.of(new Instrument(venue, symbol));
    assertThat(spec.kind()).isEqualTo(kind);
    assertThat((Double) spec.referenceRate()).isEqualTo((Double) rate);
    assertThat((Double) spec.contractSize()).isEqualTo((Double) 1.0);
  }

  @Test
  void whatIsListedIsAsListed() {
    InstrumentSpec euros = new InstrumentSpec("DASH", "EUR", Kind.SPOT, 1, 1.1);
    InstrumentRegistry registry = new InstrumentRegistry(Map.of("kraken:DASH/EUR", euros));
    assertThat(registry.of(new Instrument("kraken", "DASH/EUR"))).isEqualTo(euros);
    assertThat(registry.of(new Instrument("other", "DASH/EUR")).base()).isNull();
  }

  @Test
  void whatContractsCount() {
    InstrumentSpec spot = new InstrumentSpec("BTC", "USD", Kind.SPOT, 1, 1);
    InstrumentSpec linear = new InstrumentSpec("BTC", "USDT", Kind.LINEAR, 0.01, 1);
    InstrumentSpec inverse = new InstrumentSpec("BTC", "USD", Kind.INVERSE, 100, 1);
    assertThat(spot.baseUnits(3, 50_000)).isEqualTo(3);
    assertThat(spot.quoteUnits(3, 50_000)).isEqualTo(150_000);
    assertThat(linear.baseUnits(3, 50_000)).isEqualTo(0.03);
    assertThat(linear.quoteUnits(3, 50_000)).isEqualTo(1500);
    assertThat(inverse.baseUnits(3, 50_000)).isEqualTo(0.006);
    assertThat(inverse.quoteUnits(3, 50_000)).isEqualTo(300);
  }
}
