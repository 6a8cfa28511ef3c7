package io.streamforge.graph.returns;

/**
 * A run of one symbol's returns of one series, the unit in which they are saved.
 *
 * @param key symbol and place in time
 * @param returns one return a number in units of 10⁻⁸, {@link #MISSING} where there is none
 */
public record ReturnPage(PageKey key, int[] returns) {

  /** Returns in a page. */
  public static final int SIZE = 64;

  /** In place of a return that does not exist. */
  public static final int MISSING = Integer.MIN_VALUE;
}
