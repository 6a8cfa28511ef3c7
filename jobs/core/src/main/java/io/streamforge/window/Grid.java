package io.streamforge.window;

import io.streamforge.section.Section;
import java.util.Locale;

/**
 * What windows are indexed by. A grid that no window needs any more stays here: what is stored of
 * it has to be found to be deleted. Ids are below 100: trades that wait share the store, from
 * there.
 */
public enum Grid {
  SAMPLE(1),
  TEN_SECONDS(2),
  MINUTE(3),
  TEN_MINUTES(4),
  VOLUME_BUCKET(5);

  private static final int PANE_BITS = 56;

  private final Section section;

  Grid(int id) {
    this.section = Section.of(id, "windows." + name().toLowerCase(Locale.ROOT));
  }

  /** What is written of it with all else that every sample changes. */
  Section section() {
    return section;
  }

  /** The page of a pane that has ended; the grids share a store. */
  long page(long pane) {
    return ((long) section.id() << PANE_BITS) | (pane & ((1L << PANE_BITS) - 1));
  }
}
