package io.streamforge.loader.feed;

import io.streamforge.loader.net.Socket;
import io.streamforge.loader.venue.Control;
import io.streamforge.loader.venue.Request;
import io.streamforge.loader.venue.Subscription;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * The subscriptions of one connection: they are asked for at the venue's pace, and asked for again
 * until the venue acknowledges them.
 */
final class LineSubscriptions {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PATIENCE = Duration.ofMinutes(5);

  /** Since when a subscription is asked for, and how long its answer may take. */
  private record Asked(long sinceNanos, Duration patience) {}

  private final LineSetup setup;
  private final Socket socket;
  private final Map<Subscription, Asked> asked = new LinkedHashMap<>();
  private final Map<Long, Request> requests = new HashMap<>();
  private final Queue<String> toSend = new ArrayDeque<>();
  private final RateLimit hourly;
  private boolean sending;
  private long nextId = 1;

  LineSubscriptions(LineSetup setup, Socket socket) {
    this.setup = setup;
    this.socket = socket;
    int anHour = setup.venue().limits().requestsPerHour();
    this.hourly = new RateLimit(Duration.ofHours(1).dividedBy(anHour), anHour, System.nanoTime());
    hourly.fillUp();
  }

  /** Asks for some. */
  void ask(List<Subscription> wanted) {
    ask(wanted, PATIENCE);
  }

  /** Ends some. */
  void end(List<Subscription> held) {
    held.forEach(asked::remove);
    send(setup.venue().unsubscribe(held, setup.depth(), nextId));
  }

  private void ask(List<Subscription> wanted, Duration patience) {
    long now = System.nanoTime();
    wanted.forEach(each -> asked.put(each, new Asked(now, patience)));
    send(setup.venue().subscribe(wanted, setup.depth(), nextId));
  }

  /** Asks for each by itself: some venues refuse a whole request for one symbol in it. */
  private void askOneByOne(List<Subscription> wanted, Duration patience) {
    wanted.forEach(each -> ask(List.of(each), patience));
  }

  private void send(List<Request> some) {
    for (Request request : some) {
      nextId = Math.max(nextId, request.id() + 1);
      requests.put(request.id(), request);
      send(request.text());
    }
  }

  /** Sends a text when the venue's pace allows. */
  void send(String text) {
    toSend.add(text);
    if (!sending) {
      sending = true;
      sendNext();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a task that fails is a defect, and is told so
  private void sendNext() {
    String text = toSend.poll();
    sending = text != null;
    if (text != null) {
      socket.send(text);
      setup
          .loop()
          .schedule(
              this::sendNext,
              setup.venue().limits().requestEvery().toNanos(),
              TimeUnit.NANOSECONDS);
    }
  }

  /**
   * Ends a subscription, and asks for it again.
   *
   * @return false if the venue's budget does not allow it
   */
  boolean again(Subscription subscription) {
    if (hourly.take(2, System.nanoTime()) > 0) {
      return false;
    }
    List<Subscription> one = List.of(subscription);
    send(setup.venue().unsubscribe(one, setup.depth(), nextId));
    ask(one, PATIENCE);
    return true;
  }

  /** What the venue says of them. */
  void answer(Control control) {
    if (control instanceof Control.Subscribed subscribed) {
      subscribed.subscriptions().forEach(asked::remove);
    } else if (control instanceof Control.RequestAccepted accepted) {
      Request request = requests.remove(accepted.id());
      if (request != null) {
        request.subscriptions().forEach(asked::remove);
      }
    } else if (control instanceof Control.Refused refused) {
      refused(refused, requests.remove(refused.id()));
    }
    if (asked.isEmpty()) {
      requests.clear();
    }
  }

  private void refused(Control.Refused refused, Request request) {
    List<Subscription> concerned = request == null ? List.of() : request.subscriptions();
    boolean named = refused.symbol() != null;
    String symbol = !named && concerned.size() == 1 ? concerned.get(0).symbol() : refused.symbol();
    setup.watch().refused(setup.venue().venue(), symbol, refused.reason());
    if (!named && concerned.size() > 1) {
      askOneByOne(concerned.stream().filter(asked::containsKey).toList(), PATIENCE);
    }
  }

  /** Whether the venue has acknowledged a subscription. */
  boolean holds(Subscription subscription) {
    return !asked.containsKey(subscription);
  }

  boolean areAcknowledged() {
    return asked.isEmpty();
  }

  /** To be called once a second. */
  void tick(long now) {
    List<Subscription> late = new ArrayList<>();
    Duration patience = PATIENCE;
    for (Map.Entry<Subscription, Asked> each : asked.entrySet()) {
      if (now - each.getValue().sinceNanos > each.getValue().patience.toNanos()) {
        late.add(each.getKey());
        patience = each.getValue().patience;
      }
    }
    if (!late.isEmpty()) {
      setup.watch().unacknowledged(setup.venue().venue(), late.size());
      Duration longer = patience.multipliedBy(2);
      askOneByOne(late, longer.compareTo(LONGEST_PATIENCE) < 0 ? longer : LONGEST_PATIENCE);
    }
  }
}
