package io.streamforge.testkit.exchange.venue;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.exchange.ClientConnection;
import io.streamforge.testkit.exchange.ExchangeFloor;
import io.streamforge.testkit.exchange.RateWindow;
import io.streamforge.testkit.exchange.market.PlayedBook;
import io.streamforge.testkit.exchange.wording.OkxMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One connection to OKX. */
final class OkxSession extends ArgsSession {
  /** "the total length of multiple channels cannot exceed 64 KB", docs-v5, "Subscribe". */
  private static final int LONGEST = 64 << 10;

  private static final long IDLE = Duration.ofSeconds(30).toNanos();

  private final RateWindow requests = new RateWindow(OkxProtocol.REQUESTS, Duration.ofHours(1));
  private final String id;
  private long heardNanos = System.nanoTime();

  OkxSession(ClientConnection connection, ExchangeFloor floor, String id) {
    super(connection, floor);
    this.id = id;
  }

  @Override
  boolean admits(String text) {
    heardNanos = System.nanoTime();
    boolean admits = text.getBytes(StandardCharsets.UTF_8).length <= LONGEST;
    if (!admits) {
      floor().violated("sent a request of more than " + LONGEST + " bytes");
      // docs-v5, "Close Frame".
      connection().close(1009, "Request message exceeds the maximum frame length");
    }
    return admits;
  }

  /** 60014 stands in docs-v5, "Public"; that it is for this limit was not found. */
  @Override
  boolean admitsRequest(String requestId) {
    boolean exceeds = requests.exceededByOneMore();
    if (exceeds) {
      floor().violated("more than " + OkxProtocol.REQUESTS + " requests in an hour");
      connection().send(OkxMessage.refused("60014", "Requests too frequent", requestId, id));
    }
    return !exceeds;
  }

  @Override
  boolean admitsArgument(int before) {
    return true; // within the bytes
  }

  /**
   * Captured of OKJ, which speaks the same protocol, 2026-09-23: nemanull/arbitrage-observatory@
   * 2cbe7062, docs/profiles/okj/websocket.md.
   */
  @Override
  void refuse(String text) {
    connection().send(OkxMessage.refused("60012", "Illegal request: " + text, null, id));
  }

  @Override
  String stream(JsonNode arg) {
    return channel(arg) + " " + subject(arg);
  }

  @Override
  String stream(RawMessage message) {
    return (message.isTrade() ? "trades " : "books ") + message.key();
  }

  private static String channel(JsonNode arg) {
    return arg.path("channel").asText();
  }

  private static String subject(JsonNode arg) {
    return arg.path(channel(arg).equals("instruments") ? "instType" : "instId").asText();
  }

  /** "Please log in": captured as at {@link #refuse}. */
  @Override
  String refusal(String requestId, JsonNode arg) {
    String channel = channel(arg);
    boolean exists =
        switch (channel) {
          case "books", "trades" -> floor().offers(subject(arg));
          case "instruments" -> true;
          default -> false;
        };
    if (channel.endsWith("-l2-tbt")) {
      return OkxMessage.refused("60011", "Please log in", requestId, id);
    }
    String text =
        "Subscribe failed, wrong URL or channel:%s,instId:%s doesn't exist. Please use the correct"
            + " URL, channel and parameters referring to API document.";
    return exists
        ? null
        : OkxMessage.refused("60018", text.formatted(channel, subject(arg)), requestId, id);
  }

  @Override
  String acknowledgement(String event, String requestId, JsonNode arg) {
    return OkxMessage.acknowledged(event, requestId, arg.toString(), id);
  }

  @Override
  void begin(JsonNode arg) {
    if (channel(arg).equals("books")) {
      String symbol = subject(arg);
      PlayedBook book = floor().market().book(symbol);
      if (book.isKnown()) { // else the recording's own snapshot is still to come
        sendShifted(
            OkxMessage.book(
                "snapshot",
                symbol,
                book.bids(Integer.MAX_VALUE),
                book.asks(Integer.MAX_VALUE),
                book.timeUs() / 1000,
                book.lastId(),
                -1));
      }
    }
  }

  @Override
  public String data(RawMessage message) {
    String text = super.data(message);
    if (text != null) {
      heardNanos = System.nanoTime();
    }
    return text;
  }

  /**
   * A connection that neither says nor is told anything for 30 s is closed: captured as at {@link
   * #refuse}, after exactly 30,000 ms.
   */
  @Override
  public void everySecond() {
    if (System.nanoTime() - heardNanos >= IDLE) {
      floor().violated("was idle for 30 seconds");
      connection().close(4004, "No data received in 30s.");
    }
  }

  @Override
  public void notice() {
    connection().send(OkxMessage.notice(id));
  }

  @Override
  public void listing(String symbol, boolean listed) {
    String type = OkxMessage.type(symbol);
    if (subscribed().contains("instruments " + type)) {
      String instrument = OkxMessage.instrument(symbol, listed ? "live" : "suspend");
      connection().send(OkxMessage.instruments(type, instrument));
    }
  }
}
