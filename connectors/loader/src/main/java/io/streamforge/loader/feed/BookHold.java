package io.streamforge.loader.feed;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/** Changes of a book that wait while a whole book is asked for. */
final class BookHold {
  private final Queue<ReceivedBook> held = new ArrayDeque<>();
  private boolean on;

  /** Whether changes wait. */
  boolean isOn() {
    return on;
  }

  void begin() {
    on = true;
  }

  void end() {
    on = false;
  }

  void add(ReceivedBook message) {
    held.add(message);
  }

  /** The oldest; null for none. */
  ReceivedBook first() {
    return held.peek();
  }

  /** Lets go those that a whole book of this number contains. */
  void release(long upTo, Consumer<ReceivedBook> to) {
    while (!held.isEmpty() && held.peek().update().sequence() <= upTo) {
      to.accept(held.poll());
    }
  }
}
