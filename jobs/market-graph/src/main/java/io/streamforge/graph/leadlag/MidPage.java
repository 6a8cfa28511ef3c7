package io.streamforge.graph.leadlag;

import io.streamforge.graph.returns.PageKey;

/**
 * A run of one symbol's mid changes, the unit in which they are saved.
 *
 * @param key symbol and time / {@link #PAGE_US}
 * @param changes three numbers each: its time since the page's begin and how long the mid before
 *     had stood, microseconds, and the log increment in units of 10⁻⁸
 */
public record MidPage(PageKey key, int[] changes) {

  /** Time in a page. */
  public static final long PAGE_US = 30_000_000;

  static final int NUMBERS = 3;
}
