package io.streamforge.testkit.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.streamforge.testkit.RawMessage;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the plain books make of what venues send beside plain snapshots and deltas. */
class PlainVenuesTest {
  private static final long NOW_US = 1_723_161_255_000_000L;

  private static RawMessage raw(String topic, String venue, String message) {
    return new RawMessage(topic, "X", venue, NOW_US, message.replace('\'', '"'));
  }

  private static List<String> statuses(PlainBook book, String venue, List<String> messages)
      throws IOException {
    List<String> statuses = new ArrayList<>();
    for (String text : messages) {
      for (BookMessage message : VenueMessages.books(raw("raw-orderbooks", venue, text))) {
        book.apply(message);
      }
      statuses.add(book.status() + " " + book.sequence());
    }
    return statuses;
  }

  private static String bitget(String action, String numbers, String bids, int second) {
    return ("{'action':'%s','arg':{'instType':'SPOT','channel':'books','instId':'X'},'data':[{"
            + "'asks':[],'bids':[%s],'ts':'%d',%s}]}")
        .formatted(action, bids, NOW_US / 1000 + 1000L * second, numbers);
  }

  @Test
  void bitgetFollowsPseqWhereThereIsNoChecksum() throws IOException {
    assertEquals(
        List.of("live 1000", "live 1007", "live 1007", "live 1014", "gap 1014", "live 7"),
        statuses(
            PlainBook.of("bitget-spot"),
            "bitget",
            List.of(
                bitget("snapshot", "'seq':1000,'pseq':0", "['1','1']", 0),
                bitget("update", "'seq':1007,'pseq':'1000','checksum':0", "['2','1']", 1),
                bitget("update", "'seq':1007,'pseq':1000", "['2','1']", 1),
                bitget("update", "'seq':'1014','pseq':1007", "['3','1']", 2),
                bitget("update", "'seq':1028,'pseq':1021", "['4','1']", 3),
                bitget("snapshot", "'seq':7", "['5','1']", 4))));
  }

  @Test
  void aHoleIsClosedByTheMessageThatComesLate() throws IOException {
    PlainBook book = PlainBook.of("bitget");
    assertEquals(
        List.of("live 1", "gap 1", "gap 1", "live 4"),
        statuses(
            book,
            "bitget",
            List.of(
                bitget("snapshot", "'seq':1", "['1','1']", 0),
                bitget("update", "'seq':4,'pseq':3", "['4','1']", 3),
                bitget("update", "'seq':3,'pseq':2", "['3','1']", 2),
                bitget("update", "'seq':2,'pseq':1", "['2','1']", 1))));
    assertEquals(new BigDecimal("4"), book.bids().best().price());
  }

  /** Numbers that are behind, of a message that is newer: the venue counts anew. */
  @Test
  void okxCountsAnewAndTheMessageThatSaysSoIsLost() throws IOException {
    String message =
        "{'arg':{'channel':'books','instId':'X'},'action':'%s','data':[{'asks':[],"
            + "'bids':[['1','1']],'ts':'%d','checksum':0,'seqId':%d,'prevSeqId':%d}]}";
    long ms = NOW_US / 1000;
    assertEquals(
        List.of("live 5000", "live 5010", "live 5010", "gap 5010"),
        statuses(
            PlainBook.of("okx"),
            "okx",
            List.of(
                message.formatted("snapshot", ms, 5000, -1),
                message.formatted("update", ms + 1000, 5010, 5000),
                message.formatted("update", ms + 1900, 7, 3),
                message.formatted("update", ms + 2001, 11, 7))));
  }

  @Test
  void oneDepthOfBybitIsTheBook() throws IOException {
    String message =
        "{'topic':'orderbook.%d.X','type':'%s','ts':1723161255000,"
            + "'data':{'s':'X','b':[],'a':[],'u':%d}}";
    assertEquals(
        List.of("live 700", "live 10", "live 10", "live 11", "live 11"),
        statuses(
            PlainBook.of("bybit-inverse"),
            "bybit-inverse",
            List.of(
                message.formatted(1, "snapshot", 700),
                message.formatted(50, "snapshot", 10),
                message.formatted(1, "snapshot", 701),
                message.formatted(50, "delta", 11),
                message.formatted(1, "snapshot", 702))));
  }

  private static String kraken(String type, String bids, long checksum) {
    return ("{'channel':'book','type':'%s','data':[{'symbol':'X','bids':[%s],"
            + "'asks':[{'price':200.0,'qty':1.0}],'checksum':%d}]}")
        .formatted(type, bids, checksum);
  }

  private static String kraken(int price, int quantity) {
    return "{'price':%d.0,'qty':%d.0}".formatted(price, quantity);
  }

  private static long sum(int... bids) {
    List<Level> levels = new ArrayList<>();
    for (int price : bids) {
      levels.add(new Level(new BigDecimal(price + ".0"), new BigDecimal("1.0")));
    }
    List<Level> asks = List.of(new Level(new BigDecimal("200.0"), new BigDecimal("1.0")));
    return KrakenBook.checksum(asks, levels);
  }

  /** Nine levels, then eleven, then the best one goes: of a book of ten the last would be lost. */
  @ParameterizedTest
  @CsvSource({"false,live", "true,checksum-mismatch"})
  void aDepthThatTheChecksumsRuleOutIsNotKrakens(boolean subscribedToTen, String status)
      throws IOException {
    List<String> nine = new ArrayList<>();
    for (int price = 109; price > 100; price--) {
      nine.add(kraken(price, 1));
    }
    List<String> messages = new ArrayList<>();
    if (subscribedToTen) {
      messages.add(
          "{'method':'subscribe','result':{'channel':'book','depth':10,'symbol':'X'},'success':true}");
    }
    messages.add(
        kraken(
            "snapshot", String.join(",", nine), sum(109, 108, 107, 106, 105, 104, 103, 102, 101)));
    long ten = sum(109, 108, 107, 106, 105, 104, 103, 102, 101, 100);
    messages.add(kraken("update", kraken(100, 1), ten));
    messages.add(kraken("update", kraken(99, 1), ten));
    messages.add(
        kraken("update", kraken(109, 0), sum(108, 107, 106, 105, 104, 103, 102, 101, 100, 99)));
    PlainBook book = PlainBook.of("kraken");
    List<String> statuses = statuses(book, "kraken", messages);
    assertEquals(status, statuses.get(statuses.size() - 1).split(" ", -1)[0]);
    if (!subscribedToTen) {
      assertTrue(book.bids().isKnown(new BigDecimal("99")), "25 levels or more, and it has ten");
    }
  }

  @Test
  void ofABookWhoseDepthIsGuessedTheLeastIsKnown() throws IOException {
    List<String> bids = new ArrayList<>();
    for (int price = 111; price > 100; price--) {
      bids.add(kraken(price, 1));
    }
    String best = String.join(",", bids.subList(0, 10));
    String message = kraken("snapshot", best, 0).replace(",'checksum':0", "");
    PlainBook book = PlainBook.of("kraken");
    statuses(book, "kraken", List.of(message));
    assertTrue(book.bids().isKnown(new BigDecimal("102")));
    assertFalse(book.bids().isKnown(new BigDecimal("101")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "okx | pong",
        "okx | {'event':'subscribe','arg':{'channel':'books','instId':'X'}}",
        "okx | {'arg':{'channel':'books5','instId':'X'},'data':[{}]}",
        "bitget | pong",
        "bitget | {'event':'subscribe','arg':{'instType':'SPOT','channel':'books','instId':'X'}}",
        "bybit-spot | {'success':true,'ret_msg':'pong','op':'ping'}",
        "bybit-linear | {'topic':'orderbook.rpi.X','type':'snapshot','data':{}}",
        "kraken | {'event':'heartbeat'}",
        "kraken | {'channel':'status','data':[{}],'type':'update'}",
        "kraken | {'method':'pong'}"
      })
  void controlMessagesAreNeither(String venue, String message) throws IOException {
    assertEquals(List.of(), VenueMessages.books(raw("raw-orderbooks", venue, message)));
    assertEquals(List.of(), VenueMessages.trades(raw("raw-trades", venue, message)));
  }

  @Test
  void tradesOfAMessageAreHandedOverOldestFirst() throws IOException {
    String trades =
        "{'arg':{'instType':'usdt-futures','topic':'publicTrade','symbol':'X'},'data':["
            + "{'i':'1485683898127761410','p':'2','v':'1','S':'sell','T':'1723161255000'},"
            + "{'i':'1485683898127761409','p':'1','v':'0','S':'sell','T':'1723161255000'},"
            + "{'i':'1485683898127761408','p':'3','v':'1','S':'sell','T':'1723161255000'}]}";
    List<TradePrint> read = VenueMessages.trades(raw("raw-trades", "bitget", trades));
    assertEquals(
        List.of("bitget-usdt-futures:X 3", "bitget-usdt-futures:X 2"),
        read.stream().map(trade -> trade.instrument() + " " + trade.price()).toList());
  }

  @Test
  void bybitsBlockTradesAreNoneOfTheMarkets() throws IOException {
    String trades =
        "{'topic':'publicTrade.X','data':[{'s':'X','p':'1','v':'1','S':'Buy','T':1723161255000,"
            + "'BT':true},{'s':'X','p':'2','v':'1','S':'Buy','T':1723161255000,'BT':false}]}";
    List<TradePrint> read = VenueMessages.trades(raw("raw-trades", "bybit-linear", trades));
    assertEquals(List.of(new BigDecimal("2")), read.stream().map(TradePrint::price).toList());
  }
}
