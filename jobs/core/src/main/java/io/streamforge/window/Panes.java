package io.streamforge.window;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How the series on one grid are stored: in panes of {@value #LENGTH} indexes. A pane that has
 * ended does not change any more. It is put once, in the place of one that no window reaches any
 * more; the pane under way is written with all else that every sample changes.
 */
final class Panes {
  static final int LENGTH = 16;

  private static final byte VERSION = 1;
  private static final long NONE = Long.MIN_VALUE;

  private final Grid grid;
  private final int phase;
  private final List<GridSeries> series = new ArrayList<>();

  /** How many panes that have ended the longest window may reach. */
  private int ring;

  /** The first pane that has not been put. */
  private long next = NONE;

  /**
   * @param phase by how many indexes panes begin before the multiples of their length
   */
  Panes(Grid grid, int phase) {
    this.grid = grid;
    this.phase = phase;
  }

  void add(GridSeries added) {
    series.add(added);
    ring = Math.max(ring, (added.capacity() - 1 + LENGTH - 1) / LENGTH);
  }

  private long newest() {
    long newest = NONE;
    for (GridSeries each : series) {
      newest = Math.max(newest, each.newest());
    }
    return newest;
  }

  /** The oldest pane that a window may reach; never more than fit in the ring before the newest. */
  private long oldest(long newestPane) {
    long first = Long.MAX_VALUE;
    for (GridSeries each : series) {
      first = Math.min(first, each.first());
    }
    return Math.max(paneOf(first), newestPane - ring);
  }

  private long paneOf(long index) {
    return Math.floorDiv(index + phase, LENGTH);
  }

  private long begin(long pane) {
    return pane * LENGTH - phase;
  }

  /** Where a pane is put; the grids share a store. */
  private long place(long pane) {
    return (long) grid.code() << Integer.SIZE | Math.floorMod(pane, ring);
  }

  /** Whether a pane has ended that was not put. Mostly not: asked at every sample. */
  boolean haveEnded() {
    long newest = newest();
    long underWay = paneOf(newest);
    return newest != NONE && next < underWay && oldest(underWay) < underWay;
  }

  /** Puts the panes that have ended since the last call. */
  void putEnded(PageStore store) throws IOException {
    long newest = newest();
    if (newest == NONE) {
      return;
    }
    long underWay = paneOf(newest);
    for (long pane = Math.max(next, oldest(underWay)); pane < underWay; pane++) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeByte(VERSION);
      write(begin(pane), begin(pane + 1), out);
      store.put(place(pane), bytes.toByteArray());
    }
    next = underWay;
  }

  /** Writes the pane under way, and how many before it were put and are needed. */
  void writeTo(DataOutput out) throws IOException {
    long newest = newest();
    out.writeLong(newest);
    if (newest != NONE) {
      long underWay = paneOf(newest);
      out.writeByte((int) (underWay - oldest(underWay)));
      write(begin(underWay), newest + 1, out);
    }
  }

  /** Reads what {@link #writeTo} wrote, and the panes that were put. */
  void readFrom(DataInput in, PageStore store) throws IOException {
    long newest = in.readLong();
    if (newest == NONE) {
      return;
    }
    next = paneOf(newest);
    for (long pane = next - in.readByte(); pane < next; pane++) {
      DataInput stored = new DataInputStream(new ByteArrayInputStream(store.get(place(pane))));
      int version = stored.readByte();
      if (version != VERSION) {
        throw new IOException(
            "a pane of windows has version %d, this StreamForge reads %d"
                .formatted(version, VERSION));
      }
      read(begin(pane), begin(pane + 1), stored);
    }
    read(begin(next), newest + 1, in);
  }

  private void write(long from, long to, DataOutput out) throws IOException {
    for (GridSeries each : series) {
      each.write(from, to, out);
    }
  }

  private void read(long from, long to, DataInput in) throws IOException {
    for (GridSeries each : series) {
      each.read(from, to, in);
    }
  }
}
