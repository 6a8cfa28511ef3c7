package io.streamforge.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which of a sample's numbers each feature is. */
class BookFeatureTest {
  private static final BookAsOf BOOK =
      new BookAsOf(
          BookStatus.LIVE,
          1,
          2,
          3,
          1_500_000,
          new BookAsOf.Prices(10, 11, 12, 13),
          new BookAsOf.Imbalances(0.1, 0.5, 0.2),
          new BookAsOf.Depths(21, 22, 23, 24),
          new BookAsOf.Impacts(31, 32),
          4,
          new BookAsOf.Known(40, true, false));

  private static BookSample sample(BookStatus status, boolean touchProven) {
    return new BookSample(BOOK, status, 2_000_000, 50, 51, 52, 53, touchProven);
  }

  private static Map<String, Double> values(BookSample sample) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (BookFeature feature : BookFeature.values()) {
      values.put(feature.description().name(), feature.of(sample));
    }
    return values;
  }

  @Test
  void eachIsTheNumberItsNameSays() {
    Map<String, Double> expected = new LinkedHashMap<>();
    expected.put("mid", 10.0);
    expected.put("weighted_mid", 11.0);
    expected.put("weighted_mid_bps", 12.0);
    expected.put("spread_bps", 13.0);
    expected.put("imbalance_1", 0.1);
    expected.put("imbalance_5", 0.5);
    expected.put("imbalance_20", 0.2);
    expected.put("known_depth_bps", 40.0);
    expected.put("depth_bid_10bps", 21.0);
    expected.put("depth_ask_10bps", 22.0);
    expected.put("depth_bid_50bps", 23.0);
    expected.put("depth_ask_50bps", 24.0);
    expected.put("log_depth_10bps", 43.0); // its logarithm is of the reference currency
    expected.put("impact_buy_bps", 31.0);
    expected.put("impact_sell_bps", 32.0);
    expected.put("ofi", 51.0);
    expected.put("ofi_normalised", 12.5);
    expected.put("ofi_normalised_1m", 13.0);
    expected.put("book_updates", 53.0);
    expected.put("book_age_ms", 500.0);
    assertThat(values(sample(BookStatus.LIVE, true))).containsExactlyEntriesOf(expected);
  }

  @Test
  void theMidOfASampleIsItsFeature() {
    assertThat(sample(BookStatus.LIVE, true).mid()).isEqualTo(10);
    assertThat(sample(BookStatus.LIVE, false).mid()).isNaN();
  }

  @Test
  void noneExistsUnlessTheBookIsLiveAndItsTouchProven() {
    assertThat(values(sample(BookStatus.STALE, true)).values()).containsOnly(Double.NaN);
    assertThat(values(sample(BookStatus.LIVE, false)).values()).containsOnly(Double.NaN);
    BookSample noPrices =
        new BookSample(BookAsOf.NOTHING, BookStatus.LIVE, 0, 50, 51, 52, 53, true);
    assertThat(values(noPrices).values()).containsOnly(Double.NaN);
  }
}
