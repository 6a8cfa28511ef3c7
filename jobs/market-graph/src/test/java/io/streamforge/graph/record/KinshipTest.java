package io.streamforge.graph.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.graph.filter.EdgeFilter;
import io.streamforge.graph.model.GraphSettings;
import io.streamforge.graph.returns.FixedPoint;
import io.streamforge.graph.returns.ReturnHistory;
import io.streamforge.market.InstrumentRegistry;
import io.streamforge.market.InstrumentSpec;
import io.streamforge.market.InstrumentSpec.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KinshipTest {
  private static final long SECOND = 1_000_000;
  private static final InstrumentRegistry REGISTRY =
      new InstrumentRegistry(
          Map.of(
              "kraken:XBT/USD", new InstrumentSpec("BTC", "USD", Kind.SPOT, 1, 1),
              "okx:BTC-USD-SWAP", new InstrumentSpec("BTC", "USD", Kind.INVERSE, 100, 1),
              "kraken:ETH/XBT", new InstrumentSpec("ETH", "BTC", Kind.SPOT, 1, Double.NaN)));

  private static Kinship kinship(String a, String b) {
    GraphSettings settings =
        new GraphSettings(
            "m", SECOND, 8, 30, 10, 0, SECOND, 0, EdgeFilter.MST_KNN, 0.5, 2, SECOND, REGISTRY);
    FixedPoint fixedPoint = new FixedPoint();
    return Kinship.of(
        new ReturnHistory(a, settings, fixedPoint), new ReturnHistory(b, settings, fixedPoint));
  }

  @Test
  void isByWhatTheInstrumentsAreNotByTheirNames() {
    assertThat(kinship("kraken:XBT/USD", "okx:BTC-USD-SWAP")).isEqualTo(new Kinship(1, 1, 0));
    assertThat(kinship("kraken:XBT/USD", "kraken:ETH/XBT")).isEqualTo(new Kinship(0, 0, 1));
  }

  @Test
  void isUnknownWhereAnEndIsNotListedButForTheVenue() {
    assertThat(kinship("kraken:XBT/USD", "kraken:LSK/USD"))
        .isEqualTo(new Kinship(Double.NaN, Double.NaN, 1));
  }
}
