package io.streamforge.testkit.exchange.venue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.exchange.ClientConnection;
import io.streamforge.testkit.exchange.ExchangeFloor;
import io.streamforge.testkit.exchange.ExchangeSession;
import io.streamforge.testkit.exchange.RateWindow;
import io.streamforge.testkit.exchange.market.VenueTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One connection to Binance's spot streams, after web-socket-streams.md of
 * binance/binance-spot-api-docs@a5e0bc3d. That a refusal stands within {@code error}: {@code
 * {"error":{"code":2,"msg":"Invalid request: request ID must be an unsigned integer"}}},
 * crypto-crawler/crypto-crawler-rs@8091c2cc, crypto-msg-type/src/exchanges/binance.rs; the document
 * has it without. The close {@code 1008 Too many requests} is that of
 * binance/binance-connector-go#90 (2026-01-29).
 */
final class BinanceSpotSession extends ExchangeSession {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STREAM = "{\"stream\":\"";
  private static final String DATA = "\",\"data\":";
  private static final int MOST_STREAMS = 1024;
  private static final Duration PING_EVERY = Duration.ofSeconds(20);
  private static final int PINGS_A_PONG_MAY_MISS = 3;

  /** "5 incoming messages per second", ping and pong frames among them. */
  private final RateWindow incoming = new RateWindow(5, Duration.ofSeconds(1));

  private final Set<String> streams = new LinkedHashSet<>();
  private final boolean inMicros;
  private final long pingNanos;
  private boolean combined;
  private long pingedNanos = System.nanoTime();
  private long pongedNanos = System.nanoTime();

  BinanceSpotSession(ClientConnection connection, ExchangeFloor floor, QueryStringDecoder uri) {
    super(connection, floor);
    combined = uri.path().equals("/stream");
    inMicros = uri.parameters().getOrDefault("timeUnit", List.of("")).get(0).matches("(?i)micro.*");
    Duration every = floor.setup().pingEvery();
    pingNanos = (every == null ? PING_EVERY : every).toNanos();
    String named =
        combined
            ? uri.parameters().getOrDefault("streams", List.of("")).get(0)
            : uri.path().substring("/ws".length());
    List<String> asked = Arrays.stream(named.split("/")).filter(s -> !s.isEmpty()).toList();
    if (!asked.isEmpty() && !floor.faults().withholds()) {
      subscribe(asked);
    }
  }

  private void subscribe(List<String> asked) {
    Set<String> symbols =
        floor().market().symbols().stream().map(String::toLowerCase).collect(Collectors.toSet());
    for (String stream : asked) {
      if (!symbols.contains(stream.replaceFirst("@.*", ""))) {
        floor().violated("subscribed to " + stream + ", which is of no symbol in lower case");
      }
      streams.add(stream);
    }
    if (streams.size() > MOST_STREAMS) {
      floor().violated("subscribed to more than " + MOST_STREAMS + " streams");
      connection().close(1008, "Too many streams"); // how the venue refuses it was not found
    }
    floor().subscribed();
  }

  @Override
  public void received(String text) {
    if (tooOften()) {
      return;
    }
    JsonNode request;
    try {
      request = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      floor().violated("sent what is no JSON: " + text);
      refuse(3, "Invalid JSON: expected value at line 1 column 1", null);
      return;
    }
    JsonNode id = request.get("id");
    if (!BinanceSpotProtocol.isRequestId(id)) {
      refuse(2, "Invalid request: request ID must be an unsigned integer", null);
      return;
    }
    List<String> params = new ArrayList<>();
    request.path("params").forEach(param -> params.add(param.asText()));
    answer(request.path("method").asText(), params, id);
  }

  private void answer(String method, List<String> params, JsonNode id) {
    switch (method) {
      case "SUBSCRIBE" -> {
        if (!floor().faults().withholds()) {
          answer("null", id);
          subscribe(params);
        }
      }
      case "UNSUBSCRIBE" -> {
        params.forEach(streams::remove);
        answer("null", id);
      }
      case "LIST_SUBSCRIPTIONS" ->
          answer(
              streams.stream()
                  .map(KrakenMessage::quoted)
                  .collect(Collectors.joining(",", "[", "]")),
              id);
      case "SET_PROPERTY" -> {
        combined = params.size() > 1 && params.get(1).equals("true");
        answer("null", id);
      }
      case "GET_PROPERTY" -> answer(Boolean.toString(combined), id);
      default ->
          refuse(
              2,
              "Invalid request: unknown variant `"
                  + method
                  + "`, expected one of `SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, "
                  + "`SET_PROPERTY`, `GET_PROPERTY` at line 1 column 28",
              id);
    }
  }

  /** "Subscribe to a stream": {@code {"result": null, "id": 1}}. */
  private void answer(String result, JsonNode id) {
    connection().send("{\"result\":" + result + ",\"id\":" + id + "}");
  }

  /** "Error Messages". */
  private void refuse(int code, String text, JsonNode id) {
    floor().violated("was refused: " + text);
    connection()
        .send(
            "{\"error\":{\"code\":%d,\"msg\":%s}%s}"
                .formatted(code, KrakenMessage.quoted(text), id == null ? "" : ",\"id\":" + id));
  }

  @Override
  public void receivedControlFrame(boolean pong) {
    if (pong) {
      pongedNanos = System.nanoTime();
    }
    tooOften();
  }

  private boolean tooOften() {
    boolean exceeded = incoming.exceededByOneMore();
    if (exceeded) {
      floor().violated("sent more than 5 messages in a second");
      connection().close(1008, "Too many requests");
    }
    return exceeded;
  }

  @Override
  public String data(RawMessage message) {
    String text = message.value();
    int end = text.indexOf(DATA);
    if (!text.startsWith(STREAM) || end < 0) {
      return null; // a snapshot that was recorded from REST
    }
    if (!streams.contains(text.substring(STREAM.length(), end))
        || floor().faults().refuses(message.key())) {
      return null;
    }
    String sent = combined ? text : text.substring(end + DATA.length(), text.length() - 1);
    return VenueTimes.epochShifted(sent, floor().clock().shiftUs(), inMicros);
  }

  /** "The WebSocket server will send a ping frame every 20 seconds." */
  @Override
  public void everySecond() {
    long now = System.nanoTime();
    if (now - pongedNanos > PINGS_A_PONG_MAY_MISS * pingNanos + pingNanos) {
      floor().violated("sent no pong for " + PINGS_A_PONG_MAY_MISS + " pings");
      connection().close(1008, "Pong timeout"); // its reason was not found
    } else if (now - pingedNanos >= pingNanos) {
      pingedNanos = now;
      connection().ping(Long.toString(System.currentTimeMillis()));
    }
  }

  /** "Server Shutdown". */
  @Override
  public void notice() {
    String event = "{\"e\":\"serverShutdown\",\"E\":" + floor().clock().shownUs() / 1000 + "}";
    connection().send(combined ? "{\"stream\":\"!serverShutdown\",\"data\":" + event + "}" : event);
  }
}
