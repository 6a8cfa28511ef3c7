package io.streamforge.graph;

/**
 * A run of one symbol's grid returns, the unit in which they are saved.
 *
 * @param key symbol and place in time
 * @param returns one return a tick in units of 10⁻⁸, {@link #MISSING} where there is none
 */
public record ReturnPage(PageKey key, int[] returns) {

  /** Ticks in a page. */
  public static final int TICKS = 64;

  /** In place of a return that does not exist. */
  public static final int MISSING = Integer.MIN_VALUE;
}
