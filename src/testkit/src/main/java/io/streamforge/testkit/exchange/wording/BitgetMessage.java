package io.streamforge.testkit.exchange.wording;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.streamforge.testkit.reference.Level;
import io.streamforge.testkit.reference.TradePrint;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The texts of one market of Bitget's WebSocket API v3, in their form of September 2026. {@code
 * docs/venues/bitget.md} has the sources in full. The captures are of {@code usdt-futures}: of
 * {@code spot} on v3 none of books or trades was found.
 */
public final class BitgetMessage {
  /** As in a capture. */
  private static final long FIRST_TRADE = 1_485_683_898_127_761_408L;

  private final String market;

  /** The texts of a market: {@code spot}, {@code usdt-futures} and so on. */
  public BitgetMessage(String market) {
    this.market = market;
  }

  /**
   * A whole book or what has changed of it. {@code {"action":"update","arg":{
   * "instType":"usdt-futures","topic":"books","symbol":"MAVUSDT"},"data":[{"a":[],"b":[["0.00519",
   * "30828.52"]],"seq":427583480559,"pseq":427583461144,"ts":"1789456512452","maxdepth":"1000"}],
   * "ts":1789456512454}}: captured 2026-09-15, nemanull/arbitrage-observatory@11c9ca51,
   * docs/profiles/bitget/websocket.md. A level that has gone is {@code [price,"0"]}.
   *
   * @param action {@code snapshot} or {@code update}
   * @param number of this message
   * @param previous the number of the message before; 0 in a snapshot
   */
  public String book(
      String action,
      String symbol,
      List<Level> bids,
      List<Level> asks,
      long timeMs,
      long number,
      long previous) {
    return ("{\"action\":\"%s\",\"arg\":%s,\"data\":[{\"a\":[%s],\"b\":[%s],\"seq\":%s,"
            + "\"pseq\":%s,\"ts\":\"%s\",\"maxdepth\":\"1000\"}],\"ts\":%s}")
        .formatted(
            action,
            arg("books", symbol),
            levels(asks),
            levels(bids),
            number,
            previous,
            timeMs,
            timeMs + 2);
  }

  private static String levels(List<Level> levels) {
    return levels.stream().map(BitgetMessage::level).collect(Collectors.joining(","));
  }

  private static String level(Level level) {
    String quantity = level.quantity().signum() == 0 ? "0" : level.quantity().toPlainString();
    return "[\"%s\",\"%s\"]".formatted(level.price().toPlainString(), quantity);
  }

  /**
   * A trade. {@code {"i":"1485683898127761410","p":"80810.6","v":"0.0246","S":"sell",
   * "T":"1789940564662","L":"1485683898127761411","isRPI":"no"}}: captured 2026-09-21,
   * tonymontanov/go-bitget@4065daa8, uta/stream_contract_test.go, and so is {@link #trades}.
   *
   * @param count of the trade: ids are made of it
   */
  public static String trade(long count, TradePrint trade) {
    long id = FIRST_TRADE + 2 * count;
    return ("{\"i\":\"%s\",\"p\":\"%s\",\"v\":\"%s\",\"S\":\"%s\",\"T\":\"%s\",\"L\":\"%s\","
            + "\"isRPI\":\"no\"}")
        .formatted(
            id,
            trade.price().toPlainString(),
            trade.quantity().toPlainString(),
            trade.side() < 0 ? "sell" : "buy",
            trade.eventTimeUs() / 1000,
            id + 1);
  }

  /**
   * Trades.
   *
   * @param action {@code update}, or {@code snapshot} for the old ones that a subscription begins
   *     with
   * @param trades each of {@link #trade}, the newest first
   */
  public String trades(String action, String symbol, List<String> trades, long timeMs) {
    return "{\"action\":\"%s\",\"arg\":%s,\"data\":[%s],\"ts\":%s}"
        .formatted(action, arg("publicTrade", symbol), String.join(",", trades), timeMs);
  }

  private String arg(String topic, String symbol) {
    return "{\"instType\":\"%s\",\"topic\":\"%s\",\"symbol\":%s}"
        .formatted(market, topic, quoted(symbol));
  }

  /**
   * An acknowledgement, one an argument. {@code {"event":"subscribe","arg":{
   * "instType":"usdt-futures","topic":"ticker","symbol":"BTCUSDT"},"connId":"0649f8ff"}}: captured
   * 2026-09-21, tonymontanov/go-bitget@8980f48d, internal/ws/protocol_test.go. That of {@code
   * unsubscribe}: fixture of GinArea/gobitget@747ee6db, bitgetv3/ws_test.go.
   *
   * @param arg the argument, as JSON
   */
  public static String acknowledged(String event, String arg, String connection) {
    return "{\"event\":\"%s\",\"arg\":%s,\"connId\":\"%s\"}".formatted(event, arg, connection);
  }

  /**
   * The refusal of what does not exist; only its text names it. {@code
   * {"event":"error","code":30001,"msg":"{\"instType\":\"usdt-futures\",
   * \"symbol\":\"NOPEUSDT\",\"topic\":\"books\"} doesn't exist","connId":"0ac6…"}}: captured as at
   * {@link #book}.
   */
  public static String unknown(String type, String topic, String symbol, String connection) {
    String named =
        "{\"instType\":%s,\"symbol\":%s,\"topic\":%s}"
            .formatted(quoted(type), quoted(symbol), quoted(topic));
    return refused(30001, named + " doesn't exist", connection);
  }

  /** A refusal, in the form of {@link #unknown}. */
  public static String refused(int code, String text, String connection) {
    return "{\"event\":\"error\",\"code\":%s,\"msg\":%s,\"connId\":\"%s\"}"
        .formatted(code, quoted(text), connection);
  }

  /**
   * The answer to {@code GET /api/v3/market/instruments}, without the fields that no loader needs:
   * www.bitget.com/docs/uta, "Get Instruments", a document. That every {@code status} was {@code
   * online}: captured 2026-09-15, nemanull/arbitrage-observatory@11b37323, docs/profiles/bitget/
   * rest.md.
   */
  public String listing(Collection<String> symbols, long timeMs) {
    return "{\"code\":\"00000\",\"msg\":\"success\",\"requestTime\":%s,\"data\":[%s]}"
        .formatted(timeMs, symbols.stream().map(this::instrument).collect(Collectors.joining(",")));
  }

  private String instrument(String symbol) {
    return "{\"category\":\"%s\",\"symbol\":%s,\"status\":\"online\"}"
        .formatted(market.toUpperCase(Locale.ROOT), quoted(symbol));
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
