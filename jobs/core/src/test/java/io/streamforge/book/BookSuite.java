package io.streamforge.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.testkit.RawMessage;
import java.util.Locale;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every order book does, the fast one and the plain one. */
abstract class BookSuite {
  private static final long NOW_US = 1_723_161_255_000_000L;

  abstract BookUnderTest book(String venue);

  private static RawMessage record(String venue, String value) {
    return new RawMessage("raw-orderbooks", "BTCUSDT", venue, NOW_US, value);
  }

  private static RawMessage snapshot(String venue, long id, String bids, String asks) {
    return record(
        venue, "{\"lastUpdateId\":%d,\"bids\":[%s],\"asks\":[%s]}".formatted(id, bids, asks));
  }

  private static RawMessage spot(long first, long last, String bids, String asks) {
    return record(
        "binance-spot",
        "{\"e\":\"depthUpdate\",\"E\":1723161255000,\"s\":\"BTCUSDT\",\"U\":%d,\"u\":%d,\"b\":[%s],\"a\":[%s]}"
            .formatted(first, last, bids, asks));
  }

  private static RawMessage futures(
      long first, long last, long previous, String bids, String asks) {
    return record(
        "binance-usdm",
        ("{\"e\":\"depthUpdate\",\"E\":1723161255000,\"s\":\"BTCUSDT\",\"U\":%d,\"u\":%d,\"pu\":%d,"
                + "\"b\":[%s],\"a\":[%s]}")
            .formatted(first, last, previous, bids, asks));
  }

  private static String level(String price, String quantity) {
    return String.format(Locale.ROOT, "[\"%s\",\"%s\"]", price, quantity);
  }

  @Nested
  class Spot {
    private final BookUnderTest book = book("binance-spot");

    private void begin() {
      book.apply(
          snapshot(
              "binance-spot",
              100,
              level("10.00", "1") + "," + level("9.50", "2"),
              level("10.50", "3") + "," + level("11.00", "4")));
    }

    @Test
    void waitsForASnapshot() {
      assertThat(book.status()).isEqualTo("awaiting-snapshot");
      book.apply(spot(1, 2, level("10", "1"), ""));
      assertThat(book.status()).isEqualTo("awaiting-snapshot");
    }

    @Test
    void takesASnapshotsLevelsBestFirst() {
      begin();
      assertThat(book.status()).isEqualTo("live");
      assertThat(book.sequence()).isEqualTo(100);
      assertThat(book.bids()).containsExactly("10 1", "9.5 2");
      assertThat(book.asks()).containsExactly("10.5 3", "11 4");
    }

    @Test
    void setsAddsAndRemovesLevels() {
      begin();
      book.apply(
          spot(
              101,
              103,
              level("10.00", "0") + "," + level("9.75", "5") + "," + level("9.50", "6"),
              level("10.25", "7") + "," + level("12.00", "0")));
      assertThat(book.bids()).containsExactly("9.75 5", "9.5 6");
      assertThat(book.asks()).containsExactly("10.25 7", "10.5 3", "11 4");
      assertThat(book.sequence()).isEqualTo(103);
    }

    private RawMessage after(int seconds, long id) {
      long ms = NOW_US / 1000 + 1000L * seconds;
      return record(
          "binance-spot",
          "{\"e\":\"depthUpdate\",\"E\":%d,\"s\":\"BTCUSDT\",\"U\":%d,\"u\":%d,\"b\":[],\"a\":[]}"
              .formatted(ms, id, id));
    }

    @Test
    void aSnapshotAheadOfTheStreamAfterALongWaitIsNoNewCount() {
      for (int i = 0; i <= 9; i++) {
        book.apply(after(i - 2, 80 + i));
      }
      begin();
      assertThat(book.status()).isEqualTo("live");
      book.apply(after(10, 99));
      book.apply(after(10, 100));
      assertThat(book.status()).isEqualTo("live");
    }

    @Test
    void aDeltaMayBeginBeforeTheBooksNumber() {
      begin();
      book.apply(spot(95, 101, level("10.00", "2"), ""));
      assertThat(book.status()).isEqualTo("live");
      book.apply(spot(101, 105, level("10.00", "3"), ""));
      assertThat(book.status()).isEqualTo("live");
      assertThat(book.bids()).containsExactly("10 3", "9.5 2");
      book.apply(spot(107, 108, level("10.00", "4"), ""));
      assertThat(book.status()).isEqualTo("gap");
    }

    @Test
    void dropsWhatTheSnapshotCovers() {
      begin();
      book.apply(spot(90, 100, level("10.00", "0"), ""));
      assertThat(book.status()).isEqualTo("live");
      assertThat(book.bids()).containsExactly("10 1", "9.5 2");
    }

    @Test
    void aRepeatChangesNothing() {
      begin();
      book.apply(spot(101, 102, level("10.00", "2"), ""));
      book.apply(spot(103, 104, level("10.00", "3"), ""));
      book.apply(spot(101, 102, level("10.00", "2"), ""));
      assertThat(book.status()).isEqualTo("live");
      assertThat(book.bids()).containsExactly("10 3", "9.5 2");
    }

    @Test
    void aLostDeltaIsAGapUntilASnapshot() {
      begin();
      book.apply(spot(102, 103, level("10.00", "2"), ""));
      assertThat(book.status()).isEqualTo("gap");
      book.apply(spot(104, 105, level("10.00", "4"), ""));
      assertThat(book.status()).isEqualTo("gap");
      book.apply(snapshot("binance-spot", 103, level("10.00", "9"), level("10.50", "1")));
      assertThat(book.status()).isEqualTo("live");
      assertThat(book.bids()).containsExactly("10 4");
      assertThat(book.sequence()).isEqualTo(105);
    }

    @Test
    void swappedDeltasAreAGapUntilTheHoleIsClosed() {
      begin();
      book.apply(spot(103, 104, level("10.00", "3"), ""));
      assertThat(book.status()).isEqualTo("gap");
      book.apply(spot(101, 102, level("10.00", "2"), ""));
      assertThat(book.status()).isEqualTo("live");
      assertThat(book.bids()).containsExactly("10 3", "9.5 2");
    }

    @Test
    void waitingDeltasAreAppliedAfterTheirSnapshotInOrder() {
      book.apply(spot(95, 99, level("1.00", "1"), ""));
      book.apply(spot(100, 102, level("10.00", "2"), ""));
      book.apply(spot(103, 104, level("10.00", "3"), ""));
      begin();
      assertThat(book.status()).isEqualTo("live");
      assertThat(book.bids()).containsExactly("10 3", "9.5 2");
      assertThat(book.sequence()).isEqualTo(104);
    }

    @Test
    void aSnapshotBeforeTheWaitingDeltasDoesNotBridgeTheGap() {
      book.apply(spot(150, 152, level("10.00", "2"), ""));
      begin();
      assertThat(book.status()).isEqualTo("gap");
      book.apply(snapshot("binance-spot", 151, level("10.00", "9"), level("10.50", "1")));
      assertThat(book.status()).isEqualTo("live");
      assertThat(book.bids()).containsExactly("10 2");
    }

    @Test
    void aSnapshotOlderThanTheLiveBookIsIgnored() {
      begin();
      book.apply(spot(101, 102, level("10.00", "2"), ""));
      book.apply(snapshot("binance-spot", 101, level("1.00", "1"), level("2.00", "1")));
      assertThat(book.bids()).containsExactly("10 2", "9.5 2");
      assertThat(book.sequence()).isEqualTo(102);
    }

    @Test
    void noGhostSurvivesASnapshot() {
      begin();
      book.apply(snapshot("binance-spot", 200, level("9.00", "1"), level("9.10", "1")));
      assertThat(book.bids()).containsExactly("9 1");
      assertThat(book.asks()).containsExactly("9.1 1");
    }

    @Test
    void finerPricesAndQuantitiesThanSeenSoFarStayExact() {
      book.apply(
          snapshot("binance-spot", 1, level("1234567890.5", "1"), level("1234567891.5", "2")));
      book.apply(spot(2, 2, level("1234567890.50001", "0.00000074527"), ""));
      assertThat(book.bids()).containsExactly("1234567890.50001 0.00000074527", "1234567890.5 1");
      assertThat(book.asks()).containsExactly("1234567891.5 2");
      book.apply(spot(3, 3, level("1234567890.5000", "0"), ""));
      assertThat(book.bids()).containsExactly("1234567890.50001 0.00000074527");
    }

    @Test
    void keepsTheSmallestPrices() {
      book.apply(
          snapshot("binance-spot", 1, level("0.00000074527", "1"), level("0.00000074528", "2")));
      assertThat(book.bids()).containsExactly("0.00000074527 1");
      assertThat(book.asks()).containsExactly("0.00000074528 2");
    }
  }

  @Nested
  class Futures {
    private final BookUnderTest book = book("binance-usdm");

    @Test
    void followsTheNumberOfTheMessageBefore() {
      book.apply(snapshot("binance-usdm", 100, level("10.00", "1"), level("10.50", "3")));
      book.apply(futures(98, 110, 97, level("10.00", "2"), ""));
      assertThat(book.status()).isEqualTo("live");
      book.apply(futures(115, 120, 110, level("10.00", "3"), ""));
      assertThat(book.status()).isEqualTo("live");
      assertThat(book.bids()).containsExactly("10 3");
      book.apply(futures(125, 130, 121, level("10.00", "4"), ""));
      assertThat(book.status()).isEqualTo("gap");
    }

    @Test
    void onlyTheFirstDeltaMayReachBackBehindTheSnapshot() {
      book.apply(snapshot("binance-usdm", 100, level("10.00", "1"), level("10.50", "3")));
      book.apply(futures(98, 110, 97, level("10.00", "2"), ""));
      book.apply(futures(105, 120, 104, level("10.00", "3"), ""));
      assertThat(book.status()).isEqualTo("gap");
    }
  }
}
