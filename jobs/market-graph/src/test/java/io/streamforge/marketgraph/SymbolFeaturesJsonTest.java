package io.streamforge.marketgraph;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.book.BookStatus;
import io.streamforge.instrument.NodeFeatures;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.mid.MidChange;
import io.streamforge.testkit.Updates;
import io.streamforge.topic.OutputRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.functions.DefaultOpenContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SymbolFeaturesJsonTest {
  private final SymbolFeaturesJson json = new SymbolFeaturesJson(1_000_000);

  @BeforeEach
  void open() {
    json.open(DefaultOpenContext.INSTANCE);
  }

  private static String text(OutputRecord record) {
    return new String(record.value(), StandardCharsets.UTF_8);
  }

  @Test
  void aSampleToTheByte() {
    double[] features = new double[NodeFeatures.NAMES.size()];
    Arrays.setAll(features, i -> i * 0.25);
    features[1] = Double.NaN;
    features[2] = -0.0;
    features[3] = 1.0E-5;
    features[4] = 2.0E-3; // JDK 17's Double.toString would not be the shortest
    features[5] = 2.0E16;
    Instrument instrument = new Instrument("acme", "\"ψ\"/USD");
    OutputRecord record =
        json.map(
            new SymbolSample(
                instrument,
                Updates.START_US,
                BookStatus.LIVE,
                9_007_199_254_740_993L,
                0,
                0,
                features,
                List.of(new MidChange(Updates.START_US - 1, 1, 1))));
    assertThat(text(record))
        .isEqualTo(
            """
            {"schema":"symbol-features/1","instrument":"acme:\\"ψ\\"/USD",\
            "time_us":1723161200000000,"interval_us":1000000,"book":"live",\
            "sequence":9007199254740993,"features":{"mid":0.0,"weighted_mid":null,\
            "weighted_mid_bps":0.0,"spread_bps":1.0E-5,"imbalance_1":0.002,\
            "imbalance_5":2.0E16,"imbalance_20":1.5,"known_depth_bps":1.75,\
            "depth_bid_10bps":2.0,"depth_ask_10bps":2.25,"depth_bid_50bps":2.5,\
            "depth_ask_50bps":2.75,"log_depth_10bps":3.0,"impact_buy_bps":3.25,\
            "impact_sell_bps":3.5,"ofi":3.75,"ofi_normalised":4.0,\
            "ofi_normalised_1m":4.25,"book_updates":4.5,"book_age_ms":4.75,"trades":5.0,\
            "volume":5.25,"signed_volume":5.5,"quote_volume":5.75,"log_quote_volume":6.0,\
            "vwap":6.25,"vwap_bps":6.5,"effective_spread_bps":6.75,\
            "trade_imbalance_1m":7.0,"kyle_lambda_1m":7.25,"amihud_1m":7.5,\
            "roll_spread_1m_bps":7.75,"vpin":8.0,"return_bps":8.25,"return_1m_bps":8.5,\
            "return_5m_bps":8.75,"zero_return_share_5m":9.0,"volatility_1m":9.25,\
            "volatility_5m":9.5,"volatility_1h":9.75,"volatility_24h":10.0,\
            "variance_ratio_1h":10.25,"up_share_5m":10.5,"bipower_variation_1h":10.75,\
            "med_rv_1h":11.0,"jump_share_1h":11.25,"tsrv_5m":11.5,"parkinson_5m":11.75,\
            "garman_klass_5m":12.0,"rogers_satchell_5m":12.25,"ewma_volatility":12.5}}""");
    assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("acme:\"ψ\"/USD");
    assertThat(record.timestampMs()).isEqualTo(Updates.START_US / 1000);
    assertThat(record.headers()).isEmpty();
  }

  @Test
  void whatDoesNotExistIsNull() {
    double[] nothing = new double[NodeFeatures.NAMES.size()];
    Arrays.fill(nothing, Double.NaN);
    String text =
        text(
            json.map(
                new SymbolSample(
                    Updates.ACME,
                    Updates.START_US,
                    BookStatus.AWAITING_SNAPSHOT,
                    BookUpdate.NO_SEQUENCE,
                    Double.NaN,
                    Double.NaN,
                    nothing,
                    List.of())));
    assertThat(text).contains("\"book\":\"awaiting-snapshot\",\"sequence\":null,\"features\":{");
    assertThat(text.split(":null", -1)).hasSize(1 + 1 + nothing.length);
  }
}
