package io.streamforge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.instrument.NodeFeatures;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.testkit.RecordingFile;
import io.streamforge.topic.RawRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Who takes liquidity pays for it: by venue and instrument, the mean {@code effective_spread_bps}
 * of all trades is above 0. It is not where a decoder takes the maker's side for the aggressor's,
 * turns the order of a message around or leaves out fills.
 *
 * <p>The table is {@code effective-spreads.csv}: trades with a side and a mid before them, and the
 * quantity-weighted mean. Of fewer than {@value #FEW} trades chance may make it anything.
 */
class EffectiveSpreadTest {
  private static final int FEW = 10;
  private static final int TRADES = NodeFeatures.NAMES.indexOf("trades");
  private static final int VOLUME = NodeFeatures.NAMES.indexOf("volume");
  private static final int SPREAD = NodeFeatures.NAMES.indexOf("effective_spread_bps");

  /** Of one instrument. */
  private static final class Mean {
    double trades;
    double weight;
    double sum;

    void add(double[] features) {
      if (!Double.isNaN(features[SPREAD])) {
        trades += features[TRADES];
        weight += features[VOLUME];
        sum += features[VOLUME] * features[SPREAD];
      }
    }

    double bps() {
      return sum / weight;
    }
  }

  @Test
  void whoTakesPays() throws Exception {
    List<String> table = new ArrayList<>(List.of("recording,instrument,trades,mean_bps,remark"));
    for (Path recording : RecordingFile.all()) {
      String name = recording.getFileName().toString().replace(".jsonl.gz", "");
      if (name.startsWith("made-")) {
        continue; // no market's
      }
      means(recording)
          .forEach(
              (instrument, mean) -> {
                boolean few = mean.trades < FEW;
                String remark = few ? "too few trades" : "";
                assertThat(few || mean.bps() > 0).as("%s: %s", instrument, mean.bps()).isTrue();
                table.add(
                    String.format(
                        Locale.ROOT,
                        "%s,%s,%.0f,%.2f,%s",
                        name,
                        instrument,
                        mean.trades,
                        mean.bps(),
                        remark));
              });
    }
    assertThat(String.join("\n", table) + "\n").isEqualTo(expected());
  }

  private static Map<String, Mean> means(Path recording) throws Exception {
    RecordedMarket market = new RecordedMarket(null);
    for (RawRecord record : RecordingFile.records(recording)) {
      market.accept(record);
    }
    Map<String, Mean> means = new TreeMap<>();
    for (SymbolSample sample : market.samples()) {
      means.computeIfAbsent(sample.instrument().id(), id -> new Mean()).add(sample.features());
    }
    means.values().removeIf(mean -> mean.trades == 0);
    return means;
  }

  private static String expected() throws IOException {
    try (InputStream table =
        EffectiveSpreadTest.class.getResourceAsStream("effective-spreads.csv")) {
      return new String(table.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
