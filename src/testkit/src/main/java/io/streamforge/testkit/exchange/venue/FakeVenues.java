package io.streamforge.testkit.exchange.venue;

import static java.util.Map.entry;

import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.exchange.ExchangeFloor;
import io.streamforge.testkit.exchange.ExchangeProtocol;
import io.streamforge.testkit.exchange.ExchangeSetup;
import io.streamforge.testkit.exchange.FakeExchange;
import io.streamforge.testkit.exchange.market.GeminiRetold;
import io.streamforge.testkit.exchange.wording.RetoldMarket;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The venues that can be played, by name. */
public final class FakeVenues {
  private static final Map<String, Function<ExchangeFloor, ExchangeProtocol>> PROTOCOLS =
      new TreeMap<>(
          Map.ofEntries(
              entry("binance-coinm", floor -> new BinanceProtocol(BinanceMarket.COINM, floor)),
              entry("binance-spot", floor -> new BinanceProtocol(BinanceMarket.SPOT, floor)),
              entry("binance-us", floor -> new BinanceProtocol(BinanceMarket.SPOT, floor)),
              entry("binance-usdm", floor -> new BinanceProtocol(BinanceMarket.USDM, floor)),
              entry("bitget-spot", floor -> new BitgetProtocol(floor, "spot")),
              entry("bitstamp", BitstampProtocol::new),
              entry("bybit-inverse", floor -> new BybitProtocol(floor, "inverse")),
              entry("bybit-linear", floor -> new BybitProtocol(floor, "linear")),
              entry("bybit-spot", floor -> new BybitProtocol(floor, "spot")),
              entry("coinbase", CoinbaseProtocol::new),
              entry("coinbase-pro", CoinbaseProProtocol::new),
              entry("gemini", GeminiProtocol::new),
              entry("kraken", KrakenProtocol::new),
              entry("okx", OkxProtocol::new)));

  private FakeVenues() {}

  /**
   * A recording in the words that the venue uses today: Gemini and OKX have other messages than
   * when they were recorded. Bitget has no recording: one of OKX stands in.
   *
   * @throws java.io.UncheckedIOException if a message cannot be read
   */
  public static List<RawMessage> asToday(String venue, List<RawMessage> recording) {
    return switch (venue) {
      case "bitget-spot" -> RetoldMarket.byBitget(recording);
      case "gemini" -> GeminiRetold.of(recording);
      case "okx" -> RetoldMarket.byOkx(recording);
      default -> recording;
    };
  }

  /**
   * Starts a venue.
   *
   * @param recording messages of that venue, in order of receive time
   * @throws IllegalArgumentException if the venue is unknown, or the recording is not as said
   * @throws java.io.UncheckedIOException if its port cannot be had
   */
  public static FakeExchange start(String venue, List<RawMessage> recording, ExchangeSetup setup) {
    Function<ExchangeFloor, ExchangeProtocol> protocol = PROTOCOLS.get(venue);
    if (protocol == null) {
      throw new IllegalArgumentException(
          "venue is " + venue + ", known: " + String.join(", ", PROTOCOLS.keySet()));
    }
    return FakeExchange.start(venue, protocol, recording, setup);
  }
}
