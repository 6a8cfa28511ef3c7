package io.streamforge.bench.micro;

import io.streamforge.book.BookLimits;
import io.streamforge.book.OrderBook;
import io.streamforge.book.Outcome;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.testkit.DecodedMessages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One message of a recording's books, applied; at the end of the recording the books begin anew.
 */
@State(Scope.Thread)
public class BookBenchmark {
  @Param({"binance-usdm-btc-eth", "okx-10", "kraken-v2-btc", "coinbase-2"})
  public String recording;

  private static final BookLimits LIMITS = new BookLimits(10_000, 1_000, 60_000_000);

  private final List<OrderBook> distinct = new ArrayList<>();
  private BookUpdate[] updates;

  /** By message. */
  private OrderBook[] books;

  private int next;

  @Setup
  public void read() {
    List<BookUpdate> read = new ArrayList<>();
    new DecodedMessages(RecordedMessages.of(recording).iterator(), RecordedMessages.decoder())
        .forEach(
            event -> {
              if (event instanceof BookUpdate update) {
                read.add(update);
              }
            });
    Map<Instrument, OrderBook> byInstrument = new HashMap<>();
    updates = read.toArray(new BookUpdate[0]);
    books = new OrderBook[updates.length];
    for (int i = 0; i < updates.length; i++) {
      books[i] =
          byInstrument.computeIfAbsent(
              updates[i].instrument(), instrument -> new OrderBook(LIMITS));
    }
    distinct.addAll(byInstrument.values());
  }

  @Benchmark
  public Outcome message() {
    if (next == updates.length) {
      next = 0;
      distinct.forEach(OrderBook::reset);
    }
    return books[next].apply(updates[next++]);
  }
}
