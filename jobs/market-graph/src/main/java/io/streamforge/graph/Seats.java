package io.streamforge.graph;

import io.streamforge.graph.model.GraphSettings;
import io.streamforge.graph.model.Node;
import io.streamforge.market.Utf8Order;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Which instruments have one of a graph's {@code graph.max-nodes} seats. At each rewire time all
 * seats are given anew: to the instruments of the registry first, then to those that have sampled
 * without a break for longest, cut to 24 h; ties by id. In between, an instrument that has none
 * takes a free one. One that does not sample gives its seat up; a listed one keeps it for 24 h.
 *
 * <p>Returns are kept of those with a seat, and for 24 h of those that were silent since. Of the
 * silent that the registry does not list these are as many as there are seats, those that sampled
 * last; of one that samples and is left out none are. So names that somebody makes up take no more
 * memory than that.
 *
 * <p>All of it follows from the samples of the last 24 h: a graph that began later agrees by then.
 */
final class Seats {
  /** Beyond it no time counts. */
  static final long LONGEST_US = 86_400_000_000L;

  /** So many of the instruments without a seat are named. */
  static final int MAX_NAMED = 20;

  private static final Comparator<Seat> LAST_HEARD_FIRST =
      Comparator.comparingLong(Seat::lastUs).reversed().thenComparing(Seat::id, Utf8Order.INSTANCE);

  private final GraphSettings settings;

  /** By id: those of the newest sample, and the known ones of the last 24 h; in log order. */
  private final Map<String, Seat> known = new LinkedHashMap<>();

  private int taken;
  private long timeUs;

  Seats(GraphSettings settings) {
    this.settings = settings;
  }

  /**
   * Gives seats as of a sample.
   *
   * @param sampling the nodes that sample, in order of id
   * @param anew whether it is a rewire time
   * @return those with a seat, in the same order
   */
  List<Node> of(long timeUs, List<Node> sampling, boolean anew) {
    this.timeUs = timeUs;
    sampling.forEach(node -> known.compute(node.id(), this::heard));
    if (known.size() > sampling.size()) {
      known.values().removeIf(this::isOver);
      leaveSeats();
    }
    taken = (int) known.values().stream().filter(Seat::taken).count();
    if (anew || taken > settings.maxNodes()) { // it was larger before a restore
      known.replaceAll((id, seat) -> seat.taken(false));
      taken = 0;
    }
    give();
    return taken == known.size() && known.size() == sampling.size()
        ? sampling
        : sampling.stream().filter(node -> known.get(node.id()).taken()).toList();
  }

  private Seat heard(String id, Seat before) {
    if (before == null) {
      return new Seat(id, timeUs, timeUs, false);
    }
    boolean goesOn = before.lastUs() == timeUs - settings.intervalUs();
    return new Seat(id, goesOn ? before.sinceUs() : timeUs, timeUs, before.taken());
  }

  private boolean isOver(Seat seat) {
    return timeUs - seat.lastUs() > LONGEST_US;
  }

  /** Takes the seats of those that do not sample, unless they are listed. */
  private void leaveSeats() {
    List<Seat> silent = new ArrayList<>();
    for (Seat seat : known.values()) {
      if (seat.lastUs() < timeUs && !isListed(seat)) {
        silent.add(seat);
      }
    }
    silent.forEach(seat -> known.put(seat.id(), seat.taken(false)));
    if (silent.size() > settings.maxNodes()) {
      silent.sort(LAST_HEARD_FIRST);
      silent.subList(settings.maxNodes(), silent.size()).forEach(seat -> known.remove(seat.id()));
    }
  }

  private boolean isListed(Seat seat) {
    return settings.registry().lists(seat.id());
  }

  /** Gives the free seats to those without one. */
  private void give() {
    int free = settings.maxNodes() - taken;
    List<Seat> waiting = waiting();
    if (waiting.size() > free && free > 0) {
      waiting.sort(order());
    }
    for (Seat seat : waiting.subList(0, Math.max(0, Math.min(free, waiting.size())))) {
      known.put(seat.id(), seat.taken(true));
      taken++;
    }
  }

  private List<Seat> waiting() {
    List<Seat> waiting = new ArrayList<>();
    for (Seat seat : known.values()) {
      if (!seat.taken() && (seat.lastUs() == timeUs || isListed(seat))) {
        waiting.add(seat);
      }
    }
    return waiting;
  }

  /** Who is seated first. */
  private Comparator<Seat> order() {
    return Comparator.comparing((Seat seat) -> !isListed(seat))
        .thenComparing(seat -> -lengthUs(seat))
        .thenComparing(Seat::id, Utf8Order.INSTANCE);
  }

  private long lengthUs(Seat seat) {
    return seat.lastUs() < timeUs ? -1 : Math.min(timeUs - seat.sinceUs(), LONGEST_US);
  }

  /** Whether an instrument's returns are to be kept. */
  boolean areReturnsKept(String id) {
    Seat seat = known.get(id);
    return seat != null && (seat.taken() || seat.lastUs() < timeUs || isListed(seat));
  }

  /** How many that sample have no seat. */
  int leftOut() {
    return taken == known.size()
        ? 0
        : (int) known.values().stream().filter(this::isLeftOut).count();
  }

  /** The ids of the first {@value #MAX_NAMED} of them, in the order in which they are seated. */
  List<String> firstLeftOut() {
    if (taken == known.size()) {
      return List.of();
    }
    PriorityQueue<Seat> first = new PriorityQueue<>(order().reversed());
    for (Seat seat : known.values()) {
      if (isLeftOut(seat)) {
        first.add(seat);
        if (first.size() > MAX_NAMED) {
          first.remove();
        }
      }
    }
    return first.stream().sorted(order()).map(Seat::id).toList();
  }

  private boolean isLeftOut(Seat seat) {
    return !seat.taken() && seat.lastUs() == timeUs;
  }

  /** All that is remembered, in an order that {@link #restore} keeps; a view. */
  Collection<Seat> all() {
    return known.values();
  }

  /** Takes up what {@link #all} said. */
  void restore(Collection<Seat> seats) {
    seats.forEach(seat -> known.put(seat.id(), seat));
  }
}
