package io.streamforge.loader.venue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Bitget's WebSocket v3: topics {@code books}, whose subscription answers with a snapshot, and
 * {@code publicTrade}. Each topic of a symbol is acknowledged by itself. Forms and their sources:
 * {@code docs/venues/bitget.md}.
 */
final class BitgetFeed extends ArgumentsFeed {
  private static final int DEPTH = 400; // as the decoder takes it; the venue may send more

  private static final VenueLimits LIMITS =
      new VenueLimits(
          Duration.ofSeconds(2), // 300 in 5 minutes
          Duration.ofSeconds(1), // the end of a subscription has to be answered before it is anew
          20, // 50 subscriptions a connection are advised
          10,
          200, // 240 an hour
          0,
          Duration.ofSeconds(25), // each 30 s
          Duration.ofSeconds(60)); // a ping is answered

  private final VenueFacts facts;
  private final String market;

  private BitgetFeed(String market, List<String> usualSymbols) {
    super("topic", "symbol", "publicTrade");
    this.market = market;
    this.facts =
        new VenueFacts(
            "bitget-" + market,
            URI.create("wss://ws.bitget.com/v3/ws/public"),
            URI.create("https://api.bitget.com"),
            VenueListing.of(
                "/api/v3/market/instruments?category=" + market.toUpperCase(Locale.ROOT),
                "/data",
                "symbol",
                "status",
                "online"),
            LIMITS,
            List.of(DEPTH),
            DEPTH,
            usualSymbols);
  }

  static BitgetFeed spot() {
    return new BitgetFeed("spot", List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT"));
  }

  static BitgetFeed usdtFutures() {
    return new BitgetFeed("usdt-futures", List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT"));
  }

  @Override
  public VenueFacts facts() {
    return facts;
  }

  @Override
  public List<Request> requests(boolean begin, List<Subscription> all, int depth, long firstId) {
    List<Request> requests = new ArrayList<>();
    for (List<Subscription> some : Batches.of(all, LIMITS.symbolsPerRequest())) {
      ObjectNode request = JsonNodeFactory.instance.objectNode();
      requests.add(new Request(firstId + requests.size(), text(request, begin, some), some));
    }
    return requests;
  }

  @Override
  void describe(ObjectNode argument) {
    argument.put("instType", market);
  }
}
