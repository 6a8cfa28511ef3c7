package io.streamforge.wire;

import io.streamforge.wire.protobuf.MarketDataEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Damaged messages give events that can be used, or a DecodeException, and nothing else ever. */
class RobustnessTest {
  private static final int MAX_LENGTH = 20_000;
  private static final List<RecordedLines.Line> LINES = lines();
  private static final List<String> VENUES = Venues.names().stream().sorted().toList();
  private static final String[] TOKENS = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "null",
    "true",
    "-",
    ".",
    "0",
    "e9",
    "E-400",
    "\\u0000",
    "\\ud800",
    "\\",
    "[[",
    "[]",
    "{}",
    "\"\"",
    "-1",
    "1e999999999",
    "99999999999999999999999",
    "0.0000000000000000000000001",
    "18446744073709551616",
    "\"s\":",
    "\"data\":",
    "\"pu\":",
    "\"T\":",
    "\"type\":",
    "\"book\"",
    "\"trade\"",
    "\"price\":",
    "\"symbol\":",
    "\"timestamp\":",
    "\"trades\":",
    "\"X\":\"NA\",",
    "\"e\":\"depthUpdate\",",
    "\"stream\":\"x@depth5\",",
    "\"lastUpdateId\":",
    "\"result\":",
    "[\"0\",\"1\"],",
    "[\"1\",\"999999999999999999\"],",
    "[\"0.000000000000000001\",\"1\"],",
    "[\"x\",[{}]],",
    "\"channel\":",
    "\"changes\":",
    "\"seqId\":",
    "\"pseq\":",
    "\"instType\":",
    "\"event\":",
    "\"method\":",
    "\"subscribe\"",
    "\"u\":1,",
    "\"snapshot\""
  };

  private final SoundDecoding decoding = new SoundDecoding();

  @Property(tries = 20_000, shrinking = ShrinkingMode.OFF)
  void damagedMessages(@ForAll Random random) throws IOException {
    RecordedLines.Line line = pick(LINES, random);
    byte[] message = line.bytes();
    for (int damages = random.nextInt(5); damages > 0; damages--) {
      message = damage(message, random);
    }
    String key = random.nextInt(4) == 0 ? oddKey(random) : line.key();
    decoding.check(line.venue(), key, message, line.receiveTimeUs());
    if (random.nextInt(4) == 0) {
      for (String venue : VENUES) {
        decoding.check(venue, key, message, line.receiveTimeUs());
      }
    }
  }

  @Property(tries = 20_000, shrinking = ShrinkingMode.OFF)
  void damagedProtobuf(@ForAll Random random) throws IOException {
    byte[] message = event(random).toByteArray();
    for (int damages = random.nextInt(4); damages > 0; damages--) {
      message = damage(message, random);
    }
    decoding.check("market-data-event", "KEY", message, Decoding.NOW);
  }

  private static MarketDataEvent event(Random random) {
    return MarketDataEvent.newBuilder()
        .setExchange(random.nextInt(4) == 0 ? oddName(random) : "acme")
        .setSymbol(random.nextInt(4) == 0 ? oddName(random) : "BTCUSDT")
        .setPrice(number(random))
        .setVolume(number(random))
        .setTimestamp(random.nextInt(4) == 0 ? random.nextLong() : Decoding.NOW / 1000)
        .setEventTypeValue(random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(3))
        .build();
  }

  private static double number(Random random) {
    return random.nextInt(4) == 0
        ? Double.longBitsToDouble(random.nextLong())
        : random.nextInt(1_000_000) / 1e4;
  }

  @Property(tries = 2_000, shrinking = ShrinkingMode.OFF)
  void anyBytes(@ForAll byte[] message) throws IOException {
    for (String venue : VENUES) {
      decoding.check(venue, "KEY", message, Decoding.NOW);
    }
  }

  private static byte[] damage(byte[] message, Random random) {
    if (message.length == 0) {
      return new byte[] {(byte) random.nextInt(256)};
    }
    int at = random.nextInt(message.length);
    int end = Math.min(message.length, at + 1 + random.nextInt(1 << random.nextInt(8)));
    return switch (random.nextInt(10)) {
      case 0 -> replace(message, at, at + 1, new byte[] {(byte) random.nextInt(256)});
      case 1 -> replace(message, at, end, new byte[0]);
      case 2 -> replace(message, at, at, Arrays.copyOfRange(message, at, end));
      case 3 -> Arrays.copyOf(message, at);
      case 4, 5 -> replace(message, at, at, bytes(TOKENS[random.nextInt(TOKENS.length)]));
      case 6 -> {
        byte[] swapped = message.clone();
        int other = nextDigit(message, random.nextInt(message.length));
        int digit = nextDigit(message, at);
        swapped[digit] = message[other];
        swapped[other] = message[digit];
        yield swapped;
      }
      case 7 -> {
        int digit = nextDigit(message, at);
        yield replace(message, digit, digit, bytes("7".repeat(1 + random.nextInt(80))));
      }
      case 8 -> replace(message, at, at, bytes("[{\"a\":".repeat(random.nextInt(3_000))));
      default -> {
        byte[] other = pick(LINES, random).bytes();
        int from = random.nextInt(other.length);
        int to = Math.min(other.length, from + random.nextInt(200));
        yield replace(message, at, end, Arrays.copyOfRange(other, from, to));
      }
    };
  }

  private static int nextDigit(byte[] message, int from) {
    for (int i = from; i < message.length; i++) {
      if (message[i] >= '0' && message[i] <= '9') {
        return i;
      }
    }
    return from;
  }

  private static byte[] replace(byte[] message, int from, int to, byte[] by) {
    byte[] replaced = new byte[message.length - (to - from) + by.length];
    System.arraycopy(message, 0, replaced, 0, from);
    System.arraycopy(by, 0, replaced, from, by.length);
    System.arraycopy(message, to, replaced, from + by.length, message.length - to);
    return replaced;
  }

  private static String oddKey(Random random) {
    return random.nextInt(6) == 0 ? null : oddName(random);
  }

  private static String oddName(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> "";
      case 1 -> "A".repeat(70_000);
      case 2 -> "BTC\nUSDT";
      case 3 -> "\ufffd";
      default -> "\ud83d\ude00";
    };
  }

  /** Some of every recording, and the forms that none of them holds. */
  private static List<RecordedLines.Line> lines() {
    List<RecordedLines.Line> lines = new ArrayList<>();
    try {
      for (Path recording : RecordedLines.all()) {
        int[] count = new int[1];
        RecordedLines.forEach(
            recording,
            line -> {
              if (line.value().length() < MAX_LENGTH && count[0]++ % 200 < 2) {
                lines.add(line);
              }
            });
      }
    } catch (IOException | DecodeException e) {
      throw new AssertionError(e);
    }
    for (String message :
        List.of(
            "{\"lastUpdateId\":7,\"bids\":[[\"61837.63\",\"3.78\"]],\"asks\":[[\"61837.64\",\"1\"]]}",
            "[1,{\"as\":[[\"5541.3\",\"2.5\",\"1723161255.456738\"]],\"bs\":[]},\"book-10\","
                + "\"XBT/USD\"]",
            "[0,[[\"5541.2\",\"0.15\",\"1723161255.321597\",\"s\",\"l\",\"\"]],\"trade\","
                + "\"XBT/USD\"]",
            "{\"channel\":\"trade\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\","
                + "\"side\":\"sell\",\"price\":61837.6,\"qty\":40.0,"
                + "\"timestamp\":\"2024-08-08T23:54:15.9Z\"}]}",
            "{\"trade_id\":1,\"price\":61837.63,\"quantity\":0.02,\"timestamp\":1723161255342,"
                + "\"is_buyer_maker\":true,\"symbol\":\"BTCUSDT\"}",
            "{\"type\":\"trade\",\"venue\":\"acme\",\"symbol\":\"BTCUSDT\",\"price\":\"61837.63\","
                + "\"quantity\":\"0.02\",\"side\":\"sell\",\"event_time_us\":1723161255342000}",
            "{\"type\":\"book\",\"venue\":\"acme\",\"symbol\":\"BTCUSDT\",\"snapshot\":false,"
                + "\"previous_sequence\":7,\"sequence\":9,\"bids\":[[\"61837.63\",\"0\"]],"
                + "\"asks\":[],\"event_time_us\":1723161255442000}",
            "{\"method\":\"subscribe\",\"result\":{\"channel\":\"book\",\"depth\":25,"
                + "\"symbol\":\"BTC/USD\"},\"success\":true}",
            "{\"action\":\"update\",\"arg\":{\"instType\":\"usdt-futures\",\"topic\":\"books\","
                + "\"symbol\":\"BTCUSDT\"},\"data\":[{\"a\":[[\"27000.5\",\"8.760\"]],\"b\":[],"
                + "\"checksum\":0,\"pseq\":\"1304314508780744705\",\"seq\":1304314508780744769,"
                + "\"ts\":\"1723161255708\"}],\"ts\":1723161255999}",
            "{\"action\":\"update\",\"arg\":{\"instType\":\"spot\",\"topic\":\"publicTrade\","
                + "\"symbol\":\"BTCUSDT\"},\"data\":[{\"i\":\"1485683898127761410\",\"p\":\"1\","
                + "\"v\":\"2\",\"S\":\"sell\",\"T\":\"1723161255708\"},{\"i\":\"7\",\"p\":\"1\","
                + "\"v\":\"2\",\"S\":\"buy\",\"T\":\"1723161255708\"}],\"ts\":1723161255999}",
            "{\"action\":\"update\",\"arg\":{\"instType\":\"SPOT\",\"channel\":\"books\","
                + "\"instId\":\"BTCUSDT\"},\"data\":[{\"asks\":[[\"27000.5\",\"8.760\"]],\"bids\":"
                + "[[\"27000.0\",\"2.71\"]],\"checksum\":-855196043,\"seq\":1304314508780744705,"
                + "\"ts\":\"1723161255708\"}],\"ts\":1723161255999}")) {
      String venue =
          message.contains("acme")
              ? "streamforge"
              : message.contains("/USD")
                  ? "kraken"
                  : message.contains("instType") ? "bitget" : "binance-spot";
      for (int i = 0; i < 100; i++) {
        lines.add(new RecordedLines.Line("raw-trades", "BTC", venue, Decoding.NOW, message));
      }
    }
    return lines;
  }

  private static <T> T pick(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
