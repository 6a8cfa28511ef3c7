package io.streamforge.loader.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.loader.venue.Channel;
import io.streamforge.loader.venue.Control;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.Instrument;
import io.streamforge.market.MarketEvent;
import io.streamforge.wire.DecodeException;
import io.streamforge.wire.MessageDecoder;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Reads what connections bring, by the decoders that the jobs read it with: messages of the market
 * go to their book or trades, all others to their connection. Nothing that cannot be read is
 * written. For the feed's thread.
 */
final class FrameReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FeedContext context;
  private final MessageDecoder decoder;
  private final String venue;

  /** Null where a pong is like the other answers. */
  private final byte[] pong;

  FrameReader(FeedContext context, MessageDecoder decoder) {
    this.context = context;
    this.decoder = decoder;
    this.venue = context.venue().venue();
    this.pong = context.venue().pong().map(text -> text.getBytes(UTF_8)).orElse(null);
  }

  void read(Shard shard, Line line, byte[] text) {
    if (Arrays.equals(text, pong)) {
      return;
    }
    long timeUs = context.clock().nowUs();
    if (!line.isNext(context.venue().connectionNumber(text))) {
      line.abort("messages are missing, by the venue's count of its messages");
      return;
    }
    List<MarketEvent> events;
    try {
      events = decoder.decode(venue, null, text, timeUs);
    } catch (DecodeException e) {
      control(shard, line, text, e.reason());
      return;
    }
    String flaw = decoder.flaw();
    if (events.isEmpty()) {
      control(shard, line, text, flaw);
    } else if (!areOfOneSymbol(events)) {
      context.watch().severalSymbols(venue);
      line.abort("a message names several symbols");
    } else if (isAnswer(line, events.get(0), text)) {
      line.alive();
    } else {
      line.alive();
      if (flaw != null) {
        context.watch().unreadable(venue, flaw, true);
      }
      market(shard, line, events, text, timeUs);
    }
  }

  /** Whether it answers a request on the connection, and names its symbol besides. */
  private boolean isAnswer(Line line, MarketEvent first, byte[] text) {
    if (!context.venue().answersRequests()
        || !(first instanceof BookUpdate update)
        || !update.snapshot()) {
      return false;
    }
    try {
      Control control = context.venue().read(JSON.readTree(text));
      boolean answer = control instanceof Control.Answered;
      if (answer) {
        line.control(control, text);
      }
      return answer;
    } catch (IOException e) {
      return false; // its decoder reads more than this one
    }
  }

  private static boolean areOfOneSymbol(List<MarketEvent> events) {
    MarketEvent first = events.get(0);
    for (MarketEvent event : events) {
      if (!event.instrument().equals(first.instrument())) {
        return false;
      }
    }
    return true;
  }

  private void market(Shard shard, Line line, List<MarketEvent> events, byte[] text, long timeUs) {
    MarketEvent first = events.get(0);
    String symbol = first.instrument().symbol();
    if (!(first instanceof BookUpdate update)) {
      line.acknowledged(Channel.TRADES, symbol);
      TradeStream trades = shard.trades(symbol);
      if (trades != null) {
        trades.message(events, text, timeUs, shard.isSeveral());
        context.watch().trades(venue, trades.seen(), trades.missing());
        context.watch().message(venue, Channel.TRADES, text.length, timeUs - first.eventTimeUs());
      }
      return;
    }
    // A change may be one of before a subscription was made again.
    if (update.snapshot()
        || update.kind() == BookUpdate.Kind.SUBSCRIBED
        || context.venue().answersRequests()) {
      line.acknowledged(Channel.BOOK, symbol);
    }
    BookStream book = shard.book(symbol);
    if (book != null) {
      book.message(line, update, text, timeUs);
      context
          .watch()
          .message(
              venue, Channel.BOOK, text.length, update.timed() ? timeUs - update.eventTimeUs() : 0);
    }
  }

  /** A message that is none of the market's, or cannot be read. */
  private void control(Shard shard, Line line, byte[] text, String flaw) {
    JsonNode message;
    try {
      message = JSON.readTree(text);
    } catch (IOException e) {
      context.watch().unreadable(venue, "no JSON", false);
      line.abort("a message is no JSON");
      return;
    }
    Channel channel = context.venue().channel(message);
    Control control = channel == null ? context.venue().read(message) : new Control.Unknown();
    if (!(control instanceof Control.Unknown)) {
      line.control(control, text);
    } else if (flaw == null) {
      context.watch().unknown(venue);
    } else {
      context.watch().unreadable(venue, flaw, false);
      if (channel != Channel.TRADES) {
        lose(shard, line, flaw);
      }
    }
  }

  /** A message cannot be read: the books that it names have lost it, else all of the connection. */
  private void lose(Shard shard, Line line, String flaw) {
    List<Instrument> named = decoder.named();
    named.forEach(instrument -> shard.unreadable(instrument.symbol()));
    if (named.isEmpty()) {
      line.abort("a message cannot be read: " + flaw);
    }
  }
}
