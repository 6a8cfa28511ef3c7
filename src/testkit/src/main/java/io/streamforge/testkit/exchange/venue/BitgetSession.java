package io.streamforge.testkit.exchange.venue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.exchange.ClientConnection;
import io.streamforge.testkit.exchange.ExchangeFloor;
import io.streamforge.testkit.exchange.RateWindow;
import io.streamforge.testkit.exchange.market.PlayedBook;
import io.streamforge.testkit.exchange.wording.BitgetMessage;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** One connection to Bitget. */
final class BitgetSession extends ArgsSession {
  /** "240 subscription requests/Hour/connection", UTA, "Quick start". */
  static final int REQUESTS = 240;

  /** "up to 10 messages per second", pings among them, as above: else it disconnects. */
  static final int MESSAGES = 10;

  /**
   * Captured: of a request with more, 20 arguments were acknowledged and then the connection was
   * cut, nemanull/arbitrage-observatory@11c9ca51, docs/profiles/bitget/websocket.md.
   */
  static final int ARGS = 20;

  /** "1000 channels", as of {@link #REQUESTS}. */
  private static final int CHANNELS = 1000;

  /** "the total length of multiple channels cannot exceed 4096 bytes", classic, "Intro". */
  private static final int LONGEST = 4096;

  /** Captured as of {@link #ARGS}: cut after 127 s without a ping, data or not. */
  private static final long SILENCE = Duration.ofMinutes(2).toNanos();

  private static final Set<String> MARKETS =
      Set.of("spot", "usdt-futures", "usdc-futures", "coin-futures");
  private static final int OLD_TRADES = 50;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RateWindow messages = new RateWindow(MESSAGES, Duration.ofSeconds(1));
  private final RateWindow requests = new RateWindow(REQUESTS, Duration.ofHours(1));
  private final String market;
  private final BitgetMessage words;
  private final String id;
  private long pingedNanos = System.nanoTime();

  BitgetSession(ClientConnection connection, ExchangeFloor floor, String market, String id) {
    super(connection, floor);
    this.market = market;
    words = new BitgetMessage(market);
    this.id = id;
  }

  @Override
  boolean admits(String text) {
    if (messages.exceededByOneMore()) {
      cut("sent more than " + MESSAGES + " messages in a second");
    } else if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      cut("sent a request of more than " + LONGEST + " bytes");
    } else if (text.equals("ping")) {
      pingedNanos = System.nanoTime();
    }
    return connection().isOpen();
  }

  /** The venue says no word before it: captured as of {@link #ARGS}. */
  private void cut(String violation) {
    floor().violated(violation);
    connection().reset();
  }

  /**
   * "request too many" was reported of v2, 2024-12: github.com/ccxt/ccxt/issues/24458. That it is
   * for this limit was not found.
   */
  @Override
  boolean admitsRequest(String requestId) {
    boolean exceeds = requests.exceededByOneMore();
    if (exceeds) {
      floor().violated("more than " + REQUESTS + " requests in an hour");
      connection().send(BitgetMessage.refused(30006, "request too many", id));
    }
    return !exceeds;
  }

  @Override
  boolean admitsArgument(int before) {
    if (before >= ARGS) {
      cut("sent more than " + ARGS + " arguments in a request");
    }
    return before < ARGS;
  }

  /**
   * Captured of CoinTR, which speaks the same protocol: nemanull/arbitrage-observatory@11b37323,
   * docs/profiles/cointr/websocket.md.
   */
  @Override
  void refuse(String text) {
    connection().send(BitgetMessage.refused(30002, "Unrecognized request:" + text, id));
  }

  private static String stream(String type, String topic, String symbol) {
    return type + " " + topic + " " + symbol;
  }

  private static String type(JsonNode arg) {
    return arg.path("instType").asText();
  }

  private static String topic(JsonNode arg) {
    return arg.path("topic").asText();
  }

  private static String symbol(JsonNode arg) {
    return arg.path("symbol").asText();
  }

  @Override
  String stream(JsonNode arg) {
    return stream(type(arg), topic(arg), symbol(arg));
  }

  @Override
  String stream(RawMessage message) {
    return stream(market, message.isTrade() ? "publicTrade" : "books", message.key());
  }

  @Override
  String refusal(String requestId, JsonNode arg) {
    boolean exists =
        MARKETS.contains(type(arg))
            && Set.of("books", "publicTrade").contains(topic(arg))
            && floor().offers(symbol(arg));
    if (subscribed().size() >= CHANNELS) {
      floor().violated("subscribed to more than " + CHANNELS + " channels");
    }
    return exists ? null : BitgetMessage.unknown(type(arg), topic(arg), symbol(arg), id);
  }

  @Override
  String acknowledgement(String event, String requestId, JsonNode arg) {
    return BitgetMessage.acknowledged(event, arg.toString(), id);
  }

  /**
   * A symbol of another market is acknowledged, and nothing comes: captured as of {@link #ARGS}.
   */
  @Override
  void begin(JsonNode arg) {
    String symbol = symbol(arg);
    if (!type(arg).equals(market)) {
      floor().violated("asked for " + symbol + " of another market, of which nothing comes");
    } else if (topic(arg).equals("books")) {
      beginBook(symbol);
    } else {
      beginTrades(symbol);
    }
  }

  private void beginBook(String symbol) {
    PlayedBook book = floor().market().book(symbol);
    if (book.isKnown()) { // else the recording's own snapshot is still to come
      sendShifted(
          words.book(
              "snapshot",
              symbol,
              book.bids(Integer.MAX_VALUE),
              book.asks(Integer.MAX_VALUE),
              book.timeUs() / 1000,
              book.lastId(),
              0));
    }
  }

  /**
   * About 50 old trades in a capture, tonymontanov/go-bitget@4065daa8, uta/stream_contract_test.
   */
  private void beginTrades(String symbol) {
    List<String> trades = new ArrayList<>();
    long timeMs = 0;
    try {
      for (RawMessage message : floor().market().trades(symbol)) {
        JsonNode json = JSON.readTree(message.value());
        json.path("data").forEach(trade -> trades.add(trade.toString()));
        timeMs = json.path("ts").asLong();
      }
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot read a recorded trade of " + symbol, e);
    }
    if (!trades.isEmpty()) {
      Collections.reverse(trades);
      List<String> newest = trades.subList(0, Math.min(OLD_TRADES, trades.size()));
      sendShifted(words.trades("snapshot", symbol, newest, timeMs));
    }
  }

  @Override
  public void everySecond() {
    if (System.nanoTime() - pingedNanos >= SILENCE) {
      cut("sent no ping for two minutes");
    }
  }

  @Override
  public void notice() {
    throw new UnsupportedOperationException("bitget does not say that it will close");
  }
}
