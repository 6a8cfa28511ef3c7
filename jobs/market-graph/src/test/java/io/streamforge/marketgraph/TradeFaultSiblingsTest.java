package io.streamforge.marketgraph;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.engine.MarketCount;
import org.junit.jupiter.api.Test;

/** Faults of {@link FaultsTest} that trades, and messages of other kinds, can have elsewhere. */
class TradeFaultSiblingsTest {
  private static final String OKX = "{'arg':{'channel':'trades','instId':'A-B'},'data':[%s]}";
  private static final String OKX_TRADE =
      "{'instId':'A-B','tradeId':'%d','px':'%s','sz':'%s','side':'buy','ts':'TIME'}";
  private static final String BYBIT = "{'topic':'publicTrade.X','data':[%s]}";
  private static final String BYBIT_TRADE =
      "{'T':TIME,'s':'X','S':'Buy','v':'%s','p':'%s','i':'%d','BT':%b}";
  private static final String KRAKEN = "{'channel':'trade','type':'update','data':[%s]}";
  private static final String KRAKEN_TRADE =
      "{'symbol':'X/USD','side':'buy','price':%s,'qty':%s,'ord_type':'market','trade_id':%d,"
          + "'timestamp':'2026-09-21T14:13:20.090000Z'}";
  private static final String COINBASE =
      "{'channel':'market_trades','timestamp':'2026-09-21T14:13:20.09Z','sequence_num':0,"
          + "'events':[{'type':'update','trades':[%s]}]}";
  private static final String COINBASE_TRADE =
      "{'product_id':'X-USD','trade_id':'%d','price':'%s','size':'%s',"
          + "'time':'2026-09-21T14:13:20.09Z','side':'SELL'}";

  private final FaultMessages messages = new FaultMessages();

  private static String okx(int id, String price, String quantity) {
    return OKX_TRADE.formatted(id, price, quantity);
  }

  private static String kraken(int id, String quantity) {
    return KRAKEN_TRADE.formatted("100", quantity, id);
  }

  private static String coinbase(int id, String quantity) {
    return COINBASE_TRADE.formatted(id, "100", quantity);
  }

  private static String coinbaseAt(int second, int id, String price) {
    String time = "T14:%02d:%02d".formatted(13 + (20 + second) / 60, (20 + second) % 60);
    return COINBASE_TRADE.formatted(id, price, "1").replace("T14:13:20", time);
  }

  /** One trade of a batch cannot be read. */
  @Test
  void oneBadTradeOfABatch() {
    messages.trades(
        "okx",
        "A-B",
        0,
        OKX.formatted(String.join(",", okx(1, "100", "1"), okx(2, "0", "1"), okx(3, "100", "2"))));
    messages.trades(
        "kraken",
        "X/USD",
        0,
        KRAKEN.formatted(String.join(",", kraken(1, "1"), kraken(2, "0"), kraken(3, "2"))));
    messages.trades(
        "coinbase",
        "X-USD",
        0,
        COINBASE.formatted(String.join(",", coinbase(3, "1"), coinbase(2, "0"), coinbase(1, "2"))));
    messages.trades("okx", "A-B", 3, OKX.formatted(okx(9, "100", "1")));
    FaultRun run = messages.run();
    for (String id : new String[] {"okx:A-B", "kraken:X/USD", "coinbase:X-USD"}) {
      assertThat(run.feature(id, 1, "trades")).as(id).isEqualTo(2);
      assertThat(run.feature(id, 1, "volume")).as(id).isEqualTo(3);
    }
    assertThat(run.deadLetters()).hasSize(3);
  }

  /** The newest trade stands first in a message. */
  @Test
  void newestTradeFirst() {
    for (int second = 0; second < 70; second++) {
      int id = 10 * second;
      String lower = Integer.toString(100 + second % 3);
      String higher = Integer.toString(104 + second % 2);
      messages.trades(
          "okx",
          "A-B",
          second,
          OKX.formatted(okx(id + 2, higher, "1") + "," + okx(id + 1, lower, "1")));
      for (String one : new String[] {okx(id + 1, lower, "1"), okx(id + 2, higher, "1")}) {
        messages.trades(
            "okx", "C-D", second, OKX.replace("A-B", "C-D").formatted(one.replace("A-B", "C-D")));
      }
      String first = coinbaseAt(second, 2 * second + 1, lower);
      String last = coinbaseAt(second, 2 * second + 2, higher);
      messages.trades("coinbase", "X-USD", second, COINBASE.formatted(last + "," + first));
      for (String one : new String[] {first, last}) {
        messages.trades(
            "coinbase", "Y-USD", second, COINBASE.formatted(one.replace("X-USD", "Y-USD")));
      }
    }
    FaultRun run = messages.run();
    Double spread = run.feature("okx:C-D", 68, "roll_spread_1m_bps");
    assertThat(spread).isNotNull();
    for (String id : new String[] {"okx:A-B", "coinbase:X-USD", "coinbase:Y-USD"}) {
      assertThat(run.feature(id, 68, "roll_spread_1m_bps")).as(id).isEqualTo(spread);
    }
  }

  /** Trades that were agreed on away from the book are none of the market's. */
  @Test
  void tradesAwayFromTheBook() {
    for (String venue : new String[] {"bybit-linear", "bybit-spot", "bybit-inverse"}) {
      messages.trades(
          venue,
          "X",
          0,
          BYBIT.formatted(
              BYBIT_TRADE.formatted("1", "100", 1, false)
                  + ","
                  + BYBIT_TRADE.formatted("20", "90", 2, true)));
    }
    messages.trades(
        "bybit-linear", "X", 3, BYBIT.formatted(BYBIT_TRADE.formatted("1", "100", 9, false)));
    FaultRun run = messages.run();
    for (String venue : new String[] {"bybit-linear", "bybit-spot", "bybit-inverse"}) {
      assertThat(run.feature(venue + ":X", 1, "trades")).isEqualTo(1);
      // An inverse contract is of one dollar, at a price of 100.
      double volume = venue.equals("bybit-inverse") ? 0.01 : 1;
      assertThat(run.feature(venue + ":X", 1, "volume")).isEqualTo(volume);
    }
    assertThat(run.count(MarketCount.BLOCK_TRADES)).isEqualTo(3);
    assertThat(run.deadLetters()).isEmpty();
  }
}
