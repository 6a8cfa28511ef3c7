package io.streamforge.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fast book is the plain one, whatever is lost, repeated, swapped or evicted. */
class OrderBookPropertyTest {
  private static final long NOW_US = 1_723_161_255_000_000L;

  /** Levels that the checksum holds; how many are below them is guessed in two ways. */
  private static final int SUMMED = 10;

  @Property(tries = 500)
  void equalsThePlainBookOnRandomMessages(
      @ForAll long seed, @ForAll @IntRange(max = 3) int decimals) {
    List<RawMessage> log = damage(randomLog(new Random(seed), decimals), new Random(~seed), 0.05);
    compare("binance-spot", log, new Random(seed + 1), true);
  }

  @ParameterizedTest
  @CsvSource({
    "binance-us-10,HNTUSD",
    "kraken-v1-10,DASH/EUR",
    "kraken-v2-btc,BTC/USD",
    "okx-10,UNI-USD-SWAP",
    "bybit-6,SOLUSDT",
    "coinbase-pro-10,SKL-USD",
    "bitstamp-10,btcusdc",
    "gemini-10,LTCUSD"
  })
  void equalsThePlainBookOnDamagedRecordings(String recording, String symbol) throws IOException {
    List<RawMessage> log = new ArrayList<>();
    for (RawMessage record : RecordingFile.read(recording)) {
      if (!record.isTrade() && record.key().equals(symbol)) {
        log.add(record);
      }
    }
    for (int seed = 0; seed < 20; seed++) {
      compare(log.get(0).venue(), damage(log, new Random(seed), 0.01), new Random(~seed), false);
    }
  }

  private static void compare(
      String venue, List<RawMessage> log, Random evictions, boolean everyLevel) {
    BookUnderTest.Fast fast = new BookUnderTest.Fast();
    PagesInMemory pages = new PagesInMemory();
    BookUnderTest plain = new BookUnderTest.Plain(venue);
    for (int i = 0; i < log.size(); i++) {
      fast.apply(log.get(i));
      if (evictions.nextInt(10) == 0) {
        pages.write(fast.book());
      }
      if (evictions.nextInt(20) == 0) {
        fast.evict(pages);
      }
      plain.apply(log.get(i));
      assertThat(fast.status()).as("status after message %d", i).isEqualTo(plain.status());
      if (fast.book().status() == BookStatus.LIVE && (everyLevel || i % 50 == 0)) {
        int levels = venue.equals("kraken") ? SUMMED : Integer.MAX_VALUE;
        assertThat(best(levels, fast.bids()))
            .as("bids after message %d", i)
            .isEqualTo(best(levels, plain.bids()));
        assertThat(best(levels, fast.asks()))
            .as("asks after message %d", i)
            .isEqualTo(best(levels, plain.asks()));
        assertThat(fast.sequence()).isEqualTo(plain.sequence());
      }
    }
  }

  private static List<String> best(int levels, List<String> side) {
    return side.subList(0, Math.min(levels, side.size()));
  }

  /** Loses, repeats, swaps, delays and truncates messages. */
  private static List<RawMessage> damage(List<RawMessage> log, Random random, double share) {
    List<RawMessage> damaged = new ArrayList<>();
    for (RawMessage record : log) {
      double what = random.nextDouble() / share;
      if (what >= 1 || what < 0.4) {
        damaged.add(record);
      }
      if (what < 0.4) {
        damaged.add(record);
      } else if (what < 0.5) {
        damaged.add(truncated(record));
      } else if (what < 0.55) {
        damaged.add(
            RawMessage.disconnected(
                record.topic(), record.key(), record.venue(), null, record.receiveTimeUs()));
      }
    }
    for (int i = 0; i + 1 < damaged.size(); i++) {
      if (random.nextDouble() < share / 2) {
        int to = Math.min(damaged.size() - 1, i + 1 + random.nextInt(4));
        damaged.add(to, damaged.remove(i));
      }
    }
    return damaged;
  }

  private static RawMessage truncated(RawMessage record) {
    return new RawMessage(
        record.topic(),
        record.key(),
        record.venue(),
        record.receiveTimeUs(),
        record.value().substring(0, record.value().length() / 2));
  }

  private static List<RawMessage> randomLog(Random random, int decimals) {
    List<RawMessage> log = new ArrayList<>();
    long id = 100;
    for (int i = 0; i < 200; i++) {
      if (random.nextInt(20) == 0) {
        long at = id - random.nextInt(10);
        log.add(
            record(
                "{\"lastUpdateId\":%d,\"bids\":[%s],\"asks\":[%s]}"
                    .formatted(
                        at,
                        levels(random, 1 + random.nextInt(30), 100, decimals, false),
                        levels(random, 1 + random.nextInt(30), 200, decimals, false))));
      } else {
        long first = id + 1;
        id += 1 + random.nextInt(5);
        log.add(
            record(
                "{\"e\":\"depthUpdate\",\"E\":1723161255000,\"s\":\"X\",\"U\":%d,\"u\":%d,\"b\":[%s],\"a\":[%s]}"
                    .formatted(
                        first,
                        id,
                        levels(random, random.nextInt(4), 100, decimals, true),
                        levels(random, random.nextInt(4), 200, decimals, true))));
      }
    }
    return log;
  }

  private static String levels(
      Random random, int count, int around, int decimals, boolean removals) {
    List<String> levels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String fraction = decimals == 0 ? "" : "." + digits(random, 1 + random.nextInt(decimals));
      String quantity =
          removals && random.nextInt(4) == 0
              ? "0"
              : 1 + random.nextInt(9) + "." + digits(random, 1);
      levels.add("[\"%d%s\",\"%s\"]".formatted(around + random.nextInt(20), fraction, quantity));
    }
    return String.join(",", levels);
  }

  private static String digits(Random random, int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }

  private static RawMessage record(String value) {
    return new RawMessage("raw-orderbooks", "X", "binance-spot", NOW_US, value);
  }
}
