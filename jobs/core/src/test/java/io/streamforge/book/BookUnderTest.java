package io.streamforge.book;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.MarketEvent;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.reference.BookMessage;
import io.streamforge.testkit.reference.Level;
import io.streamforge.testkit.reference.PlainBook;
import io.streamforge.testkit.reference.PlainSide;
import io.streamforge.testkit.reference.VenueMessages;
import io.streamforge.time.TimePolicy;
import io.streamforge.topic.TopicNames;
import io.streamforge.wire.MessageDecoder;
import io.streamforge.wire.RecordDecoder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What the fast book and the plain one have in common: venue text in, status and levels out. */
interface BookUnderTest {
  /** What the job does by default. */
  TimePolicy TIME = new TimePolicy(500_000, 10_000_000, 10_000_000, 100_000);

  void apply(RawMessage record);

  String status();

  /** Venue's number of the last message applied, −1 for none. */
  long sequence();

  /** Levels, best first, each {@code price quantity} without trailing zeros. */
  List<String> bids();

  List<String> asks();

  /** The book of the job. */
  final class Fast implements BookUnderTest {
    private OrderBook book = new OrderBook(Books.LIMITS);
    private final RecordDecoder decoder =
        new RecordDecoder(new MessageDecoder(TIME, 1 << 22), true, TopicNames.RAW_ORDERBOOKS);

    OrderBook book() {
      return book;
    }

    /** Goes on with what was stored. */
    void evict(PagesInMemory pages) {
      book = pages.restarted(book, Books.LIMITS);
    }

    @Override
    public void apply(RawMessage record) {
      for (MarketEvent event : decoder.decode(record.record(0, 0, null))) {
        book.apply((BookUpdate) event);
      }
      if (decoder.failed()) {
        throw new AssertionError("the decoder failed at " + record);
      }
    }

    @Override
    public String status() {
      return book.status().text();
    }

    @Override
    public long sequence() {
      return book.sequence();
    }

    @Override
    public List<String> bids() {
      return levels(book.bids());
    }

    @Override
    public List<String> asks() {
      return levels(book.asks());
    }

    private List<String> levels(BookSide side) {
      List<String> levels = new ArrayList<>();
      for (int rank = 0; rank < side.size(); rank++) {
        levels.add(
            text(
                BigDecimal.valueOf(side.price(rank), book.priceScale()),
                BigDecimal.valueOf(side.quantity(rank), book.quantityScale())));
      }
      return levels;
    }
  }

  /** The book that is too plain to be wrong. */
  final class Plain implements BookUnderTest {
    private final PlainBook book;

    Plain(String venue) {
      book = PlainBook.of(venue);
    }

    @Override
    public void apply(RawMessage record) {
      String id = record.venue() + ":" + record.key();
      if (record.event() != null) {
        apply(
            BookMessage.notice(id, BookMessage.Kind.DISCONNECTED, record.receiveTimeUs()),
            record.receiveTimeUs());
        return;
      }
      try {
        for (BookMessage message : VenueMessages.books(record)) {
          apply(message, TIME.effectiveTimeUs(message.eventTimeUs(), record.receiveTimeUs()));
        }
      } catch (JsonProcessingException | RuntimeException e) {
        apply(
            BookMessage.notice(id, BookMessage.Kind.UNREADABLE, record.receiveTimeUs()),
            record.receiveTimeUs());
      }
    }

    PlainBook.Outcome apply(BookMessage message, long effectiveUs) {
      return book.apply(message, effectiveUs);
    }

    @Override
    public String status() {
      return book.status();
    }

    @Override
    public long sequence() {
      return book.sequence() == null ? BookUpdate.NO_SEQUENCE : book.sequence();
    }

    @Override
    public List<String> bids() {
      return levels(book.bids());
    }

    @Override
    public List<String> asks() {
      return levels(book.asks());
    }

    private static List<String> levels(PlainSide side) {
      return side.all().stream().map(Plain::level).toList();
    }

    private static String level(Level level) {
      return text(level.price(), level.quantity());
    }
  }

  private static String text(BigDecimal price, BigDecimal quantity) {
    return price.stripTrailingZeros().toPlainString()
        + " "
        + quantity.stripTrailingZeros().toPlainString();
  }
}
