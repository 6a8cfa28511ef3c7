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
 * One connection to Binance's streams, after web-socket-streams.md of
 * binance/binance-spot-api-docs@a5e0bc3d; what differs by market is in {@link BinanceMarket}. The
 * close {@code 1008 Too many requests} is that of binance/binance-connector-go#90 (2026-01-29), and
 * was measured on the futures on 2026-10-07, as was the close for too many streams, which spot is
 * assumed to share.
 */
final class BinanceSession extends ExchangeSession {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STREAM = "{\"stream\":\"";
  private static final String DATA = "\",\"data\":";
  private static final int MOST_STREAMS = 1024;
  private static final int PINGS_A_PONG_MAY_MISS = 3;

  private final BinanceMarket venue;
  private final String route;

  /** Ping and pong frames count. */
  private final RateWindow incoming;

  private final Set<String> streams = new LinkedHashSet<>();
  private final boolean inMicros;
  private final long pingNanos;
  private boolean combined;
  private long pingedNanos = System.nanoTime();
  private long pongedNanos = System.nanoTime();

  BinanceSession(
      ClientConnection connection,
      ExchangeFloor floor,
      BinanceMarket venue,
      QueryStringDecoder uri) {
    super(connection, floor);
    this.venue = venue;
    route = venue.route(uri.path());
    incoming = new RateWindow(venue.messagesASecond(), Duration.ofSeconds(1));
    String path = uri.path().substring(route.length());
    combined = path.equals("/stream");
    String unit = uri.parameters().getOrDefault("timeUnit", List.of("")).get(0);
    inMicros = venue.hasMicros() && unit.matches("(?i)micro.*");
    Duration every = floor.setup().pingEvery();
    pingNanos = (every == null ? venue.pingEvery() : every).toNanos();
    if (!venue.names(route)) {
      floor.violated("connected to " + path + ", which the venue has announced to retire");
    }
    String named =
        combined
            ? uri.parameters().getOrDefault("streams", List.of("")).get(0)
            : path.substring("/ws".length());
    List<String> asked = Arrays.stream(named.split("/")).filter(s -> !s.isEmpty()).toList();
    if (!asked.isEmpty() && !floor.faults().withholds() && !areTooMany(asked)) {
      subscribe(asked);
    }
  }

  private boolean areTooMany(List<String> asked) {
    Set<String> all = new LinkedHashSet<>(streams);
    all.addAll(asked);
    if (all.size() > MOST_STREAMS) {
      refuse(4, "Too many subscriptions", null);
      connection().close(1008, "Invalid request");
    }
    return all.size() > MOST_STREAMS;
  }

  private void subscribe(List<String> asked) {
    Set<String> symbols =
        floor().market().symbols().stream().map(String::toLowerCase).collect(Collectors.toSet());
    for (String stream : asked) {
      if (!symbols.contains(stream.replaceFirst("@.*", ""))) {
        floor().violated("subscribed to " + stream + ", which is of no symbol in lower case");
      }
      if (!venue.carries(route, stream)) {
        floor().violated("subscribed to " + stream + " where it is silent");
      }
      streams.add(stream);
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
    if (!venue.isRequestId(id)) {
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
        if (!floor().faults().withholds() && !areTooMany(params)) {
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

  private void answer(String result, JsonNode id) {
    connection().send(BinanceAnswer.answer(result, id));
  }

  /** "Error Messages". */
  private void refuse(int code, String text, JsonNode id) {
    floor().violated("was refused: " + text);
    connection().send(BinanceAnswer.refusal(code, text, id));
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
      floor().violated("sent more than " + venue.messagesASecond() + " messages in a second");
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
    String recorded = text.substring(STREAM.length(), end);
    String name = BinanceMarket.nameOf(recorded, streams);
    if (name == null || !venue.carries(route, name) || floor().faults().refuses(message.key())) {
      return null;
    }
    String data = text.substring(end + DATA.length(), text.length() - 1);
    String sent = combined ? STREAM + name + DATA + data + "}" : data;
    return VenueTimes.epochShifted(sent, floor().clock().shiftUs(), inMicros);
  }

  /** "The WebSocket server will send a ping frame every 20 seconds", or 3 minutes. */
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

  @Override
  public void notice() {
    if (!venue.announcesShutdown()) {
      throw new UnsupportedOperationException("Binance's futures do not say that they will close");
    }
    connection().send(BinanceAnswer.shutdown(floor().clock().shownUs() / 1000, combined));
  }
}
