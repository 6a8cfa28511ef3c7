package io.streamforge.loader.venue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * OKX's WebSocket v5: channels {@code books}, whose subscription answers with a snapshot, and
 * {@code trades}. Each channel of a symbol is acknowledged by itself. Forms and their sources:
 * {@code docs/venues/okx.md}.
 */
final class OkxFeed extends ArgumentsFeed {
  private static final int DEPTH = 400;

  private static final VenueLimits LIMITS =
      new VenueLimits(
          Duration.ofSeconds(1), // 3 a second
          Duration.ofMillis(250),
          25, // fewer than 30 books a connection are advised
          50,
          400, // 480 an hour
          0,
          Duration.ofSeconds(20), // within 30 s of silence
          Duration.ofSeconds(45)); // a ping is answered

  private static final VenueFacts FACTS =
      new VenueFacts(
          "okx",
          URI.create("wss://ws.okx.com:8443/ws/v5/public"),
          URI.create("https://www.okx.com"),
          VenueListing.of(
              "/api/v5/public/instruments?instType=SPOT", "/data", "instId", "state", "live"),
          LIMITS,
          List.of(DEPTH),
          DEPTH,
          List.of("BTC-USDT", "ETH-USDT", "SOL-USDT", "XRP-USDT", "DOGE-USDT"));

  OkxFeed() {
    super("channel", "instId", "trades");
  }

  @Override
  public VenueFacts facts() {
    return FACTS;
  }

  @Override
  public List<Request> requests(boolean begin, List<Subscription> all, int depth, long firstId) {
    List<Request> requests = new ArrayList<>();
    for (List<Subscription> some : Batches.of(all, LIMITS.symbolsPerRequest())) {
      long id = firstId + requests.size();
      ObjectNode request = JsonNodeFactory.instance.objectNode().put("id", Long.toString(id));
      requests.add(new Request(id, text(request, begin, some), some));
    }
    return requests;
  }
}
