package io.streamforge.testkit.exchange.market;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.reference.BookMessage;
import io.streamforge.testkit.reference.VenueMessages;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The recording: what has been played of it, and what that made of its books. */
public final class PlayedMarket {
  private static final int TRADES_KEPT = 100;

  private final List<RawMessage> messages;
  private final Set<String> symbols = new TreeSet<>();
  private final Map<String, PlayedBook> books = new HashMap<>();
  private final Map<String, Deque<RawMessage>> trades = new HashMap<>();
  private int position;

  /** Nothing of it has been played yet; the messages are in order of receive time. */
  public PlayedMarket(List<RawMessage> messages) {
    this.messages = messages;
    messages.forEach(message -> symbols.add(message.key()));
  }

  /** Every symbol of the recording. */
  public Set<String> symbols() {
    return symbols;
  }

  /** The message to be played next; null at the end. */
  public RawMessage next() {
    return position < messages.size() ? messages.get(position) : null;
  }

  /**
   * Counts the next message as played.
   *
   * @throws UncheckedIOException if it cannot be read
   */
  public void pass() {
    RawMessage message = messages.get(position++);
    if (message.isTrade()) {
      Deque<RawMessage> kept = trades.computeIfAbsent(message.key(), k -> new ArrayDeque<>());
      kept.addLast(message);
      if (kept.size() > TRADES_KEPT) {
        kept.removeFirst();
      }
    } else {
      books(message).forEach(book -> book(message.key()).apply(book));
    }
  }

  /** The book as of now, which need not be known yet. */
  public PlayedBook book(String symbol) {
    return books.computeIfAbsent(symbol, s -> new PlayedBook());
  }

  /**
   * The book as of a time of the recording; as of its first whole book where that comes later. Null
   * where the recording has none.
   */
  public PlayedBook bookAsOf(String symbol, long us) {
    PlayedBook book = new PlayedBook();
    for (RawMessage message : messages) {
      if (message.receiveTimeUs() > us && book.isKnown()) {
        break;
      }
      if (message.key().equals(symbol) && !message.isTrade()) {
        books(message).forEach(book::apply);
      }
    }
    return book.isKnown() ? book : null;
  }

  /** The newest messages with trades of a symbol, the oldest first. */
  public Collection<RawMessage> trades(String symbol) {
    return trades.getOrDefault(symbol, new ArrayDeque<>());
  }

  /** The depth of the first whole book of a symbol; null where the venue does not say. */
  public Integer depth(String symbol) {
    PlayedBook first = bookAsOf(symbol, Long.MIN_VALUE);
    return first == null ? null : first.depth();
  }

  private static List<BookMessage> books(RawMessage message) {
    try {
      return VenueMessages.books(message);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot read a recorded message of " + message.key(), e);
    }
  }
}
