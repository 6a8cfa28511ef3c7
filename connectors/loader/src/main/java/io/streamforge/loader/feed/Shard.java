package io.streamforge.loader.feed;

import io.streamforge.loader.net.Network.Answer;
import io.streamforge.loader.out.Flow;
import io.streamforge.loader.venue.Channel;
import io.streamforge.loader.venue.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Symbols that share a connection, or several that bring the same: their books and trades, and the
 * connections. For the feed's thread.
 */
final class Shard implements Lines.LineReader, BookCare {
  /** How long another connection may take to bring what one has missed. */
  private static final Duration MOMENT = Duration.ofMillis(200);

  /** The reason for which a request wants more depth. */
  private static final String SHALLOW = "shallow";

  /** After so long without a change a book is asked for. */
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final FeedContext context;
  private final Lines lines;
  private final FrameReader frames;
  private final BookRequests requests;
  private final Set<String> symbols = new LinkedHashSet<>();

  /** Symbols that were ended: what still comes of them is late. */
  private final Set<String> delisted = new HashSet<>();

  private final Map<String, BookStream> books = new HashMap<>();
  private final Map<String, TradeStream> trades = new HashMap<>();
  private final Map<String, BookPause> pauses = new HashMap<>();

  /**
   * @param connects attempts to connect, of all shards
   * @param requests null where the venue answers none
   */
  Shard(FeedContext context, RateLimit connects, FrameReader frames, BookRequests requests) {
    this.context = context;
    LineSetup setup = LineSetup.of(context, connects, () -> subscriptions(symbols));
    this.lines = new Lines(context, setup, this);
    this.frames = frames;
    this.requests = requests;
  }

  private List<Subscription> subscriptions(Collection<String> of) {
    List<Subscription> subscriptions = new ArrayList<>();
    for (Channel channel : Channel.values()) {
      if (context.config().channels().contains(channel)) {
        of.forEach(symbol -> subscriptions.add(new Subscription(channel, symbol)));
      }
    }
    return subscriptions;
  }

  /** How many symbols share it. */
  int size() {
    return symbols.size();
  }

  /** Whether it has a symbol. */
  boolean has(String symbol) {
    return symbols.contains(symbol);
  }

  /** Brings a symbol from now on. */
  void add(String symbol) {
    if (symbols.add(symbol)) {
      delisted.remove(symbol);
      lines.subscribe(subscriptions(List.of(symbol)));
    }
  }

  /** Brings a symbol no more. */
  void remove(String symbol) {
    if (symbols.remove(symbol)) {
      delisted.add(symbol);
      lines.unsubscribe(subscriptions(List.of(symbol)));
      trades.remove(symbol);
      pauses.remove(symbol);
      BookStream book = books.remove(symbol);
      if (book != null) {
        book.delisted(context.clock().nowUs());
      }
    }
  }

  /** Connects. */
  void start(String name) {
    lines.start(name);
  }

  void stop() {
    lines.stop();
  }

  @Override
  public void message(Line line, byte[] text) {
    frames.read(this, line, text);
  }

  /** The book of a symbol; null if none is subscribed. */
  BookStream book(String symbol) {
    BookStream book = books.get(symbol);
    if (book == null && isWanted(symbol, books, Channel.BOOK)) {
      book =
          context.venue().numbersBooks()
              ? new NumberedBook(symbol, context.sink(), context.names(), this, watch(symbol))
              : new SingleLineBook(symbol, context.sink(), context.names(), this);
      BookStream made = book;
      book.writeTo(
          flow(context.topics().orderbooks(), symbol, () -> made.lost(context.clock().nowUs())));
      books.put(symbol, book);
    }
    return book;
  }

  /** A message of a symbol's book could not be read. */
  void unreadable(String symbol) {
    BookStream book = books.get(symbol);
    if (book != null) {
      book.lost(context.clock().nowUs());
    }
  }

  /** The trades of a symbol; null if none are subscribed. */
  TradeStream trades(String symbol) {
    TradeStream stream = trades.get(symbol);
    if (stream == null && isWanted(symbol, trades, Channel.TRADES)) {
      stream =
          new TradeStream(
              context.sink(), flow(context.topics().trades(), symbol, Shard::nothingToSay));
      trades.put(symbol, stream);
    }
    return stream;
  }

  /** Some venues answer under another name than was asked for, but under no more names. */
  private boolean isWanted(String symbol, Map<String, ?> known, Channel channel) {
    return context.config().channels().contains(channel)
        && !delisted.contains(symbol)
        && known.size() < 2 * symbols.size();
  }

  /** Of lost trades their ids tell. */
  private static void nothingToSay() {}

  private Flow flow(String topic, String symbol, Runnable lost) {
    return new Flow(topic, symbol, context.venue().venue(), () -> context.loop().execute(lost));
  }

  private NumberedBook.BookHoles watch(String symbol) {
    return new NumberedBook.BookHoles() {
      @Override
      public void hole(String of) {
        context.watch().gap(context.venue().venue(), symbol);
      }

      @Override
      public void written(Line line) {
        if (lines.areSeveral()) {
          context.watch().share(context.venue().venue(), line.name());
        }
      }
    };
  }

  /** Whether several open connections bring the same. */
  boolean isSeveral() {
    return lines.areSeveralOpen();
  }

  long lastTradeUs(String symbol) {
    TradeStream stream = trades.get(symbol);
    return stream == null ? Long.MIN_VALUE : stream.newestTimeUs();
  }

  /** Somebody who reads the topic asks for a book. */
  void resync(String symbol, String reason) {
    BookStream book = books.get(symbol);
    boolean helps = requests != null || !reason.equals(SHALLOW);
    if (book != null && helps) { // another subscription of the same depth is as shallow
      book.resync(reason);
    }
  }

  int begunBooks() {
    return (int) books.values().stream().filter(BookStream::begun).count();
  }

  int wantedBooks() {
    return context.config().channels().contains(Channel.BOOK) ? symbols.size() : 0;
  }

  boolean isUp() {
    return lines.isAnyOpen();
  }

  @Override
  public void ended(Line line) {
    long nowUs = context.clock().nowUs();
    books.values().forEach(book -> book.lineDown(line, nowUs));
  }

  /** To be called once a second. */
  void tick() {
    lines.tick();
    if (requests != null) {
      lines.openFor(QUIET_NANOS).forEach(this::askForQuietBooks);
    }
  }

  /** A book that does not change has no first message that would ask for it. */
  private void askForQuietBooks(Line line) {
    for (String symbol : symbols) {
      if (line.isServed(new Subscription(Channel.BOOK, symbol))
          && book(symbol) instanceof NumberedBook book) {
        book.quiet();
      }
    }
  }

  @Override
  public boolean hasTakenOver(Line line) {
    return books.values().stream().allMatch(book -> book.isWrittenBy(line));
  }

  @Override
  public void wantBook(BookStream book, String reason) {
    if (requests != null && book instanceof NumberedBook linked) {
      requests.want(linked, reason);
    } else {
      resubscribe(book, null, reason);
    }
  }

  @Override
  public void ask(BookStream book, long id, String text, Consumer<Answer> then) {
    lines
        .serving(new Subscription(Channel.BOOK, book.symbol))
        .ifPresentOrElse(
            line -> line.ask(id, text, then),
            () ->
                later(() -> then.accept(new Answer(0, null, 0, 0, "no connection brings it")), 0));
  }

  @Override
  public void resubscribe(BookStream book, Line line, String reason) {
    BookPause pause =
        pauses.computeIfAbsent(book.symbol, symbol -> new BookPause(context.random()));
    if (pause.plan()) {
      later(
          () -> {
            pause.carriedOut();
            subscribeAgain(book, line, reason);
          },
          pause.nanos(System.nanoTime(), reason.equals("failover")));
    }
  }

  private void subscribeAgain(BookStream book, Line line, String reason) {
    lines
        .open(line)
        .ifPresent(
            open -> {
              context.watch().bookRequested(context.venue().venue(), book.symbol, reason);
              open.again(new Subscription(Channel.BOOK, book.symbol));
            });
  }

  @Override
  public boolean hasOther(Line line, BookStream book) {
    return lines.isServedByOther(line, new Subscription(Channel.BOOK, book.symbol));
  }

  @Override
  public void soon(Runnable then) {
    later(then, MOMENT.toNanos());
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a task that fails is a defect, and is told so
  private void later(Runnable task, long nanos) {
    context.loop().schedule(task, nanos, TimeUnit.NANOSECONDS);
  }
}
