package io.streamforge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.catalogue.Feature;
import io.streamforge.instrument.NodeFeatures;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.testkit.RepeatedRecording;
import io.streamforge.topic.RawRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A column of {@code x} exists in more than nine of ten intervals of a liquid symbol, once its
 * window is full: what is nearly always missing teaches nobody anything.
 */
class LiquidSymbolTest {
  private static final String SYMBOL = "BTCUSDT";
  private static final Map<String, Integer> WARM_UP_SECONDS =
      Map.of("T", 0, "Δ", 1, "1m", 60, "5m", 300, "all", 60, "1h", 3600);
  private static final int SECONDS = 4800;

  /**
   * It needs 10 bp of both sides. The recordings have one snapshot of each symbol, of ±34 and ±21
   * bp, and the price leaves its middle: those 10 bp are known in four of five intervals as
   * recorded, and in nine of ten where the venue answers requests.
   */
  private static final String OF_DEPTH = "log_depth_10bps";

  /** Its window is full after a day; it is made of the returns of volatility_1h. */
  private static final String OF_A_DAY = "volatility_24h";

  @ParameterizedTest
  @ValueSource(strings = {"binance-spot-btc-eth", "binance-usdm-btc-eth"})
  void everyColumnExistsInNineOfTenIntervals(String name) throws Exception {
    List<SymbolSample> samples = samples(name, new AnsweringVenue());
    for (int i = 0; i < NodeFeatures.ALL.size(); i++) {
      Feature feature = NodeFeatures.ALL.get(i);
      if (!feature.description().inGraph() || OF_A_DAY.equals(feature.key())) {
        continue;
      }
      int exist = 0;
      int first = WARM_UP_SECONDS.get(feature.description().window());
      for (SymbolSample sample : samples.subList(first, samples.size())) {
        exist += Double.isNaN(sample.features()[i]) ? 0 : 1;
      }
      assertThat((double) exist / (samples.size() - first)).as(feature.key()).isGreaterThan(0.9);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"binance-spot-btc-eth", "binance-usdm-btc-eth"})
  void whatNeedsDepthExistsWhereThatIsKnown(String name) throws Exception {
    int knownBps = NodeFeatures.NAMES.indexOf("known_depth_bps");
    int ofDepth = NodeFeatures.NAMES.indexOf(OF_DEPTH);
    List<SymbolSample> samples = samples(name, null);
    int known = 0;
    for (SymbolSample sample : samples) {
      boolean knownSoFar = sample.features()[knownBps] >= 10;
      known += knownSoFar ? 1 : 0;
      assertThat(!Double.isNaN(sample.features()[ofDepth]))
          .as("%s at %d", OF_DEPTH, sample.timeUs())
          .isEqualTo(knownSoFar);
    }
    assertThat((double) known / samples.size()).isGreaterThan(0.75);
  }

  /** The recording again and again, for more than an hour. */
  private static List<SymbolSample> samples(String name, AnsweringVenue venue) throws Exception {
    RecordedMarket market = new RecordedMarket(venue);
    RepeatedRecording records = new RepeatedRecording(RecordingFile.path(name));
    while (market.samples().size() < SECONDS) {
      RawRecord record = records.next();
      if (record.keyText().equals(SYMBOL)) {
        market.accept(record);
      }
    }
    return market.samples();
  }
}
