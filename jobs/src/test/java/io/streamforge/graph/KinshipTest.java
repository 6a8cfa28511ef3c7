package io.streamforge.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.market.InstrumentRegistry;
import io.streamforge.market.InstrumentSpec;
import io.streamforge.market.InstrumentSpec.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KinshipTest {
  private static final InstrumentRegistry REGISTRY =
      new InstrumentRegistry(
          Map.of(
              "kraken:XBT/USD", new InstrumentSpec("BTC", "USD", Kind.SPOT, 1, 1),
              "okx:BTC-USD-SWAP", new InstrumentSpec("BTC", "USD", Kind.INVERSE, 100, 1),
              "kraken:ETH/XBT", new InstrumentSpec("ETH", "BTC", Kind.SPOT, 1, Double.NaN)));

  @Test
  void isByWhatTheInstrumentsAreNotByTheirNames() {
    assertThat(Kinship.of("kraken:XBT/USD", "okx:BTC-USD-SWAP", REGISTRY))
        .isEqualTo(new Kinship(1, 1, 0));
    assertThat(Kinship.of("kraken:XBT/USD", "kraken:ETH/XBT", REGISTRY))
        .isEqualTo(new Kinship(0, 0, 1));
  }

  @Test
  void isUnknownWhereAnEndIsNotListedButForTheVenue() {
    assertThat(Kinship.of("kraken:XBT/USD", "kraken:LSK/USD", REGISTRY))
        .isEqualTo(new Kinship(Double.NaN, Double.NaN, 1));
  }
}
