package io.streamforge.loader.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamforge.loader.out.Flow;
import java.util.ArrayList;
import java.util.List;

/** A numbered book of two connections, what it writes and what it asks for. */
class TestBook {
  final WrittenRecords written = new WrittenRecords();
  final AskedCare care = new AskedCare();
  final List<String> holes = new ArrayList<>();
  final Line a = TestLines.line("a", null);
  final Line b = TestLines.line("b", null);
  final NumberedBook book;
  private final String venue;

  TestBook(String venue) {
    this.venue = venue;
    this.book =
        new NumberedBook(
            "BTCUSDT",
            written,
            new SessionNames(),
            care,
            new NumberedBook.BookHoles() {
              @Override
              public void hole(String symbol) {
                holes.add(symbol);
              }

              @Override
              public void written(Line line) {}
            });
    book.writeTo(new Flow("raw-orderbooks", "BTCUSDT", venue, () -> {}));
  }

  final void bring(Line line, String text) {
    bring(line, text, TestLines.NOW_US);
  }

  final void bring(Line line, String text, long timeUs) {
    book.message(line, TestLines.read(venue, text), text.getBytes(UTF_8), timeUs);
  }
}
