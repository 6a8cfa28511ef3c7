package io.streamforge.marketgraph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.engine.MarketCount;
import org.junit.jupiter.api.Test;

/** Small inputs that broke books and features of other tools, each with what is right. */
class FaultsTest {

  private static FaultRun run(String name) throws Exception {
    return FaultRun.of(name);
  }

  @Test
  void frozenLiveBook() throws Exception {
    FaultRun run = run("frozen-live-book");
    // One absurd number; a second from which the venue's time says so.
    assertThat(run.book("x:AUSD", 6)).isEqualTo("live 102.6");
    assertThat(run.book("x:AUSD", 8)).isEqualTo("gap");
    assertThat(run.book("x:AUSD", 20)).isEqualTo("gap");
    assertThat(run.book("x:AUSD", 21)).isEqualTo("live 110.1");
    assertThat(run.book("x:AUSD", 149)).isEqualTo("live 174.1");
    assertThat(run.resyncs()).anyMatch(request -> request.startsWith("x:AUSD counts-anew"));
    // The venue begins to count anew.
    assertThat(run.resyncs()).anyMatch(request -> request.startsWith("x:BUSD counts-anew"));
    assertThat(run.book("x:BUSD", 149)).isEqualTo("live 174.1");
    // Nothing is wrong.
    assertThat(run.book("x:CUSD", 149)).isEqualTo("live 174.1");
    assertThat(run.resyncs()).noneMatch(request -> request.startsWith("x:CUSD"));
  }

  @Test
  void okxResetMessageLost() throws Exception {
    FaultRun run = run("okx-reset-message-lost");
    assertThat(run.book("okx:OKL-USDT", 3)).isEqualTo("live 100.5");
    assertThat(run.book("okx:OKL-USDT", 4)).isEqualTo("gap");
    assertThat(run.book("okx:OKL-USDT", 14)).isEqualTo("gap");
    assertThat(run.resyncs()).containsExactly("okx:OKL-USDT counts-anew 5010 3");
  }

  @Test
  void bitgetPseq() throws Exception {
    FaultRun run = run("bitget-pseq");
    for (int second = 2; second <= 12; second++) {
      assertThat(run.book("bitget-spot:PSEQUSDT", second))
          .isEqualTo("live %d.05".formatted(101 - second));
    }
    assertThat(run.book("bitget-spot:PSEQUSDT", 14)).isEqualTo("gap");
    assertThat(run.resyncs()).containsExactly("bitget-spot:PSEQUSDT gap 1077 1084");
    assertThat(run.deadLetters()).isEmpty();
  }

  @Test
  void bitgetChecksumZero() throws Exception {
    FaultRun run = run("bitget-checksum-zero-pseq");
    assertThat(run.book("bitget-spot:PSEQZUSDT", 2)).isEqualTo("live 99.05");
    assertThat(run.deadLetters()).isEmpty();
  }

  @Test
  void bitgetSpotAndFutures() throws Exception {
    FaultRun run = run("bitget-spot-and-futures");
    assertThat(run.instruments())
        .containsExactly("bitget-spot:TWOUSDT", "bitget-usdt-futures:TWOUSDT");
    assertThat(run.book("bitget-spot:TWOUSDT", 5)).isEqualTo("live 100.25");
    assertThat(run.book("bitget-usdt-futures:TWOUSDT", 5)).isEqualTo("live 90.25");
    assertThat(run.feature("bitget-spot:TWOUSDT", 5, "spread_bps")).isCloseTo(49.9, within(0.1));
    assertThat(run.feature("bitget-usdt-futures:TWOUSDT", 5, "spread_bps"))
        .isCloseTo(55.4, within(0.1));
  }

  @Test
  void bitgetV3() throws Exception {
    FaultRun run = run("bitget-v3-uta");
    assertThat(run.deadLetters()).isEmpty();
    assertThat(run.book("bitget-usdt-futures:UTAUSDT", 2)).isEqualTo("live 100.05");
  }

  @Test
  void bitgetTradeOrder() throws Exception {
    FaultRun run = run("bitget-trade-order");
    Double newest = null;
    for (int second = 1; second < 200; second++) {
      Double one;
      try {
        one = run.feature("bitget-spot:ONEBYONEUSDT", second, "roll_spread_1m_bps");
      } catch (AssertionError e) {
        break;
      }
      assertThat(run.feature("bitget-spot:NEWFIRSTUSDT", second, "roll_spread_1m_bps"))
          .isEqualTo(one);
      newest = one == null ? newest : one;
    }
    assertThat(newest).isNotNull();
  }

  @Test
  void bitstampCrossedResync() throws Exception {
    FaultRun run = run("bitstamp-crossed-resync");
    assertThat(run.book("bitstamp:crosseur", 5)).isEqualTo("crossed");
    assertThat(run.book("bitstamp:crosseur", 8)).isEqualTo("live 100.8");
  }

  @Test
  void bitstampZeroPriceLevel() throws Exception {
    FaultRun run = run("bitstamp-zero-price-level");
    assertThat(run.book("bitstamp:zerousdt", 2)).isEqualTo("live 100.25");
    assertThat(run.deadLetters()).isEmpty();
  }

  @Test
  void bitstampOutOfOrder() throws Exception {
    FaultRun run = run("bitstamp-out-of-order");
    assertThat(run.book("bitstamp:oooeur", 3)).isEqualTo("live 99.75");
    assertThat(run.book("bitstamp:oooeur", 7)).isEqualTo("live 99.75");
  }

  @Test
  void bigQuantities() throws Exception {
    FaultRun run = run("binance-spot-big-quantity");
    assertThat(run.book("binance-spot:WINUSDT", 3)).isEqualTo("live 3.1205E-5");
    assertThat(run.deadLetters()).isEmpty();
    FaultRun delta = run("binance-spot-big-quantity-delta");
    assertThat(delta.book("binance-spot:BIGDUSDT", 3)).isEqualTo("live 3.1205E-5");
    assertThat(delta.deadLetters()).isEmpty();
  }

  @Test
  void insuranceFund() throws Exception {
    FaultRun run = run("usdm-insurance-fund");
    for (int second : new int[] {6, 8}) {
      assertThat(run.feature("binance-usdm:INSUSDT", second, "trades")).isEqualTo(1);
      assertThat(run.feature("binance-usdm:INSUSDT", second, "volume")).isEqualTo(1);
      assertThat(run.feature("binance-usdm:INSUSDT", second, "vwap_bps"))
          .isCloseTo(5.0, within(0.01));
      assertThat(run.feature("binance-usdm:INSUSDT", second, "effective_spread_bps"))
          .isCloseTo(10.0, within(0.01));
    }
  }

  @Test
  void tradesThatAreNone() throws Exception {
    FaultRun run = run("usdm-na-trade");
    assertThat(run.deadLetters()).isEmpty();
    assertThat(run.count(MarketCount.TRADE_IDS_SKIPPED)).isZero();
  }

  @Test
  void oneBadTradeOfABatch() throws Exception {
    FaultRun run = run("bybit-batch-one-bad");
    for (int second : new int[] {2, 3, 5}) {
      assertThat(run.feature("bybit-linear:BADUSDT", second, "trades")).isEqualTo(5);
    }
    assertThat(run.feature("bybit-linear:BADUSDT", 4, "trades")).isEqualTo(4);
  }

  @Test
  void twoDepths() throws Exception {
    FaultRun run = run("bybit-two-depths");
    assertThat(run.book("bybit-linear:TWODUSDT", 10)).startsWith("live");
    assertThat(run.feature("bybit-linear:TWODUSDT", 10, "imbalance_5")).isNotNull();
    assertThat(run.feature("bybit-linear:TWODUSDT", 5, "book_updates")).isEqualTo(1);
    assertThat(run.count(MarketCount.BOOK_MESSAGES_UNUSED)).isGreaterThan(10);
    assertThat(run.resyncs()).isEmpty();
  }

  @Test
  void krakenThinDepth25() throws Exception {
    FaultRun run = run("kraken-v2-thin-depth25");
    assertThat(run.book("kraken:THIN/USD", 2)).isEqualTo("live 100.5");
    assertThat(run.book("kraken:THIN/USD", 10)).isEqualTo("live 100.3");
    assertThat(run.count(MarketCount.CHECKSUM_FAILURES)).isZero();
  }

  @Test
  void controlMessages() throws Exception {
    FaultRun run = run("control-messages");
    assertThat(run.deadLetters()).isEmpty();
    assertThat(run.unused()).isEqualTo(30);
  }

  @Test
  void partialDepthBesideASnapshot() throws Exception {
    FaultRun run = run("usdm-partial-depth-with-snapshot");
    assertThat(run.book("binance-usdm:PARSUSDT", 3)).isEqualTo("live 99.85");
    assertThat(run.book("binance-usdm:PARSUSDT", 5)).isEqualTo("live 99.65");
  }

  @Test
  void snapshotOnlyFeeds() throws Exception {
    FaultRun run = run("snapshot-only-feeds");
    for (String id : new String[] {"bybit-spot:SNAP1USDT", "binance-spot:SNAP5USDT"}) {
      assertThat(run.feature(id, 4, "ofi")).isNull();
      assertThat(run.feature(id, 4, "mid")).isEqualTo(100.05);
    }
    assertThat(run.feature("bybit-spot:DELTAUSDT", 4, "ofi")).isNotNull();
  }

  /** First come, first seated; the rest have symbol-features; counted, named in the record. */
  @Test
  void floodOf501Symbols() throws Exception {
    FaultRun run = run("flood-501-symbols");
    assertThat(run.instruments()).hasSize(501);
    assertThat(run.feature("x:S0500", 1, "trades")).isEqualTo(1);
    JsonNode graph = run.graphs().get(0);
    assertThat(graph.get("num_nodes").asInt()).isEqualTo(500);
    assertThat(graph.get("node_ids").get(499).asText()).isEqualTo("x:S0499");
    for (JsonNode each : run.graphs()) {
      assertThat(each.get("num_nodes_left_out").asInt()).isEqualTo(1);
      assertThat(each.get("nodes_left_out").get(0).asText()).isEqualTo("x:S0500");
    }
    assertThat(run.graphs()).hasSize(3);
    assertThat(run.deadLetters()).isEmpty();
  }

  @Test
  void names() throws Exception {
    FaultRun run = run("names");
    assertThat(run.instruments())
        .allMatch(id -> id.substring(0, id.indexOf(':')).matches("[a-z0-9][a-z0-9.-]*"));
    assertThat(run.deadLetters()).isNotEmpty();
  }

  @Test
  void symbolWhoseClassDependsOnTheJdk() throws Exception {
    FaultRun run = run("symbol-u0890");
    assertThat(run.deadLetters()).hasSize(10);
    assertThat(run.instruments()).isEmpty();
  }
}
