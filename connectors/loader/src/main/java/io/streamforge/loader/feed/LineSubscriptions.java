package io.streamforge.loader.feed;

import io.streamforge.loader.net.Socket;
import io.streamforge.loader.venue.Control;
import io.streamforge.loader.venue.Request;
import io.streamforge.loader.venue.Subscription;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The subscriptions of one connection: they are asked for at the venue's pace, and asked for again
 * until the venue acknowledges them.
 */
final class LineSubscriptions {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PATIENCE = Duration.ofMinutes(5);

  /**
   * A subscription that is not acknowledged yet.
   *
   * @param sinceNanos when it was asked for
   * @param patience how long its answer may take
   * @param alone whether its request is of nothing else
   */
  private record Asked(long sinceNanos, Duration patience, boolean alone) {
    boolean isLate(long now) {
      return now - sinceNanos > patience.toNanos();
    }

    Asked sentAt(long now) {
      return new Asked(now, patience, alone);
    }
  }

  private record Text(String text, List<Subscription> asksFor) {}

  private final LineSetup setup;
  private final Socket socket;
  private final Map<Subscription, Asked> asked = new LinkedHashMap<>();
  private final Map<Long, Request> requests = new HashMap<>();
  private final Deque<Text> toSend = new ArrayDeque<>();
  private final RateLimit hourly;
  private boolean sending;
  private long nextId = 1;

  LineSubscriptions(LineSetup setup, Socket socket) {
    this.setup = setup;
    this.socket = socket;
    // Half of them at once, and the other half in the course of any hour.
    int anHour = setup.venue().limits().requestsPerHour() / 2;
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
    hourly.take(1, System.nanoTime());
    setup
        .venue()
        .requests(false, held, setup.depth(), nextId)
        .forEach(each -> send(each, List.of()));
  }

  private void ask(List<Subscription> wanted, Duration patience) {
    long now = System.nanoTime();
    wanted.forEach(each -> asked.put(each, new Asked(now, patience, wanted.size() == 1)));
    for (Request request : setup.venue().requests(true, wanted, setup.depth(), nextId)) {
      hourly.take(1, now);
      send(request, request.subscriptions());
    }
  }

  /**
   * Asks for each by itself, as far as the venue's budget goes: some venues refuse a whole request
   * for one symbol in it.
   */
  private void askOneByOne(List<Subscription> wanted, Duration patience) {
    for (Subscription each : wanted) {
      if (!hourly.has(1, System.nanoTime())) {
        return; // it is late again in a second
      }
      ask(List.of(each), patience);
    }
  }

  private void send(Request request, List<Subscription> asksFor) {
    nextId = Math.max(nextId, request.id() + 1);
    requests.put(request.id(), request);
    toSend.add(new Text(request.text(), asksFor));
    sendSoon();
  }

  /** Sends a text when the venue's pace allows, ahead of requests for subscriptions. */
  void send(String text) {
    toSend.addFirst(new Text(text, List.of()));
    sendSoon();
  }

  private void sendSoon() {
    if (!sending) {
      sending = true;
      sendNext();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a task that fails is a defect, and is told so
  private void sendNext() {
    Text text = toSend.poll();
    sending = text != null;
    if (text != null) {
      long now = System.nanoTime(); // the venue's time to answer begins
      text.asksFor.forEach(each -> asked.computeIfPresent(each, (same, was) -> was.sentAt(now)));
      socket.send(text.text);
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
    if (!hourly.has(2, System.nanoTime())) {
      return false;
    }
    List<Subscription> one = List.of(subscription);
    end(one);
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
    if (!named) { // of a request without a number it may be any
      List<Subscription> suspects = request == null ? List.copyOf(asked.keySet()) : concerned;
      askOneByOne(suspects.stream().filter(this::isAskedWithOthers).toList(), PATIENCE);
    }
  }

  private boolean isAskedWithOthers(Subscription subscription) {
    Asked waiting = asked.get(subscription);
    return waiting != null && !waiting.alone;
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
      if (toSend.isEmpty() && each.getValue().isLate(now)) {
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
