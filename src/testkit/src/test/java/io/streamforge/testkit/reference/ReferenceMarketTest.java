package io.streamforge.testkit.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamforge.testkit.RawMessage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The reference against numbers worked out by hand. */
class ReferenceMarketTest {
  private static final long START_MS = 1_700_000_000_000L;
  private static final String ABC = "binance-spot:ABCUSDT";

  @Test
  void tinyMarketByHand() {
    List<ReferenceMarket.Sample> samples = new ArrayList<>();
    ReferenceMarket market = ReferenceMarket.replay(tinyMarket(), samples::add);
    assertEquals(1, market.staleTrades());
    assertEquals(0, market.deadLetters());
    assertEquals(4, samples.size());
    assertEquals((START_MS + 1000) * 1000, samples.get(0).timeUs());

    Map<String, Double> one = node(samples.get(0), "live", 101L);
    is(one, "mid", 100.5);
    is(one, "weighted_mid", 605.0 / 6);
    is(one, "weighted_mid_bps", 1e4 / 3 / 100.5);
    is(one, "spread_bps", 1e4 / 100.5);
    is(one, "imbalance_1", 4.0 / 6);
    is(one, "imbalance_5", (8.0 - 401) / 409);
    is(one, "imbalance_20", (8.0 - 401) / 409);
    is(one, "known_depth_bps", 1000.0);
    is(one, "depth_bid_10bps", 0.0);
    is(one, "depth_ask_10bps", 0.0);
    is(one, "depth_bid_50bps", 500.0); // as far as 99.9975
    is(one, "depth_ask_50bps", 101.0); // as far as 101.0025
    is(one, "log_depth_10bps", null);
    is(one, "impact_buy_bps", 1e4 * (10_000 / (1 + 9_899.0 / 102) - 100.5) / 100.5);
    is(one, "impact_sell_bps", null); // the bids hold 797
    is(one, "ofi", 3.0);
    is(one, "ofi_normalised", 3.0 / 409);
    is(one, "ofi_normalised_1m", null);
    is(one, "book_updates", 2.0);
    is(one, "book_age_ms", 700.0);
    is(one, "trades", 1.0);
    is(one, "volume", 0.5);
    is(one, "signed_volume", 0.5);
    is(one, "quote_volume", 50.5);
    is(one, "log_quote_volume", Math.log(51.5));
    is(one, "vwap", 101.0);
    is(one, "vwap_bps", 1e4 * 0.5 / 100.5);
    is(one, "effective_spread_bps", 2e4 * 0.5 / 100.5);
    is(one, "return_bps", null);
    is(one, "volatility_1m", null);
    assertEquals(51, one.size());

    Map<String, Double> two = node(samples.get(1), "live", 104L);
    is(two, "mid", 100.75);
    is(two, "ofi", 1.0 - 7);
    is(two, "book_updates", 2.0);
    is(two, "book_age_ms", 500.0);
    is(two, "signed_volume", -2.0);
    is(two, "effective_spread_bps", 2e4 / 101); // the message of the same instant comes too late
    is(two, "vwap_bps", -1e4 * 0.75 / 100.75);
    is(two, "return_bps", 1e4 * Math.log(100.75 / 100.5));

    Map<String, Double> three = node(samples.get(2), "gap", 104L);
    for (String name : ReferenceMarket.BOOK_FEATURES) {
      is(three, name, null);
    }
    is(three, "return_bps", null);
    is(three, "trades", 0.0);
    is(three, "volume", 0.0);
    is(three, "log_quote_volume", 0.0);
    is(three, "vwap", null);

    Map<String, Double> four = node(samples.get(3), "live", 106L);
    is(four, "mid", 101.5);
    is(four, "ofi", 0.0);
    is(four, "book_updates", 1.0);
    is(four, "book_age_ms", 1800.0); // the delta that waited was applied last
    is(four, "trades", 1.0); // the late one
    is(four, "effective_spread_bps", 2e4 * -0.5 / 101.5);
    is(four, "return_bps", null);
  }

  /** A quote that is worth 2, nominally, and what ABC costs at the time: 100.5, then nothing. */
  @Test
  void aRateIsTheMidOfAnotherInstrumentAsOfTheSample() {
    List<RawMessage> records = new ArrayList<>();
    records.add(snapshot("ABCUSDT", 500, 1, "[\"100\",\"1\"]", "[\"101\",\"1\"]"));
    records.add(snapshot("XYZABC", 500, 1, "[\"9.999\",\"100\"]", "[\"10.001\",\"5000\"]"));
    records.add(snapshot("ABCUSDT", 1500, 2, "[\"100\",\"1\"]", "[\"99\",\"1\"]"));
    ReferenceRate rate = new ReferenceRate(BigDecimal.valueOf(2), ABC);
    List<ReferenceMarket.Sample> samples = new ArrayList<>();
    ReferenceMarket.replay(records, Map.of("binance-spot:XYZABC", rate), samples::add);
    Map<String, Double> first = samples.get(0).nodes().get(1).features();
    is(first, "log_depth_10bps", Math.log((999.9 + 50_005) * 100.5));
    is(first, "log_quote_volume", 0.0);
    is(first, "impact_buy_bps", 1.0); // for 5000
    is(first, "impact_sell_bps", null);
    Map<String, Double> second = samples.get(1).nodes().get(1).features();
    is(second, "mid", 10.0);
    is(second, "log_depth_10bps", null);
    is(second, "log_quote_volume", null);
    is(second, "impact_buy_bps", 1.0);
  }

  @Test
  void orderBetweenTopicsDoesNotMatter() {
    List<ReferenceMarket.Sample> samples = new ArrayList<>();
    ReferenceMarket.replay(tinyMarket(), samples::add);
    for (boolean tradesFirst : new boolean[] {true, false}) {
      List<RawMessage> apart = new ArrayList<>(tinyMarket());
      apart.sort(Comparator.comparing(record -> record.isTrade() != tradesFirst));
      List<ReferenceMarket.Sample> again = new ArrayList<>();
      ReferenceMarket.replay(apart, again::add);
      assertEquals(samples, again);
    }
  }

  /** Five levels a side may be cut there: what lies beyond is known where the other side was. */
  @Test
  void aBookIsKnownAsFarAsItsSnapshotReachedOrTheOtherSideHasBeen() {
    List<RawMessage> records = new ArrayList<>();
    records.add(
        snapshot(
            "ABCUSDT",
            500,
            100,
            "[\"100\",\"1\"],[\"99.9\",\"1\"],[\"99.8\",\"1\"],[\"99.7\",\"1\"],[\"99.5\",\"1\"]",
            "[\"100.1\",\"1\"],[\"100.2\",\"1\"],[\"100.3\",\"1\"],[\"100.4\",\"1\"],"
                + "[\"100.6\",\"3\"]"));
    String noBid = "[\"100\",\"0\"],[\"99.9\",\"0\"],[\"99.8\",\"0\"],[\"99.7\",\"0\"]";
    records.add(delta(1500, 101, 101, noBid, "[\"100\",\"1\"]"));
    records.add(delta(2500, 102, 102, "[\"99.5\",\"0\"],[\"99.3\",\"2\"]", ""));
    records.add(delta(4500, 103, 103, "", "[\"99.4\",\"1\"]"));
    records.add(delta(5500, 104, 104, "", "[\"99.6\",\"1\"],[\"99.4\",\"0\"]"));
    List<ReferenceMarket.Sample> samples = new ArrayList<>();
    ReferenceMarket.replay(records, samples::add);

    Map<String, Double> given = node(samples.get(0), "live", 100L);
    is(given, "known_depth_bps", 1e4 * 0.55 / 100.05);
    is(given, "imbalance_5", -2.0 / 12);
    is(given, "imbalance_20", null);
    is(given, "ofi", null); // no delta has been sent
    is(given, "ofi_normalised", null);

    Map<String, Double> atTheEnd = node(samples.get(1), "live", 101L);
    is(atTheEnd, "known_depth_bps", 1e4 * 0.25 / 99.75);
    is(atTheEnd, "imbalance_1", 0.0);
    is(atTheEnd, "imbalance_5", null);
    is(atTheEnd, "ofi", -1.0 - 1);

    Map<String, Double> beyond = node(samples.get(2), "live", 102L); // by more than 0.1
    is(beyond, "known_depth_bps", 1e4 * 0.15 / 99.65);
    Map<String, Double> unproven = node(samples.get(3), "live", 102L);
    for (String name : ReferenceMarket.BOOK_FEATURES) {
      is(unproven, name, null);
    }

    Map<String, Double> proven = node(samples.get(4), "live", 103L); // nothing below 99.4
    is(proven, "known_depth_bps", 0.0);
    is(proven, "imbalance_1", 1.0 / 3);
    Map<String, Double> kept = node(samples.get(5), "live", 104L);
    is(kept, "known_depth_bps", 1e4 * 0.05 / 99.45);
    is(kept, "depth_ask_50bps", 99.6);
  }

  @Test
  void goesStaleAfterAMinuteAndLeavesAfterFive() {
    List<RawMessage> records = new ArrayList<>();
    records.add(snapshot("ABCUSDT", 500, 1, "[\"100\",\"1\"]", "[\"101\",\"1\"]"));
    records.add(snapshot("XYZUSDT", 305_500, 1, "[\"100\",\"1\"]", "[\"99\",\"1\"]"));
    List<String> statuses = new ArrayList<>();
    ReferenceMarket.replay(
        records, sample -> sample.nodes().forEach(node -> statuses.add(node.book())));
    assertEquals(60, statuses.stream().filter("live"::equals).count());
    assertEquals(240, statuses.stream().filter("stale"::equals).count());
    assertEquals("crossed", statuses.get(300));
    assertEquals(301, statuses.size());
  }

  @Test
  void twoThatMoveTogetherAreOneEdge() {
    List<RawMessage> records = new ArrayList<>();
    for (int second = 0; second < 45; second++) {
      int bid = 100 + second % 2;
      for (String symbol : List.of("XYZUSDT", "ABCUSDT")) {
        records.add(
            snapshot(
                symbol,
                second * 1000 + 500,
                second,
                "[\"" + bid + "\",\"1\"]",
                "[\"" + (bid + 1) + "\",\"1\"]"));
      }
    }
    List<ReferenceMarket.Sample> samples = new ArrayList<>();
    ReferenceMarket.replay(records, samples::add);
    assertTrue(samples.get(38).edges().isEmpty()); // 34 returns of 5 s, but not the time to choose
    ReferenceMarket.Edge there = samples.get(39).edges().get(0);
    ReferenceMarket.Edge back = samples.get(39).edges().get(1);
    assertEquals(ABC, there.source());
    assertEquals(ABC, back.target());
    assertEquals(there.attributes(), back.attributes());
    is(there.attributes(), "correlation_5m", 1.0);
    double variance = 35; // every product is the same
    for (int lag = 1; lag <= 8; lag++) {
      variance += 2 * (1 - lag / 9.0) * (35 - lag);
    }
    is(there.attributes(), "correlation_t_5m", 35 / Math.sqrt(variance));
    is(there.attributes(), "correlation_1s_5m", 1.0);
    is(there.attributes(), "beta_5m", 1.0);
    is(there.attributes(), "observations", 35.0);
    is(there.attributes(), "moves", 35.0);
    is(there.attributes(), "in_tree", 1.0);
    is(samples.get(41).edges().get(0).attributes(), "observations", 37.0);

    Map<String, Double> features = samples.get(39).nodes().get(0).features();
    double r = Math.log(101.5 / 100.5);
    is(features, "zero_return_share_5m", 0.0);
    is(features, "volatility_1m", r * Math.sqrt(31_536_000));
    is(features, "volatility_5m", r * Math.sqrt(31_536_000));
    is(features, "volatility_1h", null);
  }

  /** The quotes and the result of golden/ofi.json, after Cont, Kukanov and Stoikov 2014. */
  @Test
  void orderFlowImbalanceOfThePaper() {
    String[][] quotes = {
      {"100", "5", "101", "4"},
      {"100", "8", "101", "4"},
      {"100.5", "2", "101", "4"},
      {"100.5", "2", "101", "1"},
      {"100.5", "2", "102", "6"},
      {"99", "3", "102", "6"}
    };
    int[] flows = {3, 2, 3, 1, -2};
    int sum = 0;
    for (int i = 0; i < flows.length; i++) {
      assertEquals(BigDecimal.valueOf(flows[i]), quote(quotes[i + 1]).flowSince(quote(quotes[i])));
      sum += flows[i];
    }
    assertEquals(7, sum);
  }

  private static List<RawMessage> tinyMarket() {
    return List.of(
        snapshot(
            "ABCUSDT",
            100,
            100,
            "[\"100\",\"2\"],[\"99\",\"3\"]",
            "[\"101\",\"1\"],[\"102\",\"400\"]"),
        delta(300, 101, 101, "[\"100\",\"5\"]", ""),
        trade(450, 460, "101", "0.5", false),
        delta(1200, 102, 103, "", "[\"101\",\"0\"]"),
        delta(1500, 104, 104, "", "[\"101.5\",\"7\"]"),
        trade(1500, 1510, "100", "2", true),
        delta(2200, 106, 106, "[\"101\",\"2\"]", ""),
        snapshot("ABCUSDT", 3300, 105, "[\"100\",\"1\"]", "[\"102\",\"1\"]"),
        trade(-8000, 4100, "500", "1", false),
        trade(2500, 4200, "101", "1", false));
  }

  private static RawMessage snapshot(String symbol, long atMs, long id, String bids, String asks) {
    String value = "{'lastUpdateId':%d,'bids':[%s],'asks':[%s]}".formatted(id, bids, asks);
    return record("raw-orderbooks", symbol, atMs, value);
  }

  private static RawMessage delta(long atMs, long first, long last, String bids, String asks) {
    String value =
        "{'stream':'abcusdt@depth','data':{'e':'depthUpdate','E':%d,'s':'ABCUSDT',"
            + "'U':%d,'u':%d,'b':[%s],'a':[%s]}}";
    return record(
        "raw-orderbooks",
        "ABCUSDT",
        atMs + 10,
        value.formatted(START_MS + atMs, first, last, bids, asks));
  }

  private static RawMessage trade(
      long atMs, long receivedMs, String price, String quantity, boolean sold) {
    String value =
        "{'stream':'abcusdt@trade','data':{'e':'trade','E':%d,'s':'ABCUSDT','t':1,"
            + "'p':'%s','q':'%s','T':%d,'m':%b,'M':true}}";
    long time = START_MS + atMs;
    return record(
        "raw-trades", "ABCUSDT", receivedMs, value.formatted(time, price, quantity, time, sold));
  }

  private static RawMessage record(String topic, String key, long receivedMs, String value) {
    return new RawMessage(
        topic, key, "binance-spot", (START_MS + receivedMs) * 1000, value.replace('\'', '"'));
  }

  private static Map<String, Double> node(
      ReferenceMarket.Sample sample, String book, Long sequence) {
    assertEquals(1, sample.nodes().size());
    ReferenceMarket.Node node = sample.nodes().get(0);
    assertEquals(ABC, node.instrument());
    assertEquals(book, node.book());
    assertEquals(sequence, node.sequence());
    return node.features();
  }

  private static Quote quote(String... numbers) {
    return new Quote(Level.of(numbers[0], numbers[1]), Level.of(numbers[2], numbers[3]));
  }

  private static void is(Map<String, Double> values, String name, Double expected) {
    assertTrue(values.containsKey(name), name);
    if (expected == null) {
      assertNull(values.get(name), name);
    } else {
      assertEquals(expected, values.get(name), 1e-12 * Math.max(1, Math.abs(expected)), name);
    }
  }
}
