package io.streamforge.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.BookUpdateBuilder;
import io.streamforge.market.Checksum;
import io.streamforge.testkit.Updates;
import io.streamforge.testkit.reference.Level;
import io.streamforge.testkit.reference.OkxBook;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The books of the venue's own documentation. */
class OkxChecksumTest {
  private final BookUpdateBuilder builder = new BookUpdateBuilder();

  private static Level level(String price, String quantity) {
    return Level.of(price, quantity);
  }

  private void levels(boolean bid, List<Level> levels) {
    for (Level level : levels) {
      BigDecimal p = level.price();
      BigDecimal q = level.quantity();
      builder.level(
          bid, p.unscaledValue().longValue(), p.scale(), q.unscaledValue().longValue(), q.scale());
    }
  }

  private BookUpdate update(List<Level> bids, List<Level> asks, int checksum) {
    levels(true, bids);
    levels(false, asks);
    return builder
        .checksum(Checksum.OKX, checksum)
        .build(Updates.ACME, Updates.START_US, Updates.START_US);
  }

  private void assertChecksum(List<Level> bids, List<Level> asks, String text, int checksum) {
    assertThat(OkxBook.text(bids, asks)).isEqualTo(text);
    assertThat(OkxBook.checksum(bids, asks)).isEqualTo(checksum);
    OrderBook book = new OrderBook(Books.LIMITS);
    builder.begin().restart(BookUpdate.NO_SEQUENCE).depth(400);
    assertThat(book.apply(update(bids, asks, checksum))).isEqualTo(Outcome.SNAPSHOT_APPLIED);
    builder.begin().restart(BookUpdate.NO_SEQUENCE).depth(400);
    assertThat(book.apply(update(bids, asks, checksum + 1))).isEqualTo(Outcome.CHECKSUM_MISMATCH);
    assertThat(book.status()).isEqualTo(BookStatus.CHECKSUM_MISMATCH);
  }

  @Test
  void sidesTakeTurns() {
    assertChecksum(
        List.of(level("3366.1", "7"), level("3366", "6")),
        List.of(level("3366.8", "9"), level("3368", "8")),
        "3366.1:7:3366.8:9:3366:6:3368:8",
        -1881014294);
  }

  @Test
  void theLongerSideGoesOn() {
    assertChecksum(
        List.of(level("3366.1", "7")),
        List.of(level("3366.8", "9"), level("3368", "8"), level("3372", "8")),
        "3366.1:7:3366.8:9:3368:8:3372:8",
        831078360);
  }

  @Test
  void anEmptyBookIsAnEmptyText() {
    assertChecksum(List.of(), List.of(), "", 0);
  }

  @Test
  void numbersStayAsTheyWereSent() {
    assertChecksum(
        List.of(level("0.00000167", "458105.370372"), level("0.0000010", "10000000000")),
        List.of(),
        "0.00000167:458105.370372:0.0000010:10000000000",
        (int)
            OkxBook.checksum(
                List.of(level("0.00000167", "458105.370372"), level("0.0000010", "10000000000")),
                List.of()));
  }
}
