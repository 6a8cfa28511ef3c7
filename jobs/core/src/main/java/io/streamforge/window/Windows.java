package io.streamforge.window;

import io.streamforge.section.Section;
import io.streamforge.section.SectionReader;
import io.streamforge.section.SectionWriter;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * All that one instrument remembers by grid index, as it is stored: every sample shifts every
 * window, but what is stored changes by what is new alone.
 */
public final class Windows {
  private final int phase;

  /** Of the grids that have series, or had. */
  private final Map<Grid, Panes> panes = new EnumMap<>(Grid.class);

  /**
   * @param spread of no meaning, but the same whenever the instrument is read: where it differs,
   *     panes end at different samples, so that instruments do not put all of theirs at once
   */
  public Windows(int spread) {
    phase = Math.floorMod(spread, Panes.LENGTH);
  }

  private Panes panes(Grid grid) {
    return panes.computeIfAbsent(grid, any -> new Panes(any, phase));
  }

  /**
   * Adds a series.
   *
   * @param section what stands for it on its grid
   */
  public void add(Grid grid, Section section, GridSeries series) {
    panes(grid).add(section, series);
  }

  /** Forgets the series: others will be added, and nothing that is stored is theirs. */
  public void beginAnew() {
    panes.values().forEach(Panes::beginAnew);
  }

  /** Whether there is something to put or to remove. */
  public boolean haveEndedPanes() {
    for (Panes each : panes.values()) {
      if (each.haveEnded()) {
        return true;
      }
    }
    return false;
  }

  /** Puts the panes that have ended since the last call, and removes those that are over. */
  public void putEndedPanes(PageStore store) throws IOException {
    for (Panes each : panes.values()) {
      each.putEnded(store);
    }
  }

  /** Writes the panes under way; those that have ended have been put. */
  public void writeTo(DataOutput out) throws IOException {
    SectionWriter sections = new SectionWriter(out);
    for (Map.Entry<Grid, Panes> each : panes.entrySet()) {
      if (!each.getValue().areEmpty()) {
        sections.write(each.getKey().section(), each.getValue()::writeTo);
      }
    }
    sections.end();
  }

  /** Reads what {@link #writeTo} wrote, and the panes that were put. */
  public void readFrom(DataInput in, PageStore store) throws IOException {
    SectionReader sections = new SectionReader(in);
    for (Grid grid : Grid.values()) {
      sections.read(grid.section(), content -> panes(grid).readFrom(content, store));
    }
  }
}
