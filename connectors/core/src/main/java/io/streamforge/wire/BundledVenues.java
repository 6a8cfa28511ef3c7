package io.streamforge.wire;

import java.util.Map;
import java.util.function.Supplier;

/** The venues that this jar can read. A new venue is a decoder and a line here. */
public final class BundledVenues implements VenueProvider {

  @Override
  public Map<String, Supplier<VenueDecoder>> decoders() {
    return Map.ofEntries(
        Map.entry("binance-coinm", BinanceDecoder::new),
        Map.entry("binance-spot", BinanceDecoder::new),
        Map.entry("binance-us", BinanceDecoder::new),
        Map.entry("binance-usdm", BinanceDecoder::new),
        Map.entry("bitget", BitgetDecoder::new),
        Map.entry("bitget-coin-futures", BitgetDecoder::new),
        Map.entry("bitget-spot", BitgetDecoder::new),
        Map.entry("bitget-usdc-futures", BitgetDecoder::new),
        Map.entry("bitget-usdt-futures", BitgetDecoder::new),
        Map.entry("bitstamp", BitstampDecoder::new),
        Map.entry("bybit-inverse", BybitDecoder::new),
        Map.entry("bybit-linear", BybitDecoder::new),
        Map.entry("bybit-spot", BybitDecoder::new),
        Map.entry("coinbase", CoinbaseDecoder::new),
        Map.entry("coinbase-pro", CoinbaseProDecoder::new),
        Map.entry("gemini", GeminiDecoder::new),
        Map.entry("kraken", KrakenDecoder::new),
        Map.entry("market-data-event", MarketDataEventDecoder::new),
        Map.entry("okx", OkxDecoder::new),
        Map.entry("streamforge", CanonicalDecoder::new));
  }
}
