package io.streamforge.loader.feed;

import io.streamforge.loader.net.Network;
import io.streamforge.loader.venue.VenueFeed.BookRequest;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.MarketEvent;
import io.streamforge.wire.DecodeException;
import io.streamforge.wire.MessageDecoder;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Asks a venue for whole books, by REST or on their connection, within its budget: one request a
 * book at a time, lost books first, and of these first those that trade. For the feed's thread.
 */
final class BookRequests {
  /** Changes are not held back for longer. */
  private static final Duration HOLD = Duration.ofSeconds(2);

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  /** The share of the venue's budget that is used: others may share the address. */
  private static final double USED = 0.8;

  /** Of the budget this share is kept for lost books. */
  private static final double RESERVE = 0.1;

  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Of requests on a connection; subscriptions count from 1. */
  private static final long FIRST_ID = 1L << 32;

  private static final int AT_ONCE = 4;

  /** Where all lost books could be had whole in so long, none is asked for at less depth first. */
  private static final double WHOLE_MINUTES = 0.1;

  /** What a book waits for. */
  private static final class Wish {
    private final NumberedBook book;
    private final Backoff backoff;
    private String reason;
    private int depth;
    private boolean urgent;
    private boolean asked;

    /** Whether it was wished for again while it was asked for. */
    private boolean again;

    /** Of the newest request. */
    private long number;

    /** That it was asked for in. */
    private String session;

    private long notBeforeNanos;

    Wish(NumberedBook book, Backoff backoff) {
      this.book = book;
      this.backoff = backoff;
    }
  }

  private final FeedContext context;
  private final URI base;
  private final MessageDecoder decoder;
  private final TradedSymbols traded;
  private final RestPause pause;
  private final RateLimit weight;
  private final double weightPerMinute;
  private final Map<NumberedBook, Wish> wishes = new LinkedHashMap<>();
  private int inFlight;
  private long asked = FIRST_ID;
  private boolean waking;

  /** In this minute, in the venue's units. */
  private double spent;

  private long minuteNanos = System.nanoTime();

  /** Tells which symbols trade. */
  interface TradedSymbols {
    /** When a symbol last traded, microseconds since the epoch. */
    long lastTradeUs(String symbol);
  }

  BookRequests(FeedContext context, MessageDecoder decoder, TradedSymbols traded, RestPause pause) {
    this.pause = pause;
    this.context = context;
    this.base = context.config().requests();
    this.decoder = decoder;
    this.traded = traded;
    this.weightPerMinute = context.venue().limits().weightPerMinute() * USED;
    Duration every = Duration.ofNanos((long) (60e9 / weightPerMinute));
    this.weight = new RateLimit(every, weightPerMinute, System.nanoTime());
  }

  /** Asks for a book, unless that is under way. */
  void want(NumberedBook book, String reason) {
    boolean urgent = !reason.equals("shallow");
    wish(
        book,
        reason,
        urgent && !isQuick() ? context.venue().facts().depths().get(0) : context.config().depth(),
        urgent);
    serve();
  }

  private boolean isQuick() {
    long lost = wishes.values().stream().filter(wish -> wish.urgent).count() + 1;
    int whole =
        context.venue().book(base, "", context.config().depth(), asked).orElseThrow().weight();
    return lost * whole <= weightPerMinute * WHOLE_MINUTES;
  }

  private void wish(NumberedBook book, String reason, int depth, boolean urgent) {
    Wish wish = wishes.get(book);
    if (wish == null) {
      wish = new Wish(book, new Backoff(Duration.ofSeconds(1), LONGEST_WAIT, context.random()));
      wish.notBeforeNanos = System.nanoTime();
      wishes.put(book, wish);
    } else if (wish.asked && urgent) {
      wish.again = true;
      return;
    } else if (wish.urgent || !urgent) {
      return;
    }
    wish.reason = reason;
    wish.depth = Math.min(depth, context.config().depth());
    wish.urgent = urgent;
  }

  private void serve() {
    while (inFlight < AT_ONCE) {
      long now = System.nanoTime();
      Optional<Wish> next = next(now);
      if (next.isEmpty()) {
        return;
      }
      long wait = Math.max(next.get().notBeforeNanos - now, pause.untilNanos() - now);
      if (wait <= 0) {
        BookRequest request = request(next.get());
        wait = weight.take(request.weight(), now);
        if (wait <= 0) {
          ask(next.get(), request);
          continue;
        }
      }
      wake(wait);
      return;
    }
  }

  private Optional<Wish> next(long now) {
    boolean spare = weight.used(now) < 1 - RESERVE;
    return wishes.values().stream()
        .filter(wish -> !wish.asked && (wish.urgent || spare))
        .min(
            Comparator.comparing((Wish wish) -> wish.notBeforeNanos - now > 0)
                .thenComparing(wish -> !wish.urgent)
                .thenComparing(
                    wish -> traded.lastTradeUs(wish.book.symbol), Comparator.reverseOrder()));
  }

  private BookRequest request(Wish wish) {
    return context.venue().book(base, wish.book.symbol, wish.depth, asked + 1).orElseThrow();
  }

  private void wake(long nanos) {
    if (!waking) {
      waking = true;
      later(
          () -> {
            waking = false;
            serve();
          },
          nanos);
    }
  }

  /** To be called once a second: the budget may have filled. */
  void tick() {
    long now = System.nanoTime();
    if (now - minuteNanos > MINUTE_NANOS) {
      minuteNanos = now;
      spent = 0;
    }
    serve();
  }

  private void spend(double more, double answered) {
    spent = Math.max(spent + more, answered);
    context
        .watch()
        .budgetUsed(context.venue().venue(), spent / context.venue().limits().weightPerMinute());
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a task that fails is a defect, and is told so
  private void later(Runnable task, long nanos) {
    context.loop().schedule(task, nanos, TimeUnit.NANOSECONDS);
  }

  private void ask(Wish wish, BookRequest request) {
    wish.asked = true;
    wish.session = wish.book.session();
    inFlight++;
    spend(request.weight(), 0);
    context.watch().bookRequested(context.venue().venue(), wish.book.symbol, wish.reason);
    wish.book.hold(context.clock().nowUs());
    long number = ++asked;
    wish.number = number;
    later(
        () -> {
          if (wish.asked && wish.number == number) {
            wish.book.release();
          }
        },
        HOLD.toNanos());
    if (request.text() == null) {
      context.network().get(request.address(), answer -> answered(wish, answer));
    } else {
      wish.book.care.ask(wish.book, number, request.text(), answer -> answered(wish, answer));
    }
  }

  private void answered(Wish wish, Network.Answer answer) {
    inFlight--;
    wish.asked = false;
    long now = System.nanoTime();
    if (answer.usedWeight() > 0) {
      weight.atMost(weightPerMinute - answer.usedWeight(), now);
      spend(0, (double) answer.usedWeight());
    }
    String failure = failure(wish, answer);
    if (failure == null) {
      wishes.remove(wish.book);
      if (wish.again) {
        wish(wish.book, "gap", context.config().depth(), true);
      } else if (wish.depth < context.config().depth()) {
        wish(wish.book, "depth", context.config().depth(), false);
      }
    } else {
      wish.book.release();
      context.watch().bookRequestFailed(context.venue().venue(), wish.book.symbol, failure);
      if (wish.book.hasSession()) {
        wish.notBeforeNanos = now + TimeUnit.MILLISECONDS.toNanos(wish.backoff.nextMs());
      } else {
        wishes.remove(wish.book); // its next session asks anew
      }
    }
    serve();
  }

  /** Why an answer is of no use; null if it was written. */
  private String failure(Wish wish, Network.Answer answer) {
    if (answer.failure() != null) {
      return answer.failure();
    }
    pause.note(answer);
    if (answer.status() != 200) {
      return "HTTP " + answer.status();
    }
    if (!Objects.equals(wish.session, wish.book.session())) {
      return "it was asked for in another session";
    }
    long timeUs = context.clock().nowUs();
    try {
      List<MarketEvent> events =
          decoder.decode(context.venue().venue(), wish.book.symbol, answer.body(), timeUs);
      if (events.size() == 1
          && decoder.flaw() == null
          && events.get(0) instanceof BookUpdate whole
          && whole.snapshot()) {
        return wish.book.answer(whole, answer.body(), timeUs);
      }
    } catch (DecodeException e) {
      return "no book: " + e.reason();
    }
    return "no book";
  }
}
