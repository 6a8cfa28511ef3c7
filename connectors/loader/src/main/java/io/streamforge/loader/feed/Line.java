package io.streamforge.loader.feed;

import io.streamforge.loader.net.Network.Answer;
import io.streamforge.loader.net.Socket;
import io.streamforge.loader.net.SocketListener;
import io.streamforge.loader.venue.Channel;
import io.streamforge.loader.venue.Control;
import io.streamforge.loader.venue.Subscription;
import io.streamforge.loader.venue.VenueFeed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One connection to a venue, kept up: it connects within the venue's budget, again and again,
 * subscribes, pings, and ends a connection that brings nothing. For the feed's thread.
 */
final class Line {
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private static final long LONGEST_PAUSE_SECONDS = TimeUnit.DAYS.toSeconds(3);

  /** A connection that held for so long was a good one. */
  private static final long GOOD_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** Venues close connections after 24 h. */
  private static final long FIRST_AGE_NANOS = TimeUnit.HOURS.toNanos(20);

  private static final long LAST_AGE_NANOS = TimeUnit.HOURS.toNanos(23);

  private final LineSetup setup;
  private final LineOwner owner;
  private final String name;
  private final Line replaced;
  private final Backoff backoff;

  private Connection open;
  private boolean closed;
  private boolean replacing;

  /**
   * @param name for people
   * @param replaced the line that this one is to replace; null for none
   */
  Line(LineSetup setup, LineOwner owner, String name, Line replaced) {
    this.setup = setup;
    this.owner = owner;
    this.name = name;
    this.replaced = replaced;
    this.backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, setup.random());
  }

  String name() {
    return name;
  }

  boolean isOpen() {
    return open != null;
  }

  boolean replaces(Line other) {
    return replaced == other;
  }

  /** Connects as soon as the venue's budget allows. */
  void connect() {
    if (closed) {
      return;
    }
    long wait = setup.connects().take(1, System.nanoTime());
    if (wait > 0) {
      later(this::connect, wait);
    } else {
      setup.network().open(setup.address(), new Connection());
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a task that fails is a defect, and is told so
  private void later(Runnable task, long nanos) {
    setup.loop().schedule(task, nanos, TimeUnit.NANOSECONDS);
  }

  /** To be called once a second. */
  void tick() {
    if (open != null) {
      open.tick();
    }
  }

  /** A message of the market has come. */
  void alive() {
    if (open != null) {
      open.marketNanos = System.nanoTime();
    }
  }

  /**
   * Whether a message is the next of its connection, by the venue's number.
   *
   * @param number {@link VenueFeed#NO_NUMBER} for none
   */
  boolean isNext(long number) {
    if (number == VenueFeed.NO_NUMBER || open == null) {
      return true;
    }
    long before = open.number;
    open.number = number;
    return before == VenueFeed.NO_NUMBER || number == before + 1;
  }

  /** Sends a request on the connection, which has to be open. */
  void ask(long id, String text, Consumer<Answer> then) {
    open.questions.ask(id, then);
    open.subscriptions.send(text);
  }

  /** What the venue says of this connection. */
  void control(Control control, byte[] text) {
    if (open == null) {
      return;
    }
    if (control instanceof Control.Closing closing) {
      replace("the venue says " + closing.reason());
    } else if (control instanceof Control.Answered answered) {
      open.questions.answered(answered.id(), text);
    } else if (!(control instanceof Control.Refused refused
        && open.questions.refused(refused.id(), refused.reason()))) {
      open.subscriptions.answer(control);
    }
  }

  /** Messages of a subscription come, which some venues begin with before they acknowledge it. */
  void acknowledged(Channel channel, String symbol) {
    if (open != null && !open.subscriptions.areAcknowledged()) {
      open.subscriptions.answer(new Control.Subscribed(List.of(new Subscription(channel, symbol))));
    }
  }

  /** Subscribes more. */
  void subscribe(List<Subscription> more) {
    if (open != null) {
      open.subscriptions.ask(more);
    }
  }

  /** Ends subscriptions. */
  void unsubscribe(List<Subscription> held) {
    if (open != null) {
      open.subscriptions.end(held);
    }
  }

  /** Ends a subscription, and makes it again. */
  void again(Subscription subscription) {
    if (open != null && !open.subscriptions.again(subscription)) {
      abort("the venue's budget of requests on a connection is used up");
    }
  }

  /** Whether a subscription holds: it was asked for, and the venue says so. */
  boolean isServed(Subscription subscription) {
    return open != null && open.subscriptions.holds(subscription);
  }

  /** Whether every subscription is acknowledged. */
  boolean isSubscribed() {
    return open != null && open.subscriptions.areAcknowledged();
  }

  private void replace(String reason) {
    if (!replacing) {
      replacing = true;
      owner.replace(this, reason);
    }
  }

  /** Ends the connection at once; another is made. */
  void abort(String reason) {
    if (open != null) {
      open.socket.abort(reason);
    }
  }

  /** Ends the connection for good. */
  void close() {
    closed = true;
    if (open != null) {
      open.socket.abort("closed");
    }
  }

  /** One connection from its opening to its end. */
  private final class Connection implements SocketListener {
    private Socket socket;
    private final LineQuestions questions = new LineQuestions();
    private LineSubscriptions subscriptions;
    private long number = VenueFeed.NO_NUMBER;
    private long openedNanos;
    private long textNanos;
    private long marketNanos;
    private long pingNanos;
    private long pings;
    private long ageNanos;

    @Override
    public void opened(Socket now) {
      if (closed) {
        now.abort("closed");
        return;
      }
      socket = now;
      open = this;
      replacing = false;
      openedNanos = System.nanoTime();
      textNanos = openedNanos;
      marketNanos = openedNanos;
      pingNanos = openedNanos;
      ageNanos = setup.random().nextLong(FIRST_AGE_NANOS, LAST_AGE_NANOS);
      subscriptions = new LineSubscriptions(setup, now);
      setup.watch().connected(setup.venue().venue(), name);
      subscriptions.ask(setup.wanted().get());
      owner.up(Line.this);
    }

    @Override
    public void message(byte[] text) {
      if (open == this) {
        textNanos = System.nanoTime();
        owner.message(Line.this, text);
      }
    }

    @Override
    public void closed(Closure closure) {
      boolean wasOpen = open == this;
      if (wasOpen) {
        open = null;
      }
      try {
        reconnect(closure, wasOpen);
      } finally {
        if (wasOpen) {
          owner.down(Line.this);
          questions.end();
        }
      }
    }

    private void reconnect(Closure closure, boolean wasOpen) {
      if (closed) {
        return;
      }
      if (wasOpen && System.nanoTime() - openedNanos > GOOD_NANOS) {
        backoff.reset();
      }
      long waitMs =
          Math.max(
              backoff.nextMs(),
              Math.min(closure.retryAfterSeconds(), LONGEST_PAUSE_SECONDS) * 1000);
      setup.watch().disconnected(setup.venue().venue(), name, closure.reason(), waitMs);
      later(Line.this::connect, TimeUnit.MILLISECONDS.toNanos(waitMs));
    }

    void tick() {
      long now = System.nanoTime();
      Duration ping = setup.venue().limits().pingEvery();
      if (!ping.isZero() && now - pingNanos > ping.toNanos()) {
        pingNanos = now;
        setup.venue().ping(++pings).ifPresent(subscriptions::send);
      }
      subscriptions.tick(now);
      questions.tick(now);
      Duration silence = setup.venue().limits().silence();
      if (!silence.isZero() && now - textNanos > silence.toNanos()) {
        abort("silent for %d s".formatted(silence.toSeconds()));
      } else if (now - marketNanos > setup.idleTimeout().toNanos()) {
        abort("no message of the market for %d s".formatted(setup.idleTimeout().toSeconds()));
      } else if (now - openedNanos > ageNanos) {
        replace("it is old");
      }
    }
  }
}
