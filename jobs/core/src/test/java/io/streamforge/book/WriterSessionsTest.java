package io.streamforge.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.testkit.RawMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of its writers' sessions a book follows, and which of their snapshots it takes. */
class WriterSessionsTest {
  private static final String VENUE = "streamforge";
  private static final long START_US = 1_723_161_255_000_000L;

  private final BookUnderTest book = new BookUnderTest.Fast();

  private static RawMessage message(String session, long ms, long previous, long number) {
    long us = START_US + ms * 1000;
    String numbers =
        previous < 0
            ? "\"snapshot\":true,\"sequence\":" + number
            : "\"snapshot\":false,\"previous_sequence\":%d,\"sequence\":%d"
                .formatted(previous, number);
    return new RawMessage(
            "raw-orderbooks",
            "X",
            VENUE,
            us,
            ("{\"type\":\"book\",\"venue\":\"acme\",\"symbol\":\"X\",%s,\"event_time_us\":%d,"
                    + "\"bids\":[[\"%d\",\"1\"]],\"asks\":[[\"1000\",\"1\"]]}")
                .formatted(numbers, us, number))
        .inSession(session);
  }

  private static RawMessage snapshot(String session, long ms, long number) {
    return message(session, ms, -1, number);
  }

  private static RawMessage disconnected(String session, long ms) {
    return RawMessage.disconnected("raw-orderbooks", "X", VENUE, session, START_US + ms * 1000);
  }

  private void apply(RawMessage... messages) {
    List.of(messages).forEach(book::apply);
  }

  @Test
  void aSessionThatIsOverIsIgnored() {
    apply(snapshot("a", 0, 1), snapshot("b", 1, 5), message("a", 2, 1, 2));
    assertThat(book.sequence()).isEqualTo(5);
    assertThat(book.status()).isEqualTo("live");
    apply(snapshot("a", 3, 2), message("b", 4, 5, 6));
    assertThat(book.sequence()).isEqualTo(6);
    assertThat(book.status()).isEqualTo("live");
  }

  @Test
  void aLateSnapshotOfASessionThatLostItsConnectionBeforeItBeganTheBookIsIgnored() {
    apply(snapshot("a", 0, 1), message("b", 1, 1, 2), disconnected("b", 2));
    assertThat(book.status()).isEqualTo("live");
    apply(snapshot("b", 3, 2), message("a", 4, 1, 3));
    assertThat(book.status()).isEqualTo("live");
    assertThat(book.sequence()).isEqualTo(3);
  }

  @Test
  void aSnapshotCountedBeforeTheVenueBeganAnewDoesNotReplaceALiveBook() {
    apply(snapshot("a", 0, 900), message("a", 100, 900, 910), message("a", 800, 910, 7));
    assertThat(book.sequence()).isEqualTo(7);
    apply(snapshot("a", 50, 905));
    assertThat(book.status()).isEqualTo("live");
    assertThat(book.sequence()).isEqualTo(7);
  }
}
