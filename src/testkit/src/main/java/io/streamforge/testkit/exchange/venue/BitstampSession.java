package io.streamforge.testkit.exchange.venue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.exchange.ClientConnection;
import io.streamforge.testkit.exchange.ExchangeFloor;
import io.streamforge.testkit.exchange.ExchangeSession;
import io.streamforge.testkit.exchange.market.VenueTimes;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One connection to Bitstamp, after nemanull/arbitrage-observatory@11b37323, docs/profiles/
 * bitstamp/websocket.md (2026-09-15), which quotes the venue's document and tried most of it.
 */
final class BitstampSession extends ExchangeSession {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BOOKS = "diff_order_book_";
  private static final String TRADES = "live_trades_";
  private static final Pattern CHANNEL =
      Pattern.compile("(?:(?:detail_|diff_)?order_book|live_(?:trades|orders))_[a-z0-9-]+");

  /** "Keep them under 512 bytes"; 700 bytes were tried. */
  private static final int LONGEST_REQUEST = 512;

  /** "Attempting a 1025th subscription causes the connection to be silently closed"; not tried. */
  private static final int MOST_CHANNELS = 1024;

  private final Set<String> channels = new HashSet<>();

  BitstampSession(ClientConnection connection, ExchangeFloor floor) {
    super(connection, floor);
  }

  @Override
  public void received(String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_REQUEST) {
      floor().violated("sent a request of more than " + LONGEST_REQUEST + " bytes");
      connection().close(1009, "read limited at 513 bytes");
      return;
    }
    JsonNode request;
    try {
      request = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      refuse("Incorrect JSON format.", text);
      return;
    }
    String channel = request.path("data").path("channel").asText();
    switch (request.path("event").asText()) {
      case "bts:heartbeat" -> connection().send(BitstampMessage.heartbeat());
      case "bts:subscribe" -> {
        if (mayUse(channel, text) && !floor().faults().withholds()) {
          subscribe(channel);
        }
      }
      case "bts:unsubscribe" -> {
        if (mayUse(channel, text)) {
          unsubscribe(channel);
        }
      }
      default -> refuse("Bad subscription string.", text);
    }
  }

  private boolean mayUse(String channel, String request) {
    if (channel.isEmpty()) {
      refuse("Bad subscription string.", request);
      return false;
    }
    if (!CHANNEL.matcher(channel).matches()) {
      refuse("Invalid channel provided.", request);
      return false;
    }
    return true;
  }

  private void refuse(String text, String request) {
    floor().violated("was refused: " + text + " " + request);
    connection().send(BitstampMessage.error(text));
  }

  /** An unknown symbol is acknowledged and then silent; a channel once more is acknowledged too. */
  private void subscribe(String channel) {
    if (channels.size() == MOST_CHANNELS && !channels.contains(channel)) {
      floor().violated("subscribed to more than " + MOST_CHANNELS + " channels");
      connection().reset();
      return;
    }
    String symbol = channel.substring(channel.lastIndexOf('_') + 1);
    if (!floor().offers(symbol)) {
      floor().violated("subscribed to " + channel + ", whose symbol is not listed");
    }
    channels.add(channel);
    connection().send(BitstampMessage.succeeded("subscription", channel));
    floor().subscribed();
  }

  private void unsubscribe(String channel) {
    if (!channels.remove(channel)) {
      floor().violated("unsubscribed from " + channel + ", which it had not");
    }
    connection().send(BitstampMessage.succeeded("unsubscription", channel));
  }

  @Override
  public String data(RawMessage message) {
    String channel = (message.isTrade() ? TRADES : BOOKS) + message.key();
    boolean isOfRest = !message.value().contains("\"event\"");
    if (isOfRest || !channels.contains(channel) || floor().faults().refuses(message.key())) {
      return null;
    }
    return VenueTimes.unixShifted(message.value(), floor().clock().shiftUs());
  }

  @Override
  public void notice() {
    connection().send(BitstampMessage.requestReconnect());
  }
}
