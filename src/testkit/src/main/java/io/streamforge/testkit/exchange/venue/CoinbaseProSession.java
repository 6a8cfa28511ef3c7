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
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One connection to Coinbase Exchange, after docs.cdp.coinbase.com, "Exchange WebSocket Overview"
 * and "… Channels". The recording was made of {@code level2}, which needs a key today, and is
 * played as {@code level2_batch}.
 */
final class CoinbaseProSession extends ExchangeSession {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** "you are disconnected if no subscribe has been received within 5 seconds". */
  private static final long PATIENCE = Duration.ofSeconds(5).toNanos();

  private static final String BOOKS = "level2_50";
  private static final String TRADES = "matches";
  private static final String HEARTBEATS = "heartbeat";

  /** The channels and what the venue calls them in its acknowledgement. */
  private static final Map<String, String> CHANNELS =
      Map.of("level2_batch", BOOKS, BOOKS, BOOKS, TRADES, TRADES, HEARTBEATS, HEARTBEATS);

  private static final Set<String> KEYED = Set.of("level2", "level3", "full", "user");

  private final RateWindow messages;
  private final Map<String, Set<String>> subscribed = new LinkedHashMap<>();

  /** Products of which no trade was known when they were subscribed to. */
  private final Set<String> withoutTrade = new HashSet<>();

  private final long openedNanos = System.nanoTime();
  private boolean asked;

  CoinbaseProSession(ClientConnection connection, ExchangeFloor floor, RateWindow messages) {
    super(connection, floor);
    this.messages = messages;
  }

  @Override
  public void received(String text) {
    if (messages.exceededByOneMore()) {
      floor().violated("sent more than " + CoinbaseProProtocol.MESSAGES + " messages in a second");
      connection().send(CoinbaseProMessage.error("ErrSlowRead"));
      connection().close(1008, "ErrSlowRead"); // with which code was not found
      return;
    }
    JsonNode request;
    try {
      request = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      floor().violated("sent what is no JSON: " + text);
      connection().send(CoinbaseProMessage.error("Malformed JSON")); // its text was not found
      return;
    }
    Map<String, Set<String>> channels = channels(request);
    switch (request.path("type").asText()) {
      case "subscribe" -> {
        asked = true;
        if (!floor().faults().withholds() && !isRefused(channels)) {
          subscribe(channels);
        }
      }
      case "unsubscribe" -> unsubscribe(channels);
      default -> {
        floor().violated("sent a message of an unknown type: " + text);
        connection()
            .send(CoinbaseProMessage.error("Type has to be either subscribe or unsubscribe"));
      }
    }
  }

  /** "product IDs … for all channels, or for a channel"; a channel is a text or an object. */
  private static Map<String, Set<String>> channels(JsonNode request) {
    Map<String, Set<String>> channels = new LinkedHashMap<>();
    for (JsonNode channel : request.path("channels")) {
      Set<String> products = new TreeSet<>();
      request.path("product_ids").forEach(product -> products.add(product.asText()));
      channel.path("product_ids").forEach(product -> products.add(product.asText()));
      String name = channel.isTextual() ? channel.asText() : channel.path("name").asText();
      channels.put(CHANNELS.getOrDefault(name, name), products);
    }
    return channels;
  }

  /**
   * Whether a request is refused, of which then nothing is done: "This results in the subscribe
   * call being ignored entirely", coinbase/coinbase-pro-node#174 (2017-12-25). A client of 2026
   * expects that of the refused product alone.
   */
  private boolean isRefused(Map<String, Set<String>> channels) {
    String reason = channels.isEmpty() ? "No channels provided" : null;
    boolean keyed = false;
    for (Map.Entry<String, Set<String>> channel : channels.entrySet()) {
      if (KEYED.contains(channel.getKey())) {
        keyed = true;
        reason =
            "level2, level3, and full channels now require authentication. "
                + "https://docs.cloud.coinbase.com/exchange/docs/websocket-auth";
      } else if (!CHANNELS.containsKey(channel.getKey())) {
        reason = channel.getKey() + " is not a valid channel";
      } else if (channel.getValue().isEmpty()) {
        reason = " is not a valid product";
      }
      for (String product : channel.getValue()) {
        if (!floor().offers(product)) {
          reason = product + " is not a valid product";
        }
      }
    }
    if (reason == null) {
      return false;
    }
    floor().violated("was refused: " + reason);
    connection().send(CoinbaseProMessage.failed(reason));
    if (keyed) {
      acknowledge(); // as a client saw on 2026-08-09: an empty list
    }
    return true;
  }

  /** A product that is subscribed already gets no further snapshot: knowm/XChange#4271. */
  private void subscribe(Map<String, Set<String>> channels) {
    Map<String, Set<String>> added = new LinkedHashMap<>();
    channels.forEach(
        (channel, products) -> {
          Set<String> all = subscribed.computeIfAbsent(channel, c -> new TreeSet<>());
          Set<String> fresh = new TreeSet<>(products);
          fresh.removeAll(all);
          all.addAll(fresh);
          added.put(channel, fresh);
        });
    floor().subscribed();
    acknowledge();
    added.getOrDefault(BOOKS, Set.of()).forEach(this::sendBook);
    added.getOrDefault(TRADES, Set.of()).forEach(this::sendLastTrade);
  }

  private void sendBook(String product) {
    PlayedBook book = floor().market().book(product);
    if (book.isKnown()) { // else the recording's own snapshot is still to come
      sendShifted(CoinbaseProMessage.snapshot(product, book));
    }
  }

  private void sendLastTrade(String product) {
    RawMessage trade = lastTrade(product);
    if (trade == null) {
      withoutTrade.add(product);
    } else {
      sendShifted(CoinbaseProMessage.lastMatch(trade));
    }
  }

  private RawMessage lastTrade(String product) {
    RawMessage last = null;
    for (RawMessage trade : floor().market().trades(product)) {
      last = trade;
    }
    return last;
  }

  private void sendShifted(String text) {
    connection().sendData(VenueTimes.isoShifted(text, floor().clock().shiftUs()));
  }

  private void unsubscribe(Map<String, Set<String>> channels) {
    channels.forEach(
        (channel, products) -> {
          Set<String> all = subscribed.getOrDefault(channel, new TreeSet<>());
          if (products.isEmpty()) {
            all.clear();
          }
          all.removeAll(products);
          if (all.isEmpty()) {
            subscribed.remove(channel);
          }
        });
    acknowledge();
  }

  private void acknowledge() {
    connection().send(CoinbaseProMessage.subscriptions(subscribed));
  }

  @Override
  public String data(RawMessage message) {
    String product = message.key();
    Set<String> served = subscribed.getOrDefault(message.isTrade() ? TRADES : BOOKS, Set.of());
    boolean isLast = message.value().startsWith(CoinbaseProMessage.LAST_MATCH);
    if (!served.contains(product) || (isLast && !withoutTrade.remove(product))) {
      return null;
    }
    return VenueTimes.isoShifted(message.value(), floor().clock().shiftUs());
  }

  @Override
  public void everySecond() {
    if (!asked && System.nanoTime() - openedNanos >= PATIENCE) {
      asked = true;
      floor().violated("subscribed to nothing within 5 seconds");
      connection().close(1000, ""); // with which code was not found
    }
    long now = floor().clock().shownUs();
    subscribed
        .getOrDefault(HEARTBEATS, Set.of())
        .forEach(
            product ->
                connection().send(CoinbaseProMessage.heartbeat(product, lastTrade(product), now)));
  }

  @Override
  public void notice() {
    throw new UnsupportedOperationException("coinbase-pro does not say that it will close");
  }
}
