package io.streamforge.testkit.exchange;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What clients did. */
final class ExchangeLog {
  private static final int KEPT = 10_000;

  private final Deque<String> violations = new ArrayDeque<>();
  private final Deque<String> received = new ArrayDeque<>();
  private int connects;
  private int restRequests;

  synchronized void violated(String what) {
    keep(violations, what);
  }

  synchronized void received(String text) {
    keep(received, text);
  }

  synchronized void connected() {
    connects++;
  }

  synchronized void requested() {
    restRequests++;
  }

  private static void keep(Deque<String> texts, String text) {
    texts.addLast(text);
    if (texts.size() > KEPT) {
      texts.removeFirst();
    }
  }

  synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  synchronized List<String> received() {
    return List.copyOf(received);
  }

  synchronized int connects() {
    return connects;
  }

  synchronized int restRequests() {
    return restRequests;
  }
}
