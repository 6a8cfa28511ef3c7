package io.streamforge.testkit.simulated;

/** Writes one instrument's book messages as a venue does. */
abstract class VenueText {
  protected final String symbol;
  protected final MessageText out;

  VenueText(String symbol, MessageText out) {
    this.symbol = symbol;
    this.out = out;
  }

  /** Writes a snapshot of at most {@code depth} levels a side. */
  abstract void snapshot(TrueState state, Numbers numbers, int depth);

  /** Writes what has changed within a depth. */
  abstract void delta(TrueState before, TrueState after, Numbers numbers, int depth);

  protected final void bothSides(
      LevelForm form, TrueState state, int depth, String between, String end) {
    form.all(out, state, true, depth);
    out.add(between);
    form.all(out, state, false, depth);
    out.add(end);
  }

  protected final void bothChanges(
      LevelForm form, TrueState before, TrueState after, int depth, String between, String end) {
    form.changes(out, before, after, true, depth, true);
    out.add(between);
    form.changes(out, before, after, false, depth, true);
    out.add(end);
  }
}
