package io.streamforge.testkit.exchange.venue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.exchange.ClientConnection;
import io.streamforge.testkit.exchange.ExchangeFloor;
import io.streamforge.testkit.exchange.ExchangeSession;
import io.streamforge.testkit.exchange.RateWindow;
import io.streamforge.testkit.exchange.market.PlayedBook;
import io.streamforge.testkit.exchange.market.VenueTimes;
import io.streamforge.testkit.reference.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One connection to Kraken. */
final class KrakenSession extends ExchangeSession {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<Integer> DEPTHS = Set.of(10, 25, 100, 500, 1000);
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /** "within approximately one minute of inactivity", docs.kraken.com, guide spot-ws-intro. */
  private static final long IDLE = Duration.ofMinutes(1).toNanos();

  private final RateWindow requests =
      new RateWindow(KrakenProtocol.REQUESTS, Duration.ofSeconds(1));
  private final int number;

  /** Each a channel and a symbol, or a channel alone. */
  private final Set<String> subscribed = new HashSet<>();

  /** The books that were asked for without a snapshot. */
  private final Set<String> withoutSnapshot = new HashSet<>();

  private long saidNanos = System.nanoTime();
  private long heardNanos = System.nanoTime();

  KrakenSession(ClientConnection connection, ExchangeFloor floor, int number) {
    super(connection, floor);
    this.number = number;
  }

  void greet() {
    connection().send(KrakenMessage.status("online", number));
  }

  @Override
  public void notice() {
    connection().send(KrakenMessage.status("maintenance", number));
  }

  @Override
  public void received(String text) {
    heardNanos = System.nanoTime();
    String now = now();
    JsonNode request;
    try {
      request = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      floor().violated("sent what is no JSON: " + text);
      connection().send(KrakenMessage.refused("Malformed request", "", null, null, now));
      return;
    }
    String method = request.path("method").asText();
    String id = request.has("req_id") ? request.get("req_id").asText() : null;
    if (requests.exceededByOneMore()) {
      floor().violated("more than " + KrakenProtocol.REQUESTS + " requests in a second");
      connection().send(KrakenMessage.refused("Exceeded msg rate", method, id, null, now));
      return;
    }
    switch (method) {
      case "ping" -> connection().send(KrakenMessage.pong(id, now));
      case "subscribe", "unsubscribe" -> change(method, id, request.path("params"));
      default -> {
        floor().violated("asked for the method " + method);
        connection().send(KrakenMessage.refused("Unsupported method", method, id, null, now));
      }
    }
  }

  private void change(String method, String id, JsonNode params) {
    String channel = params.path("channel").asText();
    boolean subscribes = method.equals("subscribe");
    if (subscribes && floor().faults().withholds()) {
      return;
    }
    switch (channel) {
      case "book", "trade" -> {
        for (JsonNode symbol : params.path("symbol")) {
          if (subscribes) {
            subscribe(id, channel, symbol.asText(), params);
          } else {
            unsubscribe(id, channel, symbol.asText());
          }
        }
      }
      case "instrument", "heartbeat" -> {
        if (subscribes) {
          subscribed.add(channel);
        } else {
          subscribed.remove(channel);
        }
        acknowledge(method, id, "\"channel\":\"" + channel + "\"" + ofInstruments(channel));
        if (subscribes && channel.equals("instrument") && params.path("snapshot").asBoolean(true)) {
          List<String> pairs = floor().listed().stream().map(s -> pair(s, "online")).toList();
          connection().send(KrakenMessage.instruments("snapshot", pairs));
        }
      }
      default -> {
        floor().violated("asked for the channel " + channel);
        connection()
            .send(KrakenMessage.refused("Subscription name invalid", method, id, null, now()));
      }
    }
  }

  /** As docs.kraken.com/api/docs/websocket-v2/instrument has it. */
  private static String ofInstruments(String channel) {
    return channel.equals("instrument")
        ? ",\"snapshot\":true,\"warnings\":[\"tick_size is deprecated, use price_increment\"]"
        : "";
  }

  private void subscribe(String id, String channel, String symbol, JsonNode params) {
    String error = refusal(channel, symbol, params);
    if (error != null) {
      floor().violated("subscribed to " + channel + " of " + symbol + ": " + error);
      connection().send(KrakenMessage.refused(error, "subscribe", id, symbol, now()));
      return;
    }
    // By default a book comes with a snapshot and trades without: docs.kraken.com, book and trade.
    boolean snapshot = params.path("snapshot").asBoolean(channel.equals("book"));
    if (!snapshot) {
      withoutSnapshot.add(key(channel, symbol));
    }
    floor().subscribed();
    acknowledge(
        "subscribe",
        id,
        "\"channel\":\"%s\",%s\"snapshot\":%s,\"symbol\":%s"
            .formatted(
                channel,
                channel.equals("book") ? "\"depth\":" + depth(symbol, params) + "," : "",
                snapshot,
                KrakenMessage.quoted(symbol)));
    subscribed.add(key(channel, symbol));
    if (snapshot) {
      sendSnapshot(channel, symbol);
    }
  }

  private void sendSnapshot(String channel, String symbol) {
    PlayedBook book = floor().market().book(symbol);
    String text = null;
    if (channel.equals("trade")) {
      text = KrakenMessage.tradeSnapshot(floor().market().trades(symbol));
    } else if (book.isKnown()) {
      text = KrakenMessage.snapshot(symbol, book);
    } // else the recording's own snapshot is still to come
    if (text != null) {
      connection().sendData(VenueTimes.isoShifted(text, floor().clock().shiftUs()));
    }
  }

  private String refusal(String channel, String symbol, JsonNode params) {
    if (!floor().offers(symbol)) {
      return "Currency pair not supported " + symbol;
    }
    if (subscribed.contains(key(channel, symbol))) {
      return "Already subscribed";
    }
    boolean deep = channel.equals("trade") || DEPTHS.contains(params.path("depth").asInt(10));
    return deep ? null : "Subscription depth not supported";
  }

  private int depth(String symbol, JsonNode params) {
    Integer recorded = floor().market().depth(symbol);
    return recorded == null ? params.path("depth").asInt(10) : recorded;
  }

  private void unsubscribe(String id, String channel, String symbol) {
    withoutSnapshot.remove(key(channel, symbol));
    if (subscribed.remove(key(channel, symbol))) {
      Integer depth = channel.equals("book") ? floor().market().depth(symbol) : null;
      acknowledge(
          "unsubscribe",
          id,
          "\"channel\":\"%s\",%s\"symbol\":%s"
              .formatted(
                  channel,
                  depth == null ? "" : "\"depth\":" + depth + ",",
                  KrakenMessage.quoted(symbol)));
    } else {
      floor().violated("unsubscribed from " + channel + " of " + symbol + ", which it had not");
      connection()
          .send(KrakenMessage.refused("Subscription Not Found", "unsubscribe", id, symbol, now()));
    }
  }

  private void acknowledge(String method, String id, String result) {
    connection().send(KrakenMessage.acknowledged(method, id, result, now()));
  }

  @Override
  public String data(RawMessage message) {
    String key = key(message.isTrade() ? "trade" : "book", message.key());
    boolean snapshot = message.value().contains("\"type\":\"snapshot\"");
    if (!subscribed.contains(key) || (snapshot && withoutSnapshot.contains(key))) {
      return null;
    }
    saidNanos = System.nanoTime();
    return VenueTimes.isoShifted(message.value(), floor().clock().shiftUs());
  }

  /** A heartbeat comes once a second where nothing else does: docs.kraken.com, heartbeat. */
  @Override
  public void everySecond() {
    long now = System.nanoTime();
    if (!subscribed.isEmpty() && now - saidNanos >= SECOND) {
      connection().send(KrakenMessage.heartbeat());
    } else if (subscribed.isEmpty() && now - heardNanos >= IDLE) {
      floor().violated("was idle for a minute");
      connection().close(1000, ""); // with which code was not found
    }
  }

  @Override
  public void listing(String symbol, boolean listed) {
    if (subscribed.contains("instrument")) {
      String pair = pair(symbol, listed ? "online" : "delisted");
      connection().send(KrakenMessage.instruments("update", List.of(pair)));
    }
  }

  private String pair(String symbol, String status) {
    PlayedBook book = floor().market().bookAsOf(symbol, Long.MIN_VALUE);
    List<Level> best = book == null ? List.of() : book.bids(1);
    Level level = best.isEmpty() ? Level.of("0.1", "0.00000001") : best.get(0);
    return KrakenMessage.pair(symbol, status, level.price().scale(), level.quantity().scale());
  }

  private String now() {
    return VenueTimes.isoMicros(floor().clock().shownUs());
  }

  private static String key(String channel, String symbol) {
    return channel + " " + symbol;
  }
}
