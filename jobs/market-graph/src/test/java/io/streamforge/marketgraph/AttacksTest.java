package io.streamforge.marketgraph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.streamforge.record.DeadLetterRecord;
import io.streamforge.testkit.RecordSchema;
import io.streamforge.topic.OutputRecord;
import io.streamforge.topic.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a producer may send who wants to stop the market or to bend it. Whatever it is, the records
 * of an instrument that nobody attacks keep their bytes, and every record out fits its schema.
 */
@Timeout(60)
class AttacksTest {
  private static final long START_US = 1_723_161_256_000_000L;
  private static final long END_US = START_US + 4_000_000;
  private static final String LARGEST = "144115188075855871";

  /** An attack, as the records of raw topics that make it. */
  private enum Attack {
    NUMBERS_THAT_ARE_NONE(
        AttacksTest::eachAsPrice,
        "1e999999999",
        "1E-2147483648",
        "0x10",
        "NaN",
        "Infinity",
        "+5",
        "1_000",
        " 5",
        "-1",
        "-0",
        "",
        ".",
        "١٢٣",
        "9".repeat(30),
        "9".repeat(100_000),
        "0." + "0".repeat(100_000) + "1"),
    LARGEST_NUMBERS(
        text -> Stream.of(book("BAD", 1, text, LARGEST, LARGEST, LARGEST)), LARGEST, "0.000001"),
    CROSSED_BY_FAR(
        text -> Stream.of(book("BAD", 1, LARGEST, "1", text, "1")), "0.000000000000000001", "1"),
    NAMES(
        name -> Stream.of(trade(name, "1", "1", 1), book(name, 1, "1", "1", "2", "1")),
        "",
        " GOOD",
        "GOOD ",
        "G\\u0000OD",
        "GO\\nOD",
        "GO\\\"OD",
        "\\ud800",
        "\\u202eDOOG",
        "../../etc/passwd",
        "acme:GOOD",
        "GООD", // with Cyrillic letters
        "x".repeat(129),
        "😀".repeat(128)),
    FIELDS_TWICE(
        Attack::message,
        "{\"type\":\"trade\",\"type\":\"book\",\"venue\":\"acme\",\"symbol\":\"BAD\",\"symbol\":\"WORSE\","
            + "\"price\":\"1\",\"price\":\"2\",\"quantity\":\"1\",\"event_time_us\":"
            + START_US
            + "}",
        "{\"type\":\"book\",\"venue\":\"acme\",\"venue\":\"other\",\"symbol\":\"BAD\",\"snapshot\":true,"
            + "\"snapshot\":false,\"bids\":[[\"1\",\"1\"]],\"bids\":[[\"3\",\"1\"]],\"asks\":[],\"event_time_us\":"
            + START_US
            + "}"),
    TYPES_THAT_ARE_OTHERS(
        Attack::message,
        "{\"type\":[\"trade\"],\"venue\":{},\"symbol\":7}",
        "{\"type\":\"book\",\"venue\":\"acme\",\"symbol\":\"BAD\",\"snapshot\":\"yes\",\"bids\":{\"1\":\"1\"}}",
        "{\"type\":\"trade\",\"venue\":\"acme\",\"symbol\":\"BAD\",\"price\":{\"$numberDecimal\":\"1\"},"
            + "\"quantity\":[1],\"event_time_us\":null}",
        "[[[]],{},null,true,1e9]",
        "null"),
    TEXTS_THAT_ARE_NO_MESSAGE(
        Attack::message,
        "\ufeff{\"type\":\"trade\"}",
        "{\"type\":\"trade\"}{\"type\":\"trade\"}",
        "{\"type\":\"trade\",}",
        "{'type':'trade'}",
        "{\"type\":\"tr\u0001de\"}",
        "{" + "\"a\":{".repeat(200_000),
        "{\"" + "k".repeat(1_000_000) + "\":1}",
        "{" + "\"k\":0,".repeat(200_000) + "\"k\":0}"),
    BYTES_THAT_ARE_NO_TEXT(
        text -> Stream.of(StandardCharsets.UTF_16, StandardCharsets.UTF_8).flatMap(Attack::bytes),
        ""),
    TIMES(
        time -> Stream.of(tradeAt(time, "raw-trades"), tradeAt(time, "raw-orderbooks")),
        "0",
        "-1",
        "1723161256",
        "1723161256000000000",
        Long.toString(Long.MAX_VALUE),
        Long.toString(Long.MIN_VALUE),
        "9".repeat(400),
        Long.toString(START_US + 86_400_000_000L),
        Long.toString(START_US - 86_400_000_000L)),
    TRADE_IDS(
        id -> Stream.of(tradeWithId("\"" + id + "\""), tradeWithId(id)),
        Long.toString(Long.MAX_VALUE),
        Long.toString(Long.MIN_VALUE),
        "18446744073709551616",
        "-1",
        "1e3",
        "9".repeat(10_000)),
    SEQUENCES(
        number ->
            Stream.of(
                delta("0", number), delta(number, "1"), delta(number, number), delta("1", "2")),
        "0",
        "-1",
        Long.toString(Long.MAX_VALUE),
        Long.toString(Long.MIN_VALUE),
        "9223372036854775808"),
    DEPTHS(
        depth ->
            Stream.of(
                of(
                    "kraken",
                    ("{\"method\":\"subscribe\",\"result\":{\"channel\":\"book\",\"depth\":%s,"
                            + "\"symbol\":\"BAD\"},\"success\":true}")
                        .formatted(depth)),
                of(
                    "kraken",
                    ("{\"channel\":\"book\",\"type\":\"snapshot\",\"data\":[{\"symbol\":\"BAD\","
                        + "\"bids\":[{\"price\":1,\"qty\":1}],\"asks\":[],\"checksum\":1}]}"))),
        "-5",
        "0",
        "2147483647",
        "2147483648",
        "1e30"),
    SESSIONS(
        from ->
            IntStream.range(0, 20_000)
                .boxed()
                .flatMap(
                    session ->
                        Stream.of(
                            in(session, delta("1", "2")),
                            in(session, book("BAD", 1, "1", "1", "2", "1")),
                            disconnected(session))),
        ""),
    LEVELS(
        side ->
            Stream.of(
                of(
                    "streamforge",
                    ("{\"type\":\"book\",\"venue\":\"acme\",\"symbol\":\"BAD\",\"snapshot\":true,\"sequence\":1,"
                            + "\"event_time_us\":%d,\"bids\":[[\"1\",\"1\"]],\"asks\":[[\"2\",\"1\"]],\"%s\":[%s]}")
                        .formatted(
                            START_US,
                            side,
                            String.join(
                                ",",
                                IntStream.range(0, 300_000)
                                    .mapToObj("[\"%d\",\"1\"]"::formatted)
                                    .toList())))),
        "bids",
        "asks"),
    OF_ANOTHER_TOPIC(
        symbol ->
            Stream.of(
                inTopic("raw-trades", book(symbol, 2, "1", "1", "2", "1")),
                inTopic("raw-trades", notice("acme", symbol, RawRecord.DISCONNECTED)),
                inTopic("raw-orderbooks", trade(symbol, "1", "1", 7))),
        "GOOD"),
    SMALL_SNAPSHOTS_OF_A_LARGE_BOOK(
        snapshot ->
            Stream.concat(
                Stream.concat(
                    Stream.of(of("bitstamp", bitstampBook(START_US - 3_000_000, 100_000))),
                    IntStream.range(0, 4)
                        .mapToObj(i -> bitstampDelta(START_US - 2_000_000 + i, 100_000))),
                IntStream.range(0, 100)
                    .boxed()
                    .flatMap(
                        i ->
                            Stream.of(
                                of("bitstamp", bitstampBook(START_US - 2_500_000 + i, 1)),
                                bitstampDelta(START_US - 2_100_000 + i, 1)))),
        ""),
    SMALL_SNAPSHOTS_BEFORE_LARGE_DELTAS(
        newest ->
            Stream.of(
                    IntStream.range(0, 4)
                        .mapToObj(i -> largeDelta(10 + i, 100_000, 300_000 + 1_000 * i)),
                    Stream.of(largeDelta(Integer.parseInt(newest), 0, 450_000)),
                    IntStream.range(0, 500).mapToObj(i -> book("BAD", 10, "1", "1", "2", "1")))
                .flatMap(records -> records),
        "3",
        "30"),
    ELEMENTS_THAT_ARE_NO_BOOKS(
        text -> Stream.of(of("coinbase", text), of("okx", text), of("kraken", text)),
        "{\"channel\":\"l2_data\",\"timestamp\":\"2024-08-08T23:54:16.000000Z\",\"events\":[0"
            + ",0".repeat(2_000_000)
            + "]}",
        "{\"arg\":{\"channel\":\"books\",\"instId\":\"BAD\"},\"action\":\"update\",\"data\":[0"
            + ",0".repeat(2_000_000)
            + "]}",
        "{\"channel\":\"book\",\"type\":\"update\",\"data\":[0" + ",0".repeat(2_000_000) + "]}"),
    NUMBERS_IN_A_RING(
        number ->
            Stream.of(
                delta(number, "7"),
                delta("7", number),
                book("BAD", Long.parseLong(number), "1", "1", "2", "1")),
        "5"),
    NOTICES_OF_NO_BOOK(
        venue ->
            IntStream.range(0, 10_000)
                .mapToObj(i -> notice(venue, "S" + i, RawRecord.DISCONNECTED)),
        "acme",
        "okx",
        "bitget"),
    PROTOBUF(
        text ->
            Stream.of(
                    new byte[] {0x0a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f},
                    new byte[] {0x0b, 0x0b, 0x0b, 0x0c},
                    new byte[] {0x19, -1, -1, -1, -1, -1, -1, -1, 0x7f},
                    filled(1_000_000, 0x0b),
                    filled(1_000_000, 0xff))
                .map(value -> record("raw-trades", "market-data-event", "BAD", value)),
        "");

    private final Function<String, Stream<RawRecord>> records;
    private final List<String> texts;

    Attack(Function<String, Stream<RawRecord>> records, String... texts) {
      this.records = records;
      this.texts = List.of(texts);
    }

    Stream<RawRecord> records() {
      return texts.stream().flatMap(records);
    }

    private static Stream<RawRecord> message(String text) {
      return Stream.of("streamforge", "okx", "kraken", "binance-spot", "market-data-event")
          .map(venue -> of(venue, text));
    }

    private static Stream<RawRecord> bytes(java.nio.charset.Charset charset) {
      byte[] value = new String(trade("BAD", "1", "1", 1).value(), UTF_8).getBytes(charset);
      byte[] halved = Arrays.copyOf(value, value.length - 1);
      byte[] wrong = value.clone();
      wrong[value.length / 2] = (byte) 0xc3;
      return Stream.of(value, halved, wrong)
          .map(bytes -> record("raw-trades", "streamforge", "BAD", bytes));
    }
  }

  private static byte[] filled(int bytes, int each) {
    byte[] all = new byte[bytes];
    Arrays.fill(all, (byte) each);
    return all;
  }

  private static RawRecord record(String topic, String venue, String key, byte[] value) {
    return new RawRecord(topic, 0, 0, key.getBytes(UTF_8), value, venue, START_US + 500_000);
  }

  private static RawRecord of(String venue, String message) {
    return record("raw-orderbooks", venue, "BAD", message.getBytes(UTF_8));
  }

  private static RawRecord in(int session, RawRecord record) {
    return new RawRecord(
        record.topic(),
        0,
        0,
        record.key(),
        record.value(),
        record.venue(),
        record.receiveTimeUs(),
        "00-" + "z".repeat(32),
        session,
        record.event(),
        false);
  }

  private static RawRecord inTopic(String topic, RawRecord record) {
    return new RawRecord(
        topic,
        0,
        0,
        record.key(),
        record.value(),
        record.venue(),
        record.receiveTimeUs(),
        record.traceparent(),
        record.session(),
        record.event(),
        false);
  }

  private static RawRecord notice(String venue, String key, String event) {
    byte[] symbol = key.getBytes(UTF_8);
    long timeUs = START_US + 500_000;
    return new RawRecord(
        "raw-orderbooks", 0, 0, symbol, null, venue, timeUs, null, 0, event, false);
  }

  private static RawRecord disconnected(int session) {
    return in(session, notice("acme", "BAD", RawRecord.DISCONNECTED));
  }

  private static RawRecord message(String topic, String text) {
    return record(topic, "streamforge", "X", text.getBytes(UTF_8));
  }

  private static RawRecord trade(String symbol, String price, String quantity, long id) {
    return message(
        "raw-trades",
        """
        {"type":"trade","venue":"acme","symbol":"%s","price":"%s","quantity":"%s","trade_id":"%d",\
        "event_time_us":%d}"""
            .formatted(symbol, price, quantity, id, START_US + 400_000));
  }

  private static RawRecord tradeAt(String time, String topic) {
    return message(
        topic,
        """
        {"type":"trade","venue":"acme","symbol":"BAD","price":"1","quantity":"1",\
        "event_time_us":%s}"""
            .formatted(time));
  }

  private static RawRecord tradeWithId(String id) {
    return message(
        "raw-trades",
        """
        {"type":"trade","venue":"acme","symbol":"BAD","price":"1","quantity":"1","trade_id":%s,\
        "event_time_us":%d}"""
            .formatted(id, START_US + 400_000));
  }

  private static RawRecord book(
      String symbol, long number, String bid, String bidSize, String ask, String askSize) {
    return message(
        "raw-orderbooks",
        """
        {"type":"book","venue":"acme","symbol":"%s","snapshot":true,"sequence":%d,\
        "bids":[["%s","%s"]],"asks":[["%s","%s"]],"event_time_us":%d}"""
            .formatted(symbol, number, bid, bidSize, ask, askSize, START_US + 400_000));
  }

  private static Stream<RawRecord> eachAsPrice(String number) {
    return Stream.of(
        trade("BAD", number, "1", 1),
        trade("BAD", "1", number, 2),
        book("BAD", 1, number, "1", "2", "1"),
        book("BAD", 1, "1", "1", "2", number),
        of(
            "okx",
            ("{\"arg\":{\"channel\":\"trades\",\"instId\":\"BAD\"},\"data\":[{\"instId\":\"BAD\",\"px\":\"%s\","
                    + "\"sz\":\"1\",\"side\":\"buy\",\"ts\":\"1723161256400\"}]}")
                .formatted(number)));
  }

  private static String levels(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "[\"%d\",\"1\"]".formatted(200_000 - i))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String bitstampBook(long timeUs, int bids) {
    return "{\"microtimestamp\":\"%d\",\"bids\":%s,\"asks\":[]}".formatted(timeUs, levels(bids));
  }

  private static RawRecord bitstampDelta(long timeUs, int bids) {
    return of(
        "bitstamp",
        "{\"event\":\"data\",\"channel\":\"diff_order_book_BAD\",\"data\":%s}"
            .formatted(bitstampBook(timeUs, bids)));
  }

  private static RawRecord largeDelta(int previous, int bids, long afterUs) {
    return message(
        "raw-orderbooks",
        """
        {"type":"book","venue":"acme","symbol":"BAD","snapshot":false,"previous_sequence":%d,\
        "sequence":%d,"bids":%s,"asks":[],"event_time_us":%d}"""
            .formatted(previous, previous + 1, levels(bids), START_US + afterUs));
  }

  private static RawRecord delta(String previous, String number) {
    return message(
        "raw-orderbooks",
        """
        {"type":"book","venue":"acme","symbol":"BAD","snapshot":false,"previous_sequence":%s,\
        "sequence":%s,"bids":[["1","1"]],"asks":[],"event_time_us":%d}"""
            .formatted(previous, number, START_US + 400_000));
  }

  /** What the market publishes of one honest instrument, with or without an attack beside it. */
  private static final class Market {
    private final List<String> good = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private final List<String> letters = new ArrayList<>();
    private final DirectMarketGraph market =
        new DirectMarketGraph(
            new Settings(
                Map.of("kafka.bootstrap-servers", "none:1", "sink.market-events.topic", "events")),
            new DirectMarketGraph.Outputs(
                record -> {
                  check(RecordSchema.SYMBOL_FEATURES, record);
                  if (new String(record.key(), UTF_8).equals("acme:GOOD")) {
                    good.add(new String(record.value(), UTF_8));
                  }
                },
                record -> check(RecordSchema.GRAPH_FEATURES, record),
                record -> check(RecordSchema.BOOK_RESYNC, record),
                this::takeLetter,
                record -> check(RecordSchema.MARKET_EVENTS, record)));

    private void check(RecordSchema schema, OutputRecord record) {
      try {
        wrong.addAll(schema.errors(new String(record.value(), UTF_8)));
      } catch (Exception e) {
        wrong.add(e.toString());
      }
    }

    private void takeLetter(OutputRecord letter) {
      letters.add(letter.headers().get("reason"));
      wrong.addAll(
          RecordSchema.DEAD_LETTER_HEADERS.errors(new JsonMapper().valueToTree(letter.headers())));
      if (letter.sizeInLog() > DeadLetterRecord.MAX_BYTES) {
        wrong.add("a dead letter has " + letter.sizeInLog() + " bytes");
      }
    }

    Market run(Stream<RawRecord> attack) {
      market.accept(book("GOOD", 1, "10", "1", "11", "1"));
      market.accept(trade("GOOD", "10", "1", 1));
      attack.forEach(market::accept);
      market.accept(trade("GOOD", "11", "2", 2));
      market.accept(book("GOOD", 2, "10.5", "1", "11", "3"));
      market.completeUntil(END_US);
      return this;
    }
  }

  @ParameterizedTest
  @EnumSource(Attack.class)
  void leavesTheOthersBytesAsTheyAre(Attack attack) {
    Market attacked = new Market().run(attack.records());
    assertThat(attacked.wrong).isEmpty();
    assertThat(attacked.good).isNotEmpty().isEqualTo(new Market().run(Stream.empty()).good);
    assertThat(attacked.letters).doesNotContain("decoder-failed");
  }

  @Test
  void whatIsNoNumberIsADeadLetter() {
    Market attacked = new Market().run(Attack.NUMBERS_THAT_ARE_NONE.records());
    assertThat(attacked.letters).hasSizeGreaterThan(40);
  }
}
