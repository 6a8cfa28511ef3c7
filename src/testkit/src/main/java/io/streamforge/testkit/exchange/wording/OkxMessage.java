package io.streamforge.testkit.exchange.wording;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.streamforge.testkit.reference.Level;
import io.streamforge.testkit.reference.TradePrint;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The texts of OKX's WebSocket API v5, in their form of 2026. {@code docs/venues/okx.md} has the
 * sources in full.
 */
public final class OkxMessage {
  private OkxMessage() {}

  /**
   * A whole book or what has changed of it. {@code {"arg":{"channel":"books",
   * "instId":"BTC-USDT"},"action":"update","data":[{"asks":[],"bids":[["64803.8","0.14395493",
   * "0","2"]],"ts":"1784087933602","checksum":0,"seqId":78785100893, "prevSeqId":78785100877}]}}:
   * captured 2026-07-15, aetelierxyz/aetelier-sdk@5555c5fa,
   * aetelier-connect/datasets/okx/btcusdt_book_trade.jsonl. The last number of a level says how
   * many orders it has, here always 1; a level that has gone is {@code [price,"0","0","0"]}.
   *
   * @param action {@code snapshot} or {@code update}
   * @param number of this message
   * @param previous the number of the message before; -1 in a snapshot
   */
  public static String book(
      String action,
      String symbol,
      List<Level> bids,
      List<Level> asks,
      long timeMs,
      long number,
      long previous) {
    return ("{\"arg\":{\"channel\":\"books\",\"instId\":%s},\"action\":\"%s\",\"data\":[{"
            + "\"asks\":[%s],\"bids\":[%s],\"ts\":\"%s\",\"checksum\":0,\"seqId\":%s,"
            + "\"prevSeqId\":%s}]}")
        .formatted(quoted(symbol), action, levels(asks), levels(bids), timeMs, number, previous);
  }

  private static String levels(List<Level> levels) {
    return levels.stream().map(OkxMessage::level).collect(Collectors.joining(","));
  }

  private static String level(Level level) {
    boolean gone = level.quantity().signum() == 0;
    String quantity = gone ? "0" : level.quantity().toPlainString();
    return "[\"%s\",\"%s\",\"0\",\"%s\"]"
        .formatted(level.price().toPlainString(), quantity, gone ? "0" : "1");
  }

  /**
   * A trade. {@code {"arg":{"channel":"trades","instId":"BTC-USDT"},"data":[{"instId":"BTC-USDT",
   * "tradeId":"1033093074","px":"64810","sz":"0.00745956","side":"sell","ts":"1784087968768",
   * "count":"1","source":"0","seqId":78785105979}]}}: captured as above.
   */
  public static String trade(String symbol, long id, TradePrint trade, long number) {
    return ("{\"arg\":{\"channel\":\"trades\",\"instId\":%1$s},\"data\":[{\"instId\":%1$s,"
            + "\"tradeId\":\"%2$s\",\"px\":\"%3$s\",\"sz\":\"%4$s\",\"side\":\"%5$s\","
            + "\"ts\":\"%6$s\",\"count\":\"1\",\"source\":\"0\",\"seqId\":%7$s}]}")
        .formatted(
            quoted(symbol),
            id,
            trade.price().toPlainString(),
            trade.quantity().toPlainString(),
            trade.side() < 0 ? "sell" : "buy",
            trade.eventTimeUs() / 1000,
            number);
  }

  /**
   * An acknowledgement, one an argument. {@code {"event":"subscribe","arg":{"channel":"books",
   * "instId":"BTC-USDT"},"connId":"27e931e5"}}: captured as above. That {@code id} comes back, and
   * the form of the answer to {@code unsubscribe}, were read in www.okx.com/docs-v5/en, "Order book
   * channel" of 2026-07-07 and "Unsubscribe" of 2026-07-23.
   *
   * @param id of the request; null for none
   * @param arg the argument, as JSON
   */
  public static String acknowledged(String event, String id, String arg, String connection) {
    return "{%s\"event\":\"%s\",\"arg\":%s,\"connId\":\"%s\"}"
        .formatted(id == null ? "" : "\"id\":" + quoted(id) + ",", event, arg, connection);
  }

  /**
   * A refusal; only its text names what it is about. {@code {"event":"error","msg":"Subscribe
   * failed, wrong URL or channel:trades,instId:trades.BTC-USDT-SWAP doesn't exist. Please use the
   * correct URL, channel and parameters referring to API document.","code":"60018",
   * "connId":"b2b0944b"}}: captured 2026-10-02, nikshev/market-forge@7f0d71c1,
   * tests/unit/connectors/test_rejection_frames.py. An {@code id} comes last by a report.
   */
  public static String refused(String code, String text, String id, String connection) {
    return "{\"event\":\"error\",\"msg\":%s,\"code\":\"%s\",\"connId\":\"%s\"%s}"
        .formatted(quoted(text), code, connection, id == null ? "" : ",\"id\":" + quoted(id));
  }

  /**
   * Sent 60 s before the venue closes: captured, roq-trading/roq-okx@0429630d,
   * test/json_notice.cpp. The 60 s: www.okx.com/docs-v5/en, "Notification" of 2026-07-22.
   */
  public static String notice(String connection) {
    return ("{\"event\":\"notice\",\"msg\":\"The connection will soon be closed for a service"
            + " upgrade. Please reconnect.\",\"code\":\"64008\",\"connId\":\"%s\"}")
        .formatted(connection);
  }

  /**
   * What has changed among the instruments of a type: fixture of roq-trading/roq-okx@0429630d,
   * test/json_instruments.cpp. The channel does not begin with all of them, by the venue's
   * document.
   */
  public static String instruments(String type, String instrument) {
    return "{\"arg\":{\"channel\":\"instruments\",\"instType\":\"%s\"},\"data\":[%s]}"
        .formatted(type, instrument);
  }

  /**
   * The answer to {@code GET /api/v5/public/instruments}: captured 2026-09-25,
   * BYTEX-TRADE/bytex@134941fc, tests/Bytex.Adapters.Tests/Fixtures/OkxPayloads.cs.
   *
   * @param instruments each of {@link #instrument}
   */
  public static String listing(Collection<String> instruments) {
    return "{\"code\":\"0\",\"msg\":\"\",\"data\":[" + String.join(",", instruments) + "]}";
  }

  /**
   * One instrument, without the fields that no loader needs.
   *
   * @param state {@code live} or {@code suspend}
   */
  public static String instrument(String symbol, String state) {
    String[] parts = symbol.split("-", -1);
    boolean spot = type(symbol).equals("SPOT");
    return ("{\"baseCcy\":%s,\"expTime\":\"\",\"instFamily\":\"\",\"instId\":%s,"
            + "\"instType\":\"%s\",\"quoteCcy\":%s,\"state\":\"%s\"}")
        .formatted(
            quoted(spot ? parts[0] : ""),
            quoted(symbol),
            type(symbol),
            quoted(spot ? parts[1] : ""),
            state);
  }

  /** The type of an instrument, which its name tells. */
  public static String type(String symbol) {
    if (symbol.endsWith("-SWAP")) {
      return "SWAP";
    }
    return switch (symbol.split("-", -1).length) {
      case 2 -> "SPOT";
      case 3 -> "FUTURES";
      default -> "OPTION";
    };
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
