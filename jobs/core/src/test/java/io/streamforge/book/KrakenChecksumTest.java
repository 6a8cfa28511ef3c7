package io.streamforge.book;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.testkit.Updates;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The books of the venue's own documentation. */
class KrakenChecksumTest {

  static List<JsonNode> documented() throws IOException {
    try (InputStream json = KrakenChecksumTest.class.getResourceAsStream("kraken-checksums.json")) {
      List<JsonNode> books = new ArrayList<>();
      new ObjectMapper().readTree(json).forEach(books::add);
      return books;
    }
  }

  private static Updates snapshot(JsonNode documented) {
    Updates snapshot = Updates.snapshot().depth(25);
    for (JsonNode level : documented.get("bids")) {
      snapshot.bid(level.get(0).asText(), level.get(1).asText());
    }
    for (JsonNode level : documented.get("asks")) {
      snapshot.ask(level.get(0).asText(), level.get(1).asText());
    }
    return snapshot;
  }

  @ParameterizedTest
  @MethodSource("documented")
  void isTheDocumentedOne(JsonNode documented) {
    long checksum = documented.get("checksum").asLong();
    OrderBook book = new OrderBook(Books.LIMITS);
    assertThat(book.apply(snapshot(documented).krakenChecksum(checksum).build()))
        .isEqualTo(Outcome.SNAPSHOT_APPLIED);
    assertThat(book.apply(snapshot(documented).krakenChecksum(checksum + 1).build()))
        .isEqualTo(Outcome.CHECKSUM_MISMATCH);
    assertThat(book.status()).isEqualTo(BookStatus.CHECKSUM_MISMATCH);
  }

  /** Levels beyond the tenth do not count, but make the ladders finer; texts stay as sent. */
  @ParameterizedTest
  @MethodSource("documented")
  void staysWhenALevelMakesTheLaddersFiner(JsonNode documented) {
    long checksum = documented.get("checksum").asLong();
    OrderBook book = new OrderBook(Books.LIMITS);
    book.apply(snapshot(documented).krakenChecksum(checksum).build());
    int priceScale = book.priceScale();
    Updates finer = Updates.delta().bid("0.0000000001", "0.0000000001").krakenChecksum(checksum);
    assertThat(book.apply(finer.build())).isEqualTo(Outcome.APPLIED);
    assertThat(book.priceScale()).isEqualTo(10).isGreaterThan(priceScale);
    assertThat(book.quantityScale()).isEqualTo(10);
    Updates gone = Updates.delta().bid("0.0000000001", "0").krakenChecksum(checksum);
    assertThat(book.apply(gone.build())).isEqualTo(Outcome.APPLIED);
    // The same quantity in another text is another checksum.
    JsonNode best = documented.get("bids").get(0);
    Updates longer =
        Updates.delta()
            .bid(best.get(0).asText(), best.get(1).asText() + "0")
            .krakenChecksum(checksum);
    assertThat(book.apply(longer.build())).isEqualTo(Outcome.CHECKSUM_MISMATCH);
  }
}
