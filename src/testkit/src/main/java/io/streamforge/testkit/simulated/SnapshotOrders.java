package io.streamforge.testkit.simulated;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The snapshots of a book that its feed's owner has ordered: each comes after 50 to 900 ms. */
final class SnapshotOrders {

  /** When a snapshot is taken and when it is received, microseconds. */
  record Order(long takenUs, long receivedUs) {}

  private final SplittableRandom random;
  private final List<Order> orders = new ArrayList<>();
  private long pendingUntilUs;

  SnapshotOrders(SplittableRandom random) {
    this.random = random;
  }

  /** Orders a snapshot unless one is on its way. */
  void request(long timeUs) {
    if (timeUs >= pendingUntilUs) {
      order(timeUs);
    }
  }

  void order(long timeUs) {
    long delayUs = 50_000L + random.nextInt(850_000);
    orders.add(new Order(timeUs + delayUs / 2, timeUs + delayUs));
    pendingUntilUs = timeUs + delayUs;
  }

  /** Those that are taken by then; they are not given again. */
  List<Order> takeUntil(long timeUs) {
    List<Order> taken = new ArrayList<>();
    for (Order order : orders) {
      if (order.takenUs() <= timeUs) {
        taken.add(order);
      }
    }
    orders.removeAll(taken);
    return taken;
  }
}
