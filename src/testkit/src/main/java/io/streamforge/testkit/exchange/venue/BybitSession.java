package io.streamforge.testkit.exchange.venue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.exchange.ClientConnection;
import io.streamforge.testkit.exchange.ExchangeFloor;
import io.streamforge.testkit.exchange.ExchangeSession;
import io.streamforge.testkit.exchange.market.PlayedBook;
import io.streamforge.testkit.exchange.market.VenueTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection to a market of Bybit's. No limit of requests a second was found. */
final class BybitSession extends ExchangeSession {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern BOOK = Pattern.compile("orderbook\\.(\\d{1,4})\\.(.+)");
  private static final String TRADES = "publicTrade.";
  private static final Set<Integer> DEPTHS = Set.of(1, 50, 200, 1000);

  /** "Spot can input up to 10 args for each subscription request". */
  private static final int MOST_ARGS = 10;

  /** "for one public connection, you cannot have length of "args" array over 21,000 characters". */
  private static final int MOST_CHARACTERS = 21_000;

  /** "if there is no "ping-pong" and no stream data […], cut off after 10 minutes". */
  private static final long PATIENCE = Duration.ofMinutes(10).toNanos();

  private final BybitMessage form;
  private final Set<String> topics = new TreeSet<>();
  private int characters;
  private long quietNanos = System.nanoTime();

  BybitSession(ClientConnection connection, ExchangeFloor floor, BybitMessage form) {
    super(connection, floor);
    this.form = form;
  }

  @Override
  public void received(String text) {
    JsonNode request;
    try {
      request = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      refuse("Failed to decode incoming data:" + text, null, "");
      return;
    }
    String operation = request.path("op").asText();
    String id = request.has("req_id") ? request.get("req_id").asText() : null;
    List<String> args = new ArrayList<>();
    request.path("args").forEach(arg -> args.add(arg.asText()));
    switch (operation) {
      case "ping" -> {
        quietNanos = System.nanoTime();
        connection().send(form.pong(id));
      }
      case "subscribe" -> {
        if (!floor().faults().withholds()) {
          subscribe(args, id);
        }
      }
      case "unsubscribe" -> {
        for (String topic : args) {
          if (!topics.remove(topic)) {
            floor().violated("unsubscribed from " + topic + ", which it had not");
          }
        }
        connection().send(form.accepted(operation, id));
      }
      default -> refuse("error:invalid op", id, operation);
    }
  }

  /**
   * One topic that is refused fails the whole request, the answer names the first: captured at
   * Zoomex, nemanull/arbitrage-observatory@2cbe7062, docs/profiles/zoomex/websocket.md. There the
   * snapshots came before the acknowledgement; on spot it came first, {@link BybitMessage}.
   */
  private void subscribe(List<String> args, String id) {
    if (form.isSpot() && args.size() > MOST_ARGS) {
      refuse("args size >" + MOST_ARGS, id, "subscribe");
      return;
    }
    for (String topic : args) {
      String error = refusal(topic);
      if (error != null) {
        refuse(error, id, "subscribe");
        return;
      }
    }
    characters += args.toString().length();
    if (characters > MOST_CHARACTERS) { // how the venue refuses it was not found
      floor().violated("asked for more than " + MOST_CHARACTERS + " characters of topics");
    }
    topics.addAll(args);
    floor().subscribed();
    if (form.isSpot()) {
      connection().send(form.accepted("subscribe", id));
    }
    args.forEach(this::sendSnapshot);
    if (!form.isSpot()) {
      connection().send(form.accepted("subscribe", id));
    }
  }

  private void refuse(String text, String id, String operation) {
    floor().violated("was refused: " + text);
    connection().send(form.refused(text, id, operation));
  }

  private String refusal(String topic) {
    Matcher book = BOOK.matcher(topic);
    boolean isBook = book.matches();
    String unknown = "error:handler not found,topic:" + topic;
    if (isBook ? !isServed(Integer.parseInt(book.group(1)), book.group(2)) : !isTrades(topic)) {
      return unknown;
    }
    if (!floor().offers(isBook ? book.group(2) : topic.substring(TRADES.length()))) {
      return form.isSpot() ? "Invalid symbol :[" + topic + "]" : unknown;
    }
    return topics.contains(topic) ? "error:already subscribed,topic:" + topic : null;
  }

  private static boolean isTrades(String topic) {
    return topic.startsWith(TRADES);
  }

  /** Not every depth of the venue's: of fewer levels than the recorded ones no book can be made. */
  private boolean isServed(int depth, String symbol) {
    Integer recorded = floor().market().depth(symbol);
    return DEPTHS.contains(depth) && (recorded == null || depth >= recorded);
  }

  private void sendSnapshot(String topic) {
    Matcher matcher = BOOK.matcher(topic);
    if (matcher.matches()) {
      PlayedBook book = floor().market().book(matcher.group(2));
      if (book.isKnown()) { // else the recording's own snapshot is still to come
        send(form.snapshot(topic, matcher.group(2), book));
      }
    }
  }

  private void send(String text) {
    connection().sendData(shifted(text));
  }

  private String shifted(String text) {
    quietNanos = System.nanoTime();
    return VenueTimes.epochShifted(text, floor().clock().shiftUs(), false);
  }

  @Override
  public String data(RawMessage message) {
    String text = message.value();
    if (message.isTrade()) {
      return topics.contains(TRADES + message.key()) ? shifted(text) : null;
    }
    for (String topic : topics) {
      Matcher book = BOOK.matcher(topic);
      if (book.matches() && book.group(2).equals(message.key())) {
        return shifted(
            text.replaceFirst("orderbook\\.\\d+\\.", "orderbook." + book.group(1) + "."));
      }
    }
    return null;
  }

  @Override
  public void everySecond() {
    if (System.nanoTime() - quietNanos >= PATIENCE) {
      floor().violated("sent no ping for 10 minutes in which nothing came");
      connection().reset(); // a relay of the venue's ended it without a close frame
    }
  }

  @Override
  public void notice() {
    throw new UnsupportedOperationException("bybit does not say that it will close");
  }
}
