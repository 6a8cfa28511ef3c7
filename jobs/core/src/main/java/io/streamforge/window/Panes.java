package io.streamforge.window;

import io.streamforge.section.Section;
import io.streamforge.section.SectionReader;
import io.streamforge.section.SectionWriter;
import io.streamforge.section.Varint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * How the series on one grid are stored: in panes of {@value #LENGTH} indexes, numbered from the
 * grid's beginning, with a section for each series. A pane that has ended does not change any more:
 * it is put once, and removed when no window reaches it. The pane under way is written with all
 * else that every sample changes, and with it which panes are in the store. So what is read depends
 * on what was written alone: series may come and go, and windows may become longer or shorter.
 */
final class Panes {
  static final int LENGTH = 16;

  private static final byte VERSION = 1;
  private static final long NONE = Long.MIN_VALUE;

  private final Grid grid;
  private final int phase;
  private Named[] series = {};

  /** How many panes that have ended the longest window may reach. */
  private int ring;

  /** The first pane in the store, and the first after it that has not been put. */
  private long stored = NONE;

  private long next = NONE;

  /** The panes in the store that no series needs. */
  private long obsolete;

  private long obsoleteEnd;

  private record Named(Section section, GridSeries values) {}

  /**
   * @param phase by how many indexes panes begin before the multiples of their length
   */
  Panes(Grid grid, int phase) {
    this.grid = grid;
    this.phase = phase;
  }

  void add(Section section, GridSeries added) {
    for (Named each : series) {
      if (each.section.id() == section.id()) {
        throw new IllegalArgumentException(
            "%s and %s on grid %s have one id, %d: each series needs its own"
                .formatted(each.section.name(), section.name(), grid, section.id()));
      }
    }
    series = Arrays.copyOf(series, series.length + 1);
    series[series.length - 1] = new Named(section, added);
    ring = Math.max(ring, (added.capacity() - 1 + LENGTH - 1) / LENGTH);
  }

  /** Forgets the series: others will be added, and nothing that is stored is theirs. */
  void beginAnew() {
    series = new Named[0];
    ring = 0;
    giveUp(stored);
    stored = NONE;
    next = NONE;
  }

  /** Nothing needs the panes in the store from one on. */
  private void giveUp(long from) {
    if (from < next) {
      obsolete = obsolete < obsoleteEnd ? Math.min(obsolete, from) : from;
      obsoleteEnd = next;
      next = from;
    }
  }

  private long newest() {
    long newest = NONE;
    for (Named each : series) {
      newest = Math.max(newest, each.values.newest());
    }
    return newest;
  }

  /** The oldest pane that a window may reach; never more than fit in the ring before the newest. */
  private long oldest(long newestPane) {
    long first = Long.MAX_VALUE;
    for (Named each : series) {
      first = Math.min(first, each.values.first());
    }
    return Math.max(paneOf(first), newestPane - ring);
  }

  private long paneOf(long index) {
    return Math.floorDiv(index + phase, LENGTH);
  }

  private long begin(long pane) {
    return pane * LENGTH - phase;
  }

  /** Whether the store has to change. Mostly not: asked at every sample. */
  boolean haveEnded() {
    long newest = newest();
    long underWay = paneOf(newest);
    return obsolete < obsoleteEnd
        || (newest != NONE && next < underWay && (stored < next || oldest(underWay) < underWay));
  }

  /** Puts the panes that have ended since the last call, and removes those that are over. */
  void putEnded(PageStore store) throws IOException {
    remove(obsolete, obsoleteEnd, store);
    obsolete = obsoleteEnd;
    long newest = newest();
    long underWay = paneOf(newest);
    if (newest == NONE || underWay <= next) {
      return;
    }
    long oldest = oldest(underWay);
    remove(stored, Math.min(oldest, next), store);
    for (long pane = Math.max(next, oldest); pane < underWay; pane++) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeByte(VERSION);
      write(pane, out);
      store.put(grid.page(pane), bytes.toByteArray());
    }
    stored = Math.max(stored, oldest);
    next = underWay;
  }

  private void remove(long from, long until, PageStore store) throws IOException {
    for (long pane = from; pane < until; pane++) {
      store.remove(grid.page(pane));
    }
  }

  /** Whether there is nothing to write. */
  boolean areEmpty() {
    return newest() == NONE && stored == next;
  }

  /** Writes the pane under way, and which before it are in the store: those that have ended are. */
  void writeTo(DataOutput out) throws IOException {
    if (haveEnded()) {
      throw new IllegalStateException(
          "panes of grid %s have ended and are not put".formatted(grid));
    }
    long newest = newest();
    long underWay = newest == NONE ? next : paneOf(newest);
    Varint.write(Varint.zigZag(underWay), out);
    Varint.write(next - stored, out);
    write(underWay, out);
  }

  /** Reads what {@link #writeTo} wrote, and the panes that were put. */
  void readFrom(DataInput in, PageStore store) throws IOException {
    next = Varint.unZigZag(Varint.read(in));
    stored = next - Varint.read(in);
    for (long pane = stored; pane < next; pane++) {
      DataInput put = new DataInputStream(new ByteArrayInputStream(store.get(grid.page(pane))));
      int version = put.readByte();
      if (version != VERSION) {
        throw new IOException(
            "a pane of windows has version %d, this StreamForge reads %d"
                .formatted(version, VERSION));
      }
      read(pane, put);
    }
    read(next, in);
    long newest = newest();
    if (newest == NONE) { // all was of series that are gone
      giveUp(stored);
      stored = NONE;
      next = NONE;
    } else {
      giveUp(paneOf(newest)); // what only such have reached ends again
      next = paneOf(newest);
    }
  }

  private void write(long pane, DataOutput out) throws IOException {
    long from = begin(pane);
    SectionWriter sections = new SectionWriter(out);
    for (Named each : series) {
      long to = Math.min(begin(pane + 1), each.values.newest() + 1);
      if (each.values.first() < begin(pane + 1) && from < to) {
        sections.write(
            each.section,
            content -> {
              Varint.write(to - from, content);
              each.values.write(from, to, content);
            });
      }
    }
    sections.end();
  }

  private void read(long pane, DataInput in) throws IOException {
    long from = begin(pane);
    SectionReader sections = new SectionReader(in);
    for (Named each : series) {
      sections.read(
          each.section, content -> each.values.read(from, from + Varint.read(content), content));
    }
  }
}
