package io.streamforge.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.record.BookResyncWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UntrustedBooksTest {
  private static final long SECOND_US = 1_000_000;
  private static final long START_US = 1_790_000_000_000_000L;

  private final UntrustedBooks books = new UntrustedBooks();

  /** A status a second. */
  private void samples(String instrument, String... statuses) throws IOException {
    for (int i = 0; i < statuses.length; i++) {
      String record =
          "{\"schema\":\"symbol-features/1\",\"instrument\":\"%s\",\"time_us\":%d,\"interval_us\":1000000,\"book\":\"%s\",\"sequence\":null,\"features\":{}}"
              .formatted(instrument, START_US + i * SECOND_US, statuses[i]);
      books.addSample(record.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void request(String instrument, String reason, int second) throws IOException {
    long timeUs = START_US + second * SECOND_US;
    books.addRequest(new BookResyncWriter().write(instrument, reason, -1, -1, timeUs));
  }

  private static UntrustedBook of(
      String instrument, String status, String reason, int from, int to) {
    return new UntrustedBook(
        instrument,
        status,
        reason,
        START_US + from * SECOND_US,
        START_US + to * SECOND_US,
        to - from + 1);
  }

  @Test
  void sinceWhenAndWhy() throws IOException {
    samples("b:X", "awaiting-snapshot", "live", "gap", "gap", "gap", "live", "stale", "stale");
    samples("a:Y", "live", "live");
    samples("a:X", "crossed", "gap", "live");
    request("b:X", "shallow", 1);
    request("b:X", "disconnected", 3);
    request("b:X", "gap", 4);
    request("a:Z", "gap", 0);

    assertThat(books.all())
        .containsExactly(
            of("a:X", "crossed", null, 0, 0),
            of("a:X", "gap", null, 1, 1),
            of("b:X", "awaiting-snapshot", null, 0, 0),
            of("b:X", "gap", "disconnected", 2, 4),
            of("b:X", "stale", null, 6, 7));
    assertThat(books.samples()).isEqualTo(8);
    assertThat(UntrustedBooks.table(books.all()).lines())
        .hasSize(7)
        .contains(
            "b:X         gap                disconnected       2026-09-21T14:13:22Z  2026-09-21T14:13:24Z         3");
  }

  @Test
  void nothingIsSaidOfBooksThatWereTrusted() throws IOException {
    samples("a:X", "live", "live");
    assertThat(books.all()).isEmpty();
    assertThat(UntrustedBooks.table(books.all())).isEmpty();
  }

  @Test
  void theTableHasAnEnd() throws IOException {
    List<String> statuses = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      statuses.addAll(List.of("gap", "live"));
    }
    samples("a:X", statuses.toArray(String[]::new));
    assertThat(UntrustedBooks.table(books.all()).lines())
        .hasSize(23)
        .endsWith("and 10 more, in summary.json");
  }
}
