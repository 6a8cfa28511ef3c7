package io.streamforge.market;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Events as one line of text with every field, numbers as the venue sent them. */
public final class EventText {
  private EventText() {}

  public static String of(MarketEvent event) {
    return event instanceof Trade trade ? trade(trade) : book((BookUpdate) event);
  }

  private static String trade(Trade trade) {
    return "%s trade %s %s x %s%s%s%s"
        .formatted(
            trade.instrument(),
            trade.side(),
            number(trade.price(), trade.priceScale(), trade.priceScale()),
            number(trade.quantity(), trade.quantityScale(), trade.quantityScale()),
            trade.ids() == TradeIds.NONE ? "" : " %s %d".formatted(trade.ids(), trade.id()),
            trade.kind() == TradeKind.MARKET ? "" : " " + trade.kind(),
            times(trade));
  }

  private static String name(BookUpdate book) {
    return book.kind().name().toLowerCase(Locale.ROOT);
  }

  /** What most messages have not. */
  private static String traits(BookUpdate book) {
    return (book.timed() ? "" : " untimed")
        + (book.flawed() ? " flawed" : "")
        + (book.overlapping() ? " overlapping" : "")
        + (book.depthGuessed() ? " guessed" : "")
        + (book.feed() == 0 ? "" : " feed=" + book.feed())
        + (book.kind() == BookUpdate.Kind.SUBSCRIBED ? " depth=" + book.depth() : "");
  }

  private static String book(BookUpdate book) {
    List<String> levels = levels(book);
    return "%s %s bids=%s asks=%s%s%s"
        .formatted(
            book.instrument(),
            book.snapshot()
                ? "%s %d depth=%d complete=%b,%b"
                    .formatted(
                        name(book),
                        book.sequence(),
                        book.depth(),
                        book.bidsComplete(),
                        book.asksComplete())
                : book.kind() == BookUpdate.Kind.DELTA
                    ? "delta %d->%d".formatted(book.previousSequence(), book.sequence())
                    : name(book),
            levels.subList(0, book.bids()),
            levels.subList(book.bids(), levels.size()),
            book.checksum() == null
                ? ""
                : " %s=%d".formatted(book.checksum(), Integer.toUnsignedLong(book.checksumValue())),
            traits(book) + times(book));
  }

  private static String times(MarketEvent event) {
    return " event=%d effective=%d".formatted(event.eventTimeUs(), event.effectiveTimeUs());
  }

  /** {@code price x quantity} of each level, with as many decimals as were sent. */
  public static List<String> levels(BookUpdate book) {
    List<String> levels = new ArrayList<>(book.levels());
    for (int i = 0; i < book.levels(); i++) {
      levels.add(
          number(book.price(i), book.priceScale(), book.sentScales(i) >> 8)
              + " x "
              + number(book.quantity(i), book.quantityScale(), book.sentScales(i) & 0xff));
    }
    return levels;
  }

  private static String number(long mantissa, int scale, int sentScale) {
    return BigDecimal.valueOf(mantissa, scale).setScale(sentScale).toPlainString();
  }
}
