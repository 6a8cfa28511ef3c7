package io.streamforge.wire;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The venues that can be read. A new venue is a decoder and a line here. */
public final class Venues {
  private static final Map<String, Supplier<VenueDecoder>> DECODERS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("binance-coinm", BinanceDecoder::new),
              Map.entry("binance-spot", BinanceDecoder::new),
              Map.entry("binance-us", BinanceDecoder::new),
              Map.entry("binance-usdm", BinanceDecoder::new),
              Map.entry("bitget", BitgetDecoder::new),
              Map.entry("bitstamp", BitstampDecoder::new),
              Map.entry("bybit-linear", BybitDecoder::new),
              Map.entry("bybit-spot", BybitDecoder::new),
              Map.entry("coinbase", CoinbaseDecoder::new),
              Map.entry("coinbase-pro", CoinbaseProDecoder::new),
              Map.entry("gemini", GeminiDecoder::new),
              Map.entry("kraken", KrakenDecoder::new),
              Map.entry("market-data-event", MarketDataEventDecoder::new),
              Map.entry("okx", OkxDecoder::new),
              Map.entry("streamforge", CanonicalDecoder::new)));

  private Venues() {}

  /** Their names, as in the header {@code venue}. */
  public static Set<String> names() {
    return Set.copyOf(DECODERS.keySet());
  }

  /** A new decoder, for one thread; null if the venue is not known. */
  public static VenueDecoder decoder(String venue) {
    Supplier<VenueDecoder> decoder = DECODERS.get(venue);
    return decoder == null ? null : decoder.get();
  }
}
