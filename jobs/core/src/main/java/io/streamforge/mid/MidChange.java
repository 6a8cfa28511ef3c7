package io.streamforge.mid;

/**
 * One step of a mid's path, from one mid that stood at the end of 100 ms to the next one that
 * differs.
 *
 * @param timeUs effective time since which the new mid has stood
 * @param heldUs how long the mid before had stood by then, at most {@link #LONGEST_HELD_US}
 * @param logReturn ln(new mid / mid before)
 */
public record MidChange(long timeUs, int heldUs, double logReturn) {

  /** Longer than anything that asks for it looks back, so that nothing is lost by the cut. */
  public static final int LONGEST_HELD_US = 600_000_000;
}
