package io.streamforge.testkit.simulated;

/** How venues write one level. */
enum LevelForm {
  /** {@code ["100.05","3"]}. */
  PAIR {
    @Override
    void write(MessageText out, boolean bid, int tick, int units) {
      out.add("[").quotedPrice(tick).add(",").quotedQuantity(units).add("]");
    }
  },
  /** OKX's {@code ["100.05","3","0","1"]}. */
  FOUR {
    @Override
    void write(MessageText out, boolean bid, int tick, int units) {
      out.add("[").quotedPrice(tick).add(",").quotedQuantity(units).add(",\"0\",\"1\"]");
    }
  },
  /** Kraken's {@code {"price":100.05,"qty":3}}. */
  BARE_OBJECT {
    @Override
    void write(MessageText out, boolean bid, int tick, int units) {
      out.add("{\"price\":").barePrice(tick).add(",\"qty\":").bareQuantity(units).add("}");
    }
  },
  /** Gemini's and Coinbase Exchange's {@code ["buy","100.05","3"]}. */
  SIDED {
    @Override
    void write(MessageText out, boolean bid, int tick, int units) {
      out.add(bid ? "[\"buy\"," : "[\"sell\",").quotedPrice(tick).add(",");
      out.quotedQuantity(units).add("]");
    }
  },
  /** Coinbase's object, of which the time of the level says nothing. */
  SIDED_OBJECT {
    @Override
    void write(MessageText out, boolean bid, int tick, int units) {
      out.add(bid ? "{\"side\":\"bid\"," : "{\"side\":\"offer\",");
      out.add("\"event_time\":\"2024-08-08T23:53:20.5Z\",\"price_level\":").quotedPrice(tick);
      out.add(",\"new_quantity\":").quotedQuantity(units).add("}");
    }
  };

  abstract void write(MessageText out, boolean bid, int tick, int units);

  /** Writes a side of a state, best first. */
  final void all(MessageText out, TrueState state, boolean bids, int depth) {
    int[] ticks = state.ticks(bids);
    int[] units = state.units(bids);
    for (int i = 0; i < state.size(bids, depth); i++) {
      write(out.comma(), bids, ticks[i], units[i]);
    }
  }

  /**
   * Writes how the best levels of a side differ between two states; quantity 0 is a level that has
   * gone.
   *
   * @param tellsFallen whether a level that better ones have pushed out of the depth is told to
   *     have gone; else whoever keeps the book cuts it
   */
  final void changes(
      MessageText out,
      TrueState before,
      TrueState after,
      boolean bids,
      int depth,
      boolean tellsFallen) {
    int outward = bids ? -1 : 1;
    int[] oldTicks = before.ticks(bids);
    int[] newTicks = after.ticks(bids);
    int oldSize = before.size(bids, depth);
    int newSize = after.size(bids, depth);
    int i = 0;
    int j = 0;
    while (i < oldSize || j < newSize) {
      int order = i == oldSize ? 1 : j == newSize ? -1 : (oldTicks[i] - newTicks[j]) * outward;
      if (order < 0) {
        if (tellsFallen || !contains(newTicks, oldTicks[i])) {
          write(out.comma(), bids, oldTicks[i], 0);
        }
        i++;
      } else {
        if (order > 0 || before.units(bids)[i] != after.units(bids)[j]) {
          write(out.comma(), bids, newTicks[j], after.units(bids)[j]);
        }
        i += order == 0 ? 1 : 0;
        j++;
      }
    }
  }

  private static boolean contains(int[] ticks, int tick) {
    for (int t : ticks) {
      if (t == tick) {
        return true;
      }
    }
    return false;
  }

  /** Whether the best levels of two states differ. */
  static boolean differ(TrueState before, TrueState after, int depth) {
    return differ(before, after, true, depth) || differ(before, after, false, depth);
  }

  private static boolean differ(TrueState before, TrueState after, boolean bids, int depth) {
    int size = after.size(bids, depth);
    if (before.size(bids, depth) != size) {
      return true;
    }
    for (int i = 0; i < size; i++) {
      if (before.ticks(bids)[i] != after.ticks(bids)[i]
          || before.units(bids)[i] != after.units(bids)[i]) {
        return true;
      }
    }
    return false;
  }
}
