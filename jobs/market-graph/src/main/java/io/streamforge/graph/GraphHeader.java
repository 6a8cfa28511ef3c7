package io.streamforge.graph;

import io.streamforge.graph.filter.Candidates;
import io.streamforge.graph.filter.ChosenEdges;
import io.streamforge.section.Section;
import io.streamforge.section.SectionReader;
import io.streamforge.section.SectionWriter;
import io.streamforge.section.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/**
 * A graph's state besides the returns: a version, and sections. Of those that were not written
 * there is nothing.
 *
 * @param intervalUs time between two samples; page numbers mean nothing without it
 * @param timeUs last sample, {@link #NEVER} before the first
 * @param nodeIds its nodes, sorted
 * @param edges its edges
 * @param seats of the instruments that it knows, in the order in which they came
 */
record GraphHeader(
    long intervalUs, long timeUs, List<String> nodeIds, ChosenEdges edges, Collection<Seat> seats) {
  static final long NEVER = Long.MIN_VALUE;
  private static final int VERSION = 1;
  private static final Section INTERVAL = Section.of(1, "graph.interval");
  private static final Section TIME = Section.of(2, "graph.time");
  private static final Section NODES = Section.of(3, "graph.nodes");
  private static final Section EDGES = Section.of(4, "graph.edges");
  private static final Section SEATS = Section.of(5, "graph.seats");

  void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    new SectionWriter(out)
        .write(INTERVAL, content -> content.writeLong(intervalUs))
        .write(TIME, content -> content.writeLong(timeUs))
        .write(NODES, this::writeNodes)
        .write(EDGES, this::writeEdges)
        .write(SEATS, this::writeSeats)
        .end();
  }

  private void writeNodes(DataOutput out) throws IOException {
    Varint.write(nodeIds.size(), out);
    for (String id : nodeIds) {
      out.writeUTF(id);
    }
  }

  private void writeEdges(DataOutput out) throws IOException {
    Varint.write(edges.size(), out);
    for (int edge = 0; edge < edges.size(); edge++) {
      Varint.write(edges.source(edge), out);
      Varint.write(((long) edges.target(edge) << 1) | (edges.inTree(edge) ? 1 : 0), out);
    }
  }

  private void writeSeats(DataOutput out) throws IOException {
    Varint.write(seats.size(), out);
    for (Seat seat : seats) {
      out.writeUTF(seat.id());
      Varint.write((timeUs - seat.lastUs()) / intervalUs, out);
      long length = (seat.lastUs() - seat.sinceUs()) / intervalUs;
      Varint.write(length << 1 | (seat.taken() ? 1 : 0), out);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param settingsIntervalUs of a header without one
   */
  static GraphHeader read(DataInput in, long settingsIntervalUs) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException(
          "graph state has version " + version + ", this program reads " + VERSION);
    }
    Parts parts = new Parts();
    parts.intervalUs = settingsIntervalUs;
    new SectionReader(in)
        .read(INTERVAL, content -> parts.intervalUs = content.readLong())
        .read(TIME, content -> parts.timeUs = content.readLong())
        .read(NODES, content -> parts.nodeIds = readNodes(content))
        .read(EDGES, content -> parts.edges = readEdges(content))
        .read(SEATS, content -> parts.seats = readSeats(content, parts));
    boolean nodesKnown = !parts.nodeIds.isEmpty(); // edges are pairs of their places
    return new GraphHeader(
        parts.intervalUs,
        parts.timeUs,
        parts.nodeIds,
        nodesKnown ? parts.edges : ChosenEdges.NONE,
        parts.seats);
  }

  /** What was written of a header. */
  private static final class Parts {
    private long intervalUs;
    private long timeUs = NEVER;
    private List<String> nodeIds = List.of();
    private ChosenEdges edges = ChosenEdges.NONE;
    private List<Seat> seats = List.of();
  }

  private static List<String> readNodes(DataInput in) throws IOException {
    int size = (int) Varint.read(in);
    List<String> ids = new ArrayList<>(size);
    for (int node = 0; node < size; node++) {
      ids.add(in.readUTF());
    }
    return ids;
  }

  private static ChosenEdges readEdges(DataInput in) throws IOException {
    long[] pairs = new long[(int) Varint.read(in)];
    BitSet inTree = new BitSet(pairs.length);
    for (int edge = 0; edge < pairs.length; edge++) {
      int source = (int) Varint.read(in);
      long target = Varint.read(in);
      pairs[edge] = Candidates.pair(source, (int) (target >>> 1));
      inTree.set(edge, (target & 1) != 0);
    }
    return new ChosenEdges(pairs, inTree);
  }

  private static List<Seat> readSeats(DataInput in, Parts parts) throws IOException {
    int size = (int) Varint.read(in);
    List<Seat> seats = new ArrayList<>(size);
    for (int seat = 0; seat < size; seat++) {
      String id = in.readUTF();
      long lastUs = parts.timeUs - Varint.read(in) * parts.intervalUs;
      long length = Varint.read(in);
      seats.add(
          new Seat(id, lastUs - (length >>> 1) * parts.intervalUs, lastUs, (length & 1) != 0));
    }
    return seats;
  }
}
