package io.streamforge.marketgraph;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.instrument.NodeFeatures;
import io.streamforge.instrument.SymbolSample;
import io.streamforge.market.MarketEvent;
import io.streamforge.marketgraph.SubtaskHarness.Saved;
import io.streamforge.wire.MessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A feed subscribes, gets two trades, loses its connection and subscribes again: what the venue
 * sends once more is counted once, and what it sends of the time in between is counted.
 */
class ResubscriptionTest {
  private static final long NOW = 1_723_161_255_900_000L;

  /**
   * What a venue sends; in it ' stands for ". Trades of quantities 1 and 2 came, 4 was missed, 99
   * is hours old.
   */
  record Venue(String name, int repeats, int stale, List<String> messages) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Venue> venues() {
    return List.of(
        new Venue("coinbase", 2, 1, coinbase()),
        new Venue("coinbase-pro", 1, 0, coinbasePro()),
        new Venue("bitget", 2, 1, bitget()),
        new Venue("kraken", 2, 1, kraken()),
        new Venue("gemini", 0, 0, gemini()));
  }

  private static List<String> coinbase() {
    String message =
        "{'channel':'market_trades','timestamp':'2024-08-08T23:54:15.8Z','sequence_num':0,"
            + "'events':[{'type':'%s','trades':[%s]}]}";
    String trade =
        "{'product_id':'S','trade_id':'%d','price':'9','size':'%d','time':'%s','side':'SELL'}";
    String old = trade.formatted(100, 99, "2024-08-08T20:00:00Z");
    String one = trade.formatted(101, 1, "2024-08-08T23:54:15.1Z");
    String two = trade.formatted(102, 2, "2024-08-08T23:54:15.2Z");
    String four = trade.formatted(103, 4, "2024-08-08T23:54:15.3Z");
    return List.of(
        message.formatted("update", two + "," + one),
        message.formatted("snapshot", String.join(",", four, two, one, old)));
  }

  private static List<String> coinbasePro() {
    String trade =
        "{'type':'%s','trade_id':%d,'side':'sell','size':'%d','price':'9','product_id':'S',"
            + "'time':'2024-08-08T23:54:15.%dZ'}";
    return List.of(
        trade.formatted("match", 101, 1, 1),
        trade.formatted("match", 102, 2, 2),
        trade.formatted("last_match", 102, 2, 2),
        trade.formatted("match", 103, 4, 3));
  }

  private static List<String> bitget() {
    String message =
        "{'action':'%s','arg':{'instType':'SPOT','channel':'trade','instId':'S'},'data':[%s]}";
    String trade = "{'ts':'%d','price':'9','size':'%d','side':'buy','tradeId':'%d'}";
    String old = trade.formatted(1_723_150_000_000L, 99, 1_304_314_508_780_744_000L);
    String one = trade.formatted(1_723_161_255_100L, 1, 1_304_314_508_780_744_705L);
    String two = trade.formatted(1_723_161_255_200L, 2, 1_304_314_508_780_744_999L);
    String four = trade.formatted(1_723_161_255_300L, 4, 1_304_314_508_780_745_100L);
    return List.of(
        message.formatted("update", two + "," + one),
        message.formatted("snapshot", String.join(",", four, two, one, old)));
  }

  private static List<String> kraken() {
    String message = "{'channel':'trade','type':'%s','data':[%s]}";
    String trade =
        "{'symbol':'S','side':'sell','price':9.0,'qty':%d,'ord_type':'market','trade_id':%d,"
            + "'timestamp':'%s'}";
    String old = trade.formatted(99, 100, "2024-08-08T20:00:00Z");
    String one = trade.formatted(1, 101, "2024-08-08T23:54:15.1Z");
    String two = trade.formatted(2, 102, "2024-08-08T23:54:15.2Z");
    String four = trade.formatted(4, 103, "2024-08-08T23:54:15.3Z");
    return List.of(
        message.formatted("update", one + "," + two),
        message.formatted("snapshot", String.join(",", old, one, two, four)));
  }

  /** It sends the last trades with the book, where they are not read. */
  private static List<String> gemini() {
    String trade =
        "{'type':'trade','symbol':'S','event_id':%d,'timestamp':%d,'price':'9','quantity':'%d',"
            + "'side':'sell'}";
    String one = trade.formatted(32_076_835_383L, 1_723_161_255_100L, 1);
    String two = trade.formatted(32_076_835_500L, 1_723_161_255_200L, 2);
    String four = trade.formatted(32_076_835_700L, 1_723_161_255_300L, 4);
    String book =
        "{'type':'l2_updates','symbol':'S','changes':[['buy','8','1'],['sell','9','1']],'trades':["
            + two
            + ","
            + one
            + "]}";
    return List.of(one, two, book, four);
  }

  @ParameterizedTest
  @MethodSource("venues")
  void everyTradeIsCountedOnce(Venue venue) throws Exception {
    MessageDecoder decoder = new MessageDecoder(RecordedRun.TIME, 1 << 20);
    int stale = 0;
    List<SymbolSample> samples = new ArrayList<>();
    try (SubtaskHarness<MarketEvent, SymbolSample> operator =
        SubtaskHarness.instruments(RecordedRun.INSTRUMENTS, Saved.NOTHING)) {
      for (String message : venue.messages()) {
        byte[] bytes = message.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        for (MarketEvent event : decoder.decode(venue.name(), "S", bytes, NOW)) {
          operator.process(event);
        }
        stale += decoder.staleTrades();
      }
      operator.completeUntil(1_723_161_256_000_000L);
      samples.addAll(operator.take());
      assertThat(operator.counter("duplicate_trades")).isEqualTo(venue.repeats());
      assertThat(operator.counter("trade_ids_skipped")).isZero();
    }
    assertThat(stale).isEqualTo(venue.stale());
    assertThat(samples).hasSize(1);
    assertThat(samples.get(0).features()[NodeFeatures.NAMES.indexOf("trades")]).isEqualTo(3);
    assertThat(samples.get(0).features()[NodeFeatures.NAMES.indexOf("volume")]).isEqualTo(7);
  }
}
