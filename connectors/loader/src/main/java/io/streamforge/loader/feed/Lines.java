package io.streamforge.loader.feed;

import io.streamforge.loader.venue.Subscription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The connections that bring the same: one or two, and those that are to replace one before it
 * ends. For the feed's thread.
 */
final class Lines implements LineOwner {
  /** How long a connection may take to replace another. */
  private static final long REPLACED_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final FeedContext context;
  private final LineSetup setup;
  private final LineReader reader;
  private final List<Line> lines = new ArrayList<>();

  /** Open lines, and since when they are. */
  private final Map<Line, Long> openSince = new HashMap<>();

  /** Is told what they bring. */
  interface LineReader {
    void message(Line line, byte[] text);

    /** An open connection has ended. */
    void ended(Line line);

    /** Whether all that a connection is to bring is written from it, so that another may end. */
    boolean hasTakenOver(Line line);
  }

  Lines(FeedContext context, LineSetup setup, LineReader reader) {
    this.context = context;
    this.setup = setup;
    this.reader = reader;
  }

  /** Connects. */
  void start(String name) {
    for (int i = 0; i < context.config().lines(); i++) {
      String suffix = context.config().lines() == 1 ? "" : String.valueOf((char) ('a' + i));
      lines.add(new Line(setup, this, name + suffix, null));
    }
    lines.forEach(Line::connect);
  }

  void stop() {
    List.copyOf(lines).forEach(Line::close);
  }

  /** Subscribes more on each. */
  void subscribe(List<Subscription> more) {
    lines.forEach(line -> line.subscribe(more));
  }

  /** Ends subscriptions on each. */
  void unsubscribe(List<Subscription> held) {
    lines.forEach(line -> line.unsubscribe(held));
  }

  /** Whether there is more than one, open or not. */
  boolean areSeveral() {
    return lines.size() > 1;
  }

  /** Whether several open ones bring the same. */
  boolean areSeveralOpen() {
    return openSince.size() > 1;
  }

  boolean isAnyOpen() {
    return !openSince.isEmpty();
  }

  /**
   * One that is open.
   *
   * @param wanted the only one that will do; null if any does
   */
  Optional<Line> open(Line wanted) {
    return lines.stream()
        .filter(line -> line.isOpen() && (wanted == null || line == wanted))
        .findFirst();
  }

  /** One on which a subscription holds. */
  Optional<Line> serving(Subscription subscription) {
    return lines.stream().filter(line -> line.isServed(subscription)).findFirst();
  }

  /** Whether another one than this has a subscription, too. */
  boolean isServedByOther(Line line, Subscription subscription) {
    if (openSince.size() <= (openSince.containsKey(line) ? 1 : 0)) {
      return false;
    }
    return openSince.keySet().stream()
        .anyMatch(other -> other != line && other.isServed(subscription));
  }

  /** Those that have been open for so long. */
  List<Line> openFor(long nanos) {
    long since = System.nanoTime() - nanos;
    return openSince.entrySet().stream()
        .filter(each -> each.getValue() - since < 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public void message(Line line, byte[] text) {
    reader.message(line, text);
  }

  @Override
  public void up(Line line) {
    openSince.put(line, System.nanoTime());
  }

  @Override
  public void down(Line line) {
    openSince.remove(line);
    reader.ended(line);
    if (lines.stream().anyMatch(other -> other.replaces(line))) {
      retire(line);
    }
  }

  private void retire(Line line) {
    lines.remove(line);
    line.close();
  }

  @Override
  public void replace(Line line, String reason) {
    context.watch().moving(context.venue().venue(), line.name(), reason);
    Line replaced = lines.stream().filter(line::replaces).findFirst().orElse(line);
    Line next = new Line(setup, this, line.name(), replaced);
    lines.add(next);
    if (replaced != line) {
      retire(line); // which had not taken over yet
    }
    next.connect();
  }

  /** To be called once a second. */
  void tick() {
    List.copyOf(lines).forEach(Line::tick);
    List<Line> late = openFor(REPLACED_NANOS);
    for (Line line : List.copyOf(lines)) {
      boolean ready = line.isSubscribed() && reader.hasTakenOver(line);
      if (ready || late.contains(line)) {
        lines.stream().filter(line::replaces).findFirst().ifPresent(this::retire);
      }
    }
  }
}
