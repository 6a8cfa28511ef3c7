package io.streamforge.testkit.exchange.venue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.exchange.ClientConnection;
import io.streamforge.testkit.exchange.ExchangeFloor;
import io.streamforge.testkit.exchange.ExchangeSession;
import io.streamforge.testkit.exchange.market.VenueTimes;
import java.util.HashSet;
import java.util.Set;

/**
 * What connections to OKX and to Bitget share: requests {@code {"op":…,"args":[{…},…]}}, of which
 * each argument is answered by itself, and pings that are plain text.
 */
abstract class ArgsSession extends ExchangeSession {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Set<String> subscribed = new HashSet<>();

  ArgsSession(ClientConnection connection, ExchangeFloor floor) {
    super(connection, floor);
  }

  /** Whether one more text is within the venue's limits; else it is dealt with. */
  abstract boolean admits(String text);

  /** Whether one more request is within the venue's limits; else it is dealt with. */
  abstract boolean admitsRequest(String id);

  /** Whether a request may have one more argument after so many; else it is dealt with. */
  abstract boolean admitsArgument(int before);

  /** Answers what is no request. */
  abstract void refuse(String text);

  /** The stream that an argument asks for, as {@link #stream(RawMessage)} names it. */
  abstract String stream(JsonNode arg);

  /** The stream that a recorded message belongs to. */
  abstract String stream(RawMessage message);

  /** The venue's refusal of an argument; null for none. */
  abstract String refusal(String id, JsonNode arg);

  /** The venue's acknowledgement of an argument. */
  abstract String acknowledgement(String event, String id, JsonNode arg);

  /** Sends what a stream begins with, to one who has just subscribed. */
  abstract void begin(JsonNode arg);

  @Override
  public final void received(String text) {
    if (!admits(text)) {
      return;
    }
    if (text.equals("ping")) {
      connection().send("pong"); // captured of both, see their pages in docs/venues
      return;
    }
    JsonNode request;
    try {
      request = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      floor().violated("sent what is no JSON: " + text);
      refuse(text);
      return;
    }
    String op = request.path("op").asText();
    if (!op.equals("subscribe") && !op.equals("unsubscribe")) {
      floor().violated("asked for the operation " + op);
      refuse(text);
      return;
    }
    String id = request.has("id") ? request.get("id").asText() : null;
    if (admitsRequest(id)) {
      JsonNode args = request.path("args");
      for (int i = 0; i < args.size() && admitsArgument(i); i++) {
        if (op.equals("subscribe")) {
          subscribe(id, args.get(i));
        } else {
          unsubscribe(id, args.get(i));
        }
      }
    }
  }

  private void subscribe(String id, JsonNode arg) {
    if (floor().faults().withholds()) {
      return;
    }
    String refusal = refusal(id, arg);
    if (refusal != null) {
      floor().violated("asked for " + arg + ": " + refusal);
      connection().send(refusal);
      return;
    }
    floor().subscribed();
    connection().send(acknowledgement("subscribe", id, arg));
    if (subscribed.add(stream(arg))) {
      begin(arg);
    } else {
      floor().violated("subscribed to " + arg + " again, for which no snapshot comes");
    }
  }

  private void unsubscribe(String id, JsonNode arg) {
    if (!subscribed.remove(stream(arg))) {
      floor().violated("unsubscribed from " + arg + ", which it had not");
    }
    connection().send(acknowledgement("unsubscribe", id, arg));
  }

  final Set<String> subscribed() {
    return subscribed;
  }

  final void sendShifted(String text) {
    connection().sendData(shifted(text));
  }

  private String shifted(String text) {
    return VenueTimes.epochShifted(text, floor().clock().shiftUs(), false);
  }

  @Override
  public String data(RawMessage message) {
    return subscribed.contains(stream(message)) ? shifted(message.value()) : null;
  }
}
