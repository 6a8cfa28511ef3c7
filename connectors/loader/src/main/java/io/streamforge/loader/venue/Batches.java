package io.streamforge.loader.venue;

import java.util.ArrayList;
import java.util.List;

/** Subscriptions by channel, as many as a request may name. */
final class Batches {
  private Batches() {}

  static List<List<Subscription>> of(List<Subscription> all, Channel channel, int most) {
    return of(all.stream().filter(each -> each.channel() == channel).toList(), most);
  }

  static List<List<Subscription>> of(List<Subscription> all, int most) {
    List<List<Subscription>> batches = new ArrayList<>();
    for (int from = 0; from < all.size(); from += most) {
      batches.add(all.subList(from, Math.min(all.size(), from + most)));
    }
    return batches;
  }
}
