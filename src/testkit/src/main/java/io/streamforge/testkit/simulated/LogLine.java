package io.streamforge.testkit.simulated;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The way of one feed's messages into the log. Some are held back until others have passed.
 *
 * <p>All lines of a run share one log, in order of receipt.
 */
final class LogLine {

  /** The log that all lines write. */
  static final class Log {
    private final PriorityQueue<Entry> entries =
        new PriorityQueue<>(
            (a, b) -> {
              int byTime = Long.compare(a.dueUs, b.dueUs);
              return byTime != 0 ? byTime : Integer.compare(a.order, b.order);
            });
    private int order;

    void add(SimulatedMessage message, long dueUs, String why) {
      entries.add(new Entry(message, dueUs, order++, why));
    }

    /** When the next record is received; {@link Long#MAX_VALUE} for never. */
    long nextUs() {
      return entries.isEmpty() ? Long.MAX_VALUE : entries.peek().dueUs;
    }

    SimulatedMessage poll() {
      Entry entry = entries.poll();
      return entry.message.at(entry.dueUs, entry.why);
    }
  }

  private record Entry(SimulatedMessage message, long dueUs, int order, String why) {}

  private static final class Held {
    private final SimulatedMessage message;
    private final String why;
    private int left;

    Held(SimulatedMessage message, int left, String why) {
      this.message = message;
      this.left = left;
      this.why = why;
    }
  }

  private final Log log;
  private final List<Held> held = new ArrayList<>();
  private long lastUs;

  LogLine(Log log) {
    this.log = log;
  }

  /** Writes a message, and those that were held back until now. */
  void pass(SimulatedMessage message, long dueUs) {
    lastUs = Math.max(dueUs, lastUs + 1);
    log.add(message, lastUs, "");
    release();
  }

  /** A message has been lost on this line, and counts for those that wait. */
  void skip(long dueUs) {
    lastUs = Math.max(dueUs, lastUs + 1);
    release();
  }

  private void release() {
    for (Iterator<Held> it = held.iterator(); it.hasNext(); ) {
      Held waiting = it.next();
      if (--waiting.left < 0) {
        it.remove();
        log.add(waiting.message, ++lastUs, waiting.why);
      }
    }
  }

  /** Writes a message after so many others have passed. */
  void hold(SimulatedMessage message, int others, String why) {
    held.add(new Held(message, others, why));
  }

  /** Whether a message waits that was damaged by waiting. */
  boolean holdsDamaged() {
    for (Held waiting : held) {
      if (!waiting.why.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** What waits never comes. */
  void drop() {
    held.clear();
  }
}
