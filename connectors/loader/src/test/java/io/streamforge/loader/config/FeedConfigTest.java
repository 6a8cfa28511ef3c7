package io.streamforge.loader.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedConfigTest {
  @ParameterizedTest
  @CsvSource({
    "*USDT, BTCUSDT, true",
    "*USDT, USDT, true",
    "*USDT, BTCUSDTX, false",
    "BTC*, BTCUSDT, true",
    "*/USD, BTC/USD, true",
    "B*-*D, BTC-USD, true",
    "B.C*, BTCUSDT, false",
    "BTCUSDT, BTCUSDT, true",
    "BTCUSDT, btcusdt, false",
    "*, anything, true"
  })
  void aStarStandsForAnyText(String pattern, String symbol, boolean covers) {
    FeedConfig feed = FeedConfig.of("binance-spot", List.of(pattern));
    assertThat(feed.covers(symbol)).isEqualTo(covers);
    assertThat(feed.hasPatterns()).isEqualTo(pattern.contains("*"));
    assertThat(feed.named().isEmpty()).isEqualTo(pattern.contains("*"));
  }
}
