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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One connection to Coinbase's Advanced Trade. Its messages are numbered, whatever channel. */
final class CoinbaseSession extends ExchangeSession {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Measured by several clients in August and September 2026: 30 go, 31 are refused. */
  private static final int MOST_BOOKS = 30;

  /** "you are disconnected if no subscribe has been received within 5 seconds". */
  private static final long PATIENCE = Duration.ofSeconds(5).toNanos();

  private static final Set<String> CHANNELS =
      Set.of("level2", "market_trades", "heartbeats", "status");

  private final RateWindow messages;
  private final Map<String, Set<String>> subscribed = new TreeMap<>();
  private final long openedNanos = System.nanoTime();
  private boolean asked;
  private long number;
  private long heartbeats;

  CoinbaseSession(ClientConnection connection, ExchangeFloor floor, RateWindow messages) {
    super(connection, floor);
    this.messages = messages;
  }

  @Override
  public void received(String text) {
    if (messages.exceededByOneMore()) {
      refuse("rate limit exceeded", "sent more than 8 messages in a second", true);
      return;
    }
    JsonNode request;
    try {
      request = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      refuse("invalid message", "sent what is no JSON: " + text, false);
      return;
    }
    String type = request.path("type").asText();
    String channel = request.path("channel").asText();
    Set<String> products = new TreeSet<>();
    request.path("product_ids").forEach(product -> products.add(served(product.asText())));
    if (!CHANNELS.contains(channel)) {
      refuse("authentication failure", "asked for the channel " + channel, false);
    } else if (type.equals("subscribe")) {
      asked = true;
      if (!floor().faults().withholds()) {
        subscribe(channel, products);
      }
    } else if (type.equals("unsubscribe")) {
      unsubscribe(channel, products);
    } else {
      refuse("invalid type", "sent a message of type " + type, false);
    }
  }

  /**
   * "Other channels will return the same data as the corresponding -USD based products",
   * docs.cdp.coinbase.com, "WebSocket Channels".
   */
  private String served(String product) {
    String inUsd = product.replaceFirst("-USDC$", "-USD");
    return !floor().offers(product) && floor().offers(inUsd) ? inUsd : product;
  }

  private void refuse(String text, String why, boolean closes) {
    floor().violated(why);
    connection().send(CoinbaseMessage.error(text));
    if (closes) {
      connection().close(1000, ""); // with which code was not found
    }
  }

  private void subscribe(String channel, Set<String> products) {
    Set<String> all = subscribed.computeIfAbsent(channel, c -> new TreeSet<>());
    Set<String> added = new TreeSet<>(products);
    added.removeIf(product -> !floor().offers(product) || all.contains(product));
    if (channel.equals("level2") && all.size() + added.size() > MOST_BOOKS) {
      String text = "too many L2 streams requested in a single session";
      refuse(text, "subscribed to more than " + MOST_BOOKS + " books on a connection", true);
      return;
    }
    for (String product : products) {
      if (!floor().offers(product)) {
        floor().violated("subscribed to " + channel + " of " + product + ", which is not listed");
      }
    }
    all.addAll(added);
    floor().subscribed();
    switch (channel) {
      case "level2" -> added.forEach(this::sendBook);
      case "market_trades" -> added.forEach(this::sendTrades);
      case "heartbeats" -> all.add("heartbeats");
      default -> {
        all.add("status");
        sendStatus(floor().listed(), "snapshot", "online");
      }
    }
    acknowledge();
  }

  private void sendBook(String product) {
    PlayedBook book = floor().market().book(product);
    if (book.isKnown()) { // else the recording's own snapshot is still to come
      sendShifted(CoinbaseMessage.snapshot(product, book, floor().clock().recordedUs(), number++));
    }
  }

  private void sendTrades(String product) {
    Collection<RawMessage> trades = floor().market().trades(product);
    if (!trades.isEmpty()) {
      sendShifted(CoinbaseMessage.tradeSnapshot(trades, floor().clock().recordedUs(), number++));
    }
  }

  private void sendShifted(String text) {
    connection().sendData(VenueTimes.isoShifted(text, floor().clock().shiftUs()));
  }

  private void sendStatus(Set<String> symbols, String type, String state) {
    connection().send(CoinbaseMessage.status(symbols, type, state, now(), number++));
  }

  /** "You can also unsubscribe from a channel entirely by providing no product IDs." */
  private void unsubscribe(String channel, Set<String> products) {
    Set<String> all = subscribed.getOrDefault(channel, new TreeSet<>());
    if (products.isEmpty()) {
      all.clear();
    }
    all.removeAll(products);
    if (all.isEmpty()) {
      subscribed.remove(channel);
    }
    acknowledge();
  }

  private void acknowledge() {
    connection().send(CoinbaseMessage.subscriptions(subscribed, now(), number++));
  }

  @Override
  public String data(RawMessage message) {
    String channel = message.isTrade() ? "market_trades" : "level2";
    if (!subscribed.getOrDefault(channel, Set.of()).contains(message.key())) {
      return null;
    }
    String text = VenueTimes.isoShifted(message.value(), floor().clock().shiftUs());
    return CoinbaseMessage.numbered(text, number++);
  }

  @Override
  public String padded(String data, int bytes) {
    return super.padded(CoinbaseMessage.numbered(data, number++), bytes);
  }

  @Override
  public void everySecond() {
    if (!asked && System.nanoTime() - openedNanos >= PATIENCE) {
      asked = true;
      floor().violated("subscribed to nothing within 5 seconds");
      connection().close(1000, ""); // with which code was not found
    }
    if (subscribed.containsKey("heartbeats")) {
      connection().send(CoinbaseMessage.heartbeat(now(), heartbeats++, number++));
    }
  }

  @Override
  public void notice() {
    throw new UnsupportedOperationException("coinbase does not say that it will close");
  }

  @Override
  public void listing(String symbol, boolean listed) {
    if (subscribed.containsKey("status")) {
      sendStatus(Set.copyOf(List.of(symbol)), "update", listed ? "online" : "delisted");
    }
  }

  private long now() {
    return floor().clock().shownUs();
  }
}
