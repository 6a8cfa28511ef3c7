package io.streamforge.cli.live;

import io.streamforge.loader.venue.Channel;
import io.streamforge.loader.watch.FeedWatch;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What happened to one venue's feed in a minute. */
final class CheckWatch implements FeedWatch {
  private static final int MOST = 20;

  private int connects;
  private final Set<String> ends = new LinkedHashSet<>();
  private final Set<String> refusals = new LinkedHashSet<>();
  private final Set<String> unreadable = new LinkedHashSet<>();
  private final Set<String> failedRequests = new LinkedHashSet<>();
  private int unacknowledged;
  private int unknown;
  private int severalSymbols;
  private int gaps;
  private int requests;
  private final Map<Channel, Long> messages = new EnumMap<>(Channel.class);
  private final List<Long> lagsUs = new ArrayList<>();
  private double budgetUsed;
  private long trades;
  private long missingTrades;

  private static void note(Set<String> in, String what) {
    if (in.size() < MOST) {
      in.add(what);
    }
  }

  @Override
  public synchronized void connected(String venue, String line) {
    connects++;
  }

  @Override
  public synchronized void disconnected(String venue, String line, String reason, long againInMs) {
    note(ends, reason);
  }

  @Override
  public synchronized void moving(String venue, String line, String reason) {
    note(ends, reason);
  }

  @Override
  public synchronized void unacknowledged(String venue, int subscriptions) {
    unacknowledged += subscriptions;
  }

  @Override
  public synchronized void refused(String venue, String symbol, String reason) {
    note(refusals, symbol == null ? reason : symbol + ": " + reason);
  }

  @Override
  public void listed(String venue, String symbol, boolean listed) {}

  @Override
  public void listingFailed(String venue, String reason) {}

  @Override
  public synchronized void message(String venue, Channel channel, int bytes, long lagUs) {
    messages.merge(channel, 1L, Long::sum);
    if (lagUs != 0 && channel == Channel.BOOK) {
      lagsUs.add(lagUs);
    }
  }

  @Override
  public synchronized void unreadable(String venue, String reason, boolean written) {
    note(unreadable, reason);
  }

  @Override
  public synchronized void unknown(String venue) {
    unknown++;
  }

  @Override
  public synchronized void severalSymbols(String venue) {
    severalSymbols++;
  }

  @Override
  public synchronized void gap(String venue, String symbol) {
    gaps++;
  }

  @Override
  public void share(String venue, String line) {}

  @Override
  public synchronized void bookRequested(String venue, String symbol, String reason) {
    requests++;
  }

  @Override
  public synchronized void bookRequestFailed(String venue, String symbol, String reason) {
    note(failedRequests, symbol + ": " + reason);
  }

  @Override
  public synchronized void budgetUsed(String venue, double share) {
    budgetUsed = share;
  }

  @Override
  public synchronized void trades(String venue, int seen, long missing) {
    trades += seen;
    missingTrades += missing;
  }

  @Override
  public void books(String venue, int begun, int all) {}

  synchronized int connects() {
    return connects;
  }

  synchronized List<String> ends() {
    return List.copyOf(ends);
  }

  synchronized List<String> refusals() {
    return List.copyOf(refusals);
  }

  synchronized List<String> unreadable() {
    return List.copyOf(unreadable);
  }

  synchronized List<String> failedRequests() {
    return List.copyOf(failedRequests);
  }

  synchronized int unacknowledged() {
    return unacknowledged;
  }

  synchronized int unknown() {
    return unknown;
  }

  synchronized int severalSymbols() {
    return severalSymbols;
  }

  synchronized int gaps() {
    return gaps;
  }

  synchronized int requests() {
    return requests;
  }

  synchronized long messages(Channel channel) {
    return messages.getOrDefault(channel, 0L);
  }

  /** From the venue's time to the receipt: the middle of all, microseconds; null without any. */
  synchronized Long middleLagUs() {
    return lagsUs.isEmpty() ? null : lagsUs.stream().sorted().toList().get(lagsUs.size() / 2);
  }

  /** The least of all: what the two clocks differ by, at most; null without any. */
  synchronized Long leastLagUs() {
    return lagsUs.stream().min(Long::compare).orElse(null);
  }

  synchronized double budgetUsed() {
    return budgetUsed;
  }

  synchronized long trades() {
    return trades;
  }

  synchronized long missingTrades() {
    return missingTrades;
  }
}
