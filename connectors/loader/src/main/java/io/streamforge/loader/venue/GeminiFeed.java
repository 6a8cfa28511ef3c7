package io.streamforge.loader.venue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Gemini's WebSocket API of 2026: streams {@code @depth@100ms} and {@code @trade}, whole books by
 * the request {@code depth} on the same connection. An answer names its request alone. Forms and
 * their sources: {@code docs/venues/gemini.md}.
 */
final class GeminiFeed implements VenueFeed {
  private static final VenueLimits LIMITS =
      new VenueLimits(
          Duration.ofSeconds(2), // 300 in 5 minutes
          Duration.ofMillis(250),
          50,
          100,
          Integer.MAX_VALUE,
          240, // what a book weighs is not known: so many are asked for in a minute
          Duration.ofSeconds(30),
          Duration.ofSeconds(60)); // a ping is answered

  private static final VenueFacts FACTS =
      new VenueFacts(
          "gemini",
          URI.create("wss://ws.gemini.com"),
          URI.create("https://api.gemini.com"),
          new VenueListing("/v1/symbols", "", JsonNode::asText, symbol -> true),
          LIMITS,
          List.of(100, 500, 1000, 5000),
          1000,
          List.of("btcusd", "ethusd", "solusd", "xrpusd"));

  @Override
  public VenueFacts facts() {
    return FACTS;
  }

  @Override
  public String written(String symbol) {
    return symbol.toLowerCase(Locale.ROOT);
  }

  @Override
  public List<Request> requests(boolean begin, List<Subscription> all, int depth, long firstId) {
    String method = begin ? "subscribe" : "unsubscribe";
    List<Request> requests = new ArrayList<>();
    for (List<Subscription> some : Batches.of(all, LIMITS.symbolsPerRequest())) {
      long id = firstId + requests.size();
      ObjectNode request = request(id, method);
      some.forEach(each -> request.withArray("/params").add(stream(each)));
      requests.add(new Request(id, request.toString(), some));
    }
    return requests;
  }

  private static ObjectNode request(long id, String method) {
    return JsonNodeFactory.instance.objectNode().put("id", id).put("method", method);
  }

  private static String stream(Subscription of) {
    return of.symbol() + (of.channel() == Channel.BOOK ? "@depth@100ms" : "@trade");
  }

  /** Its answer has the same form as that to a subscription: its name is no number. */
  @Override
  public Optional<String> ping(long id) {
    return Optional.of("{\"id\":\"ping\",\"method\":\"ping\"}");
  }

  @Override
  public boolean numbersBooks() {
    return true;
  }

  @Override
  public Channel channel(JsonNode message) {
    if (message.path("e").asText().equals("depthUpdate")) {
      return Channel.BOOK;
    }
    return message.has("t") && message.has("m") ? Channel.TRADES : null;
  }

  @Override
  public Control read(JsonNode message) {
    long id = message.path("id").asLong(Control.Refused.NO_ID);
    JsonNode error = message.path("error");
    if (error.has("code")) {
      return new Control.Refused(
          id, null, error.path("code").asText() + " " + error.path("msg").asText());
    }
    if (message.path("result").has("lastUpdateId")) {
      return new Control.Answered(id);
    }
    return message.path("status").asInt() == 200
        ? new Control.RequestAccepted(id)
        : new Control.Unknown();
  }

  @Override
  public Optional<BookRequest> book(URI base, String symbol, int depth, long id) {
    ObjectNode request = request(id, "depth");
    request.putObject("params").put("symbol", symbol).put("limit", depth);
    return Optional.of(new BookRequest(null, request.toString(), 1));
  }
}
