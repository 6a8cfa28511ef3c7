package io.streamforge.drill;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The worst of everything, each second; docs/soaks.md lists it. The clock of partition 0 is right.
 * That of partition 1 is ten times as fast until it is ahead by more than {@code source.max-drift}.
 * So its books and trades wait for those of partition 0, as after a standstill.
 */
final class WorstInputs implements AutoCloseable {
  static final int PARTITIONS = 2;

  /** Of a partition: reached within the first seconds. */
  static final int MAX_INSTRUMENTS = 300;

  private static final int BUSY = 40;
  private static final int MADE_UP = 20;
  private static final int BOMB_SECONDS = 10;
  private static final int FAST = 10;
  private static final long MOST_AHEAD_SECONDS = 700;
  private static final long SECOND_US = 1_000_000;
  private static final int MEGABYTE = 1 << 20;

  private static final String BOOKS = "raw-orderbooks";
  private static final String TRADES = "raw-trades";
  private static final byte[] CANONICAL = "streamforge".getBytes(UTF_8);

  private final KafkaProducer<byte[], byte[]> producer;
  private final ScheduledExecutorService seconds = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledFuture<?> stepping;
  private final Random random;
  private final long startUs = System.currentTimeMillis() * 1000;
  private volatile Exception failure;
  private long second;
  private long fastSecond;

  WorstInputs(String bootstrapServers, long seed) {
    random = new Random(seed);
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "compression.type",
                "zstd",
                "linger.ms",
                "20",
                "max.request.size",
                String.valueOf(64 * MEGABYTE),
                "buffer.memory",
                String.valueOf(256 * MEGABYTE)),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    stepping = seconds.scheduleAtFixedRate(this::guardedStep, 0, 1, TimeUnit.SECONDS);
  }

  private void guardedStep() {
    try {
      step();
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    }
  }

  private void step() {
    long slowUs = startUs + second * SECOND_US;
    live(0, slowUs, second);
    long until = Math.min(second * FAST, second + MOST_AHEAD_SECONDS);
    for (; fastSecond <= until; fastSecond++) {
      for (int i = 1; i <= BUSY; i++) {
        live(i, startUs + fastSecond * SECOND_US, fastSecond);
      }
    }
    long fastUs = startUs + until * SECOND_US;
    int partition = (int) second % PARTITIONS;
    long nowUs = partition == 0 ? slowUs : fastUs;
    neverWhole(partition, nowUs);
    flapping(partition, nowUs);
    madeUp(partition, nowUs);
    unreadable(partition, nowUs);
    large(partition, nowUs);
    if (second % BOMB_SECONDS == 5) {
      crowd(partition, nowUs);
    }
    for (String topic : new String[] {BOOKS, TRADES}) {
      heartbeat(topic, 0, slowUs);
      heartbeat(topic, 1, fastUs);
    }
    second++;
  }

  /** A book that moves, and its trades. */
  private void live(int instrument, long timeUs, long sequence) {
    int partition = instrument == 0 ? 0 : 1;
    String follows =
        sequence == 0 ? "\"snapshot\":true" : "\"previous_sequence\":%d".formatted(sequence - 1);
    String book =
        """
        {"type":"book","venue":"acme","symbol":"BUSY%d",%s,"sequence":%d,"event_time_us":%d,\
        "bids":[["10.%d","%d"]],"asks":[["12.%d","1"]]}"""
            .formatted(
                instrument,
                follows,
                sequence,
                timeUs,
                random.nextInt(10),
                1 + random.nextInt(9),
                random.nextInt(10));
    send(BOOKS, partition, timeUs, "BUSY" + instrument, book);
    for (int step = 0; step < 5; step++) {
      long id =
          switch (instrument % 4) {
            case 0 -> sequence * 5 + step;
            case 1 -> sequence / 2 * 5 + step; // twice
            case 2 -> sequence * 5000 - step * 2L; // backwards, with holes
            default -> random.nextLong(Long.MAX_VALUE);
          };
      String trade =
          """
          {"type":"trade","venue":"acme","symbol":"BUSY%d","trade_id":"%d","price":"11.%d",\
          "quantity":"1","side":"buy","event_time_us":%d}"""
              .formatted(instrument, id, random.nextInt(10), timeUs + step * 1000L);
      send(TRADES, partition, timeUs, "BUSY" + instrument, trade);
    }
  }

  private static String levels(int count, int first) {
    StringBuilder levels = new StringBuilder();
    for (int i = 0; i < count; i++) {
      levels.append(i == 0 ? "" : ",").append("[\"").append(first + i).append(".5\",\"1.25\"]");
    }
    return levels.toString();
  }

  private void neverWhole(int partition, long nowUs) {
    String symbol = "NEVER" + random.nextInt(4);
    String delta =
        """
        {"type":"book","venue":"acme","symbol":"%s","previous_sequence":%d,"sequence":%d,\
        "event_time_us":%d,"bids":[%s],"asks":[]}"""
            .formatted(symbol, second, second + 1, nowUs, levels(20_000, 100_000));
    ProducerRecord<byte[], byte[]> record = record(BOOKS, partition, nowUs, symbol, delta);
    String trace = "00-%016x%016x-%016x-01".formatted(random.nextLong(), 1, random.nextLong());
    record.headers().add("traceparent", trace.getBytes(UTF_8));
    send(record);
    if (second % BOMB_SECONDS == 1) {
      String deep =
          """
          {"type":"book","venue":"acme","symbol":"DEEP","snapshot":true,"sequence":%d,\
          "event_time_us":%d,"bids":[%s],"asks":[%s]}"""
              .formatted(second, nowUs, levels(49_000, 1), levels(49_000, 200_000));
      send(BOOKS, partition, nowUs, "DEEP", deep);
    }
  }

  private void flapping(int partition, long nowUs) {
    for (int i = 0; i < 10; i++) {
      String snapshot =
          """
          {"type":"book","venue":"acme","symbol":"FLAP%d","snapshot":true,"sequence":%d,\
          "event_time_us":%d,"bids":[["10","1"]],"asks":[["11","1"]]}"""
              .formatted(i, random.nextInt(1000), nowUs);
      ProducerRecord<byte[], byte[]> whole = record(BOOKS, partition, nowUs, "FLAP" + i, snapshot);
      byte[] session = Long.toString(random.nextLong()).getBytes(UTF_8);
      whole.headers().add("connection", session);
      send(whole);
      ProducerRecord<byte[], byte[]> end =
          record(BOOKS, partition, nowUs, "FLAP" + i, (byte[]) null);
      end.headers().remove("venue").add("venue", "acme".getBytes(UTF_8));
      end.headers().add("connection", session).add("event", "disconnected".getBytes(UTF_8));
      send(end);
    }
  }

  /** Half of them come again and again, so that those that found room stay in the graph. */
  private void madeUp(int partition, long nowUs) {
    for (int i = 0; i < MADE_UP; i++) {
      String known = "MADE-UP-%d".formatted((second * MADE_UP + i) % (2 * MAX_INSTRUMENTS));
      madeUp(known, 0, startUs + second * SECOND_US);
      madeUp("ONCE-%x".formatted(random.nextLong()), partition, nowUs);
    }
  }

  private void madeUp(String symbol, int partition, long nowUs) {
    String book =
        """
        {"type":"book","venue":"acme","symbol":"%s","snapshot":true,"sequence":%d,\
        "event_time_us":%d,"bids":[["10","1"]],"asks":[["11","1"]]}"""
            .formatted(symbol, second, nowUs);
    String trade =
        """
        {"type":"trade","venue":"acme","symbol":"%s","trade_id":"%d","price":"1","quantity":"1",\
        "side":"buy","event_time_us":%d}"""
            .formatted(symbol, second, nowUs);
    send(BOOKS, partition, nowUs, symbol, book);
    send(TRADES, partition, nowUs, symbol, trade);
  }

  private void unreadable(int partition, long nowUs) {
    String levels =
        """
        {"type":"book","venue":"acme","symbol":"BAD","snapshot":true,"sequence":%d,\
        "event_time_us":%d,"bids":[["x","1"],["10","1e999"],["9","1"]],"asks":[["-1","1"]]}"""
            .formatted(second, nowUs);
    send(BOOKS, partition, nowUs, "BAD", levels);
    send(BOOKS, partition, nowUs, "BAD", "{".repeat(MEGABYTE / 2));
    send(TRADES, partition, nowUs, "BAD", "[".repeat(4 * MEGABYTE));
  }

  private void large(int partition, long nowUs) {
    String topic = second / 2 % 2 == 0 ? BOOKS : TRADES;
    String book =
        """
        {"type":"book","venue":"acme","symbol":"BLANKS","snapshot":true,"sequence":%d,\
        "event_time_us":%d,"bids":[["10","1"]],"asks":[["11","1"]]}"""
            .formatted(second, nowUs);
    byte[] padded = blanks(16 * MEGABYTE - 1);
    System.arraycopy(book.getBytes(UTF_8), 0, padded, 0, book.length());
    send(record(BOOKS, partition, nowUs, "BLANKS", padded));
    ProducerRecord<byte[], byte[]> headers = record(topic, partition, nowUs, "HEADERS", "[");
    headers.headers().add("traceparent", blanks(9 * MEGABYTE)).add("event", blanks(MEGABYTE));
    for (int i = 0; i < 20_000; i++) {
      headers.headers().add("venue" + i, CANONICAL);
    }
    send(headers);
    send(record(topic, partition, nowUs, " ".repeat(5 * MEGABYTE), "7".getBytes(UTF_8)));
    ProducerRecord<byte[], byte[]> heartbeat = record(topic, partition, nowUs, null, (byte[]) null);
    heartbeat.headers().add("event2", blanks(MEGABYTE));
    send(heartbeat);
    if (second % BOMB_SECONDS < PARTITIONS) {
      byte[] bomb = blanks(16 * MEGABYTE);
      for (int i = 0; i < 100; i++) {
        send(record(topic, partition, nowUs, "BOMB", bomb));
      }
    }
  }

  /** Trades of one instrument and one sample, which fill two records. */
  private void crowd(int partition, long nowUs) {
    String trade =
        "{\"instId\":\"CROWD\",\"px\":\"1.5\",\"sz\":\"1\",\"side\":\"buy\",\"ts\":\"%d\"}"
            .formatted(nowUs / 1000);
    String trades = (trade + ",").repeat(16 * MEGABYTE / trade.length() - 10_000) + trade;
    String message =
        "{\"arg\":{\"channel\":\"trades\",\"instId\":\"CROWD\"},\"data\":[" + trades + "]}";
    for (int i = 0; i < 2; i++) {
      ProducerRecord<byte[], byte[]> record = record(TRADES, partition, nowUs, "CROWD", message);
      record.headers().remove("venue").add("venue", "okx".getBytes(UTF_8));
      send(record);
    }
  }

  private static byte[] blanks(int count) {
    byte[] blanks = new byte[count];
    Arrays.fill(blanks, (byte) ' ');
    return blanks;
  }

  private void heartbeat(String topic, int partition, long timeUs) {
    send(record(topic, partition, timeUs, null, (byte[]) null));
  }

  private void send(String topic, int partition, long timeUs, String key, String value) {
    send(record(topic, partition, timeUs, key, value));
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, int partition, long timeUs, String key, String value) {
    return record(topic, partition, timeUs, key, value == null ? null : value.getBytes(UTF_8));
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, int partition, long timeUs, String key, byte[] value) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic, partition, timeUs / 1000, key == null ? null : key.getBytes(UTF_8), value);
    record.headers().add("venue", CANONICAL);
    record.headers().add("receive_time_us", Long.toString(timeUs).getBytes(UTF_8));
    return record;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback is told the same
  private void send(ProducerRecord<byte[], byte[]> record) {
    producer.send(
        record,
        (metadata, e) -> {
          if (e != null) {
            failure = e;
          }
        });
  }

  /** What went wrong with the sending; null for nothing. */
  Exception failure() {
    return failure;
  }

  @Override
  public void close() throws InterruptedException {
    stepping.cancel(false);
    seconds.shutdown();
    if (!seconds.awaitTermination(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the feed does not end");
    }
    producer.close();
  }
}
