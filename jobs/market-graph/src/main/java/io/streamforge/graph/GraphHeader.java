package io.streamforge.graph;

import io.streamforge.graph.filter.Candidates;
import io.streamforge.graph.filter.ChosenEdges;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A graph's state besides the returns: bytes with a version in front.
 *
 * @param intervalUs time between two samples; page numbers mean nothing without it
 * @param timeUs last sample, {@link #NEVER} before the first
 * @param nodeIds its nodes, sorted
 * @param edges its edges
 */
record GraphHeader(long intervalUs, long timeUs, List<String> nodeIds, ChosenEdges edges) {
  static final long NEVER = Long.MIN_VALUE;
  private static final int VERSION = 1;

  void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(intervalUs);
    out.writeLong(timeUs);
    out.writeInt(nodeIds.size());
    for (String id : nodeIds) {
      out.writeUTF(id);
    }
    out.writeInt(edges.size());
    for (int edge = 0; edge < edges.size(); edge++) {
      out.writeInt(edges.source(edge));
      out.writeInt(edges.target(edge));
      out.writeBoolean(edges.inTree(edge));
    }
  }

  static GraphHeader read(DataInput in) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException(
          "graph state has version " + version + ", this program reads " + VERSION);
    }
    return new GraphHeader(in.readLong(), in.readLong(), readIds(in), readEdges(in));
  }

  private static List<String> readIds(DataInput in) throws IOException {
    int size = in.readInt();
    List<String> ids = new ArrayList<>(size);
    for (int node = 0; node < size; node++) {
      ids.add(in.readUTF());
    }
    return ids;
  }

  private static ChosenEdges readEdges(DataInput in) throws IOException {
    long[] pairs = new long[in.readInt()];
    BitSet inTree = new BitSet(pairs.length);
    for (int edge = 0; edge < pairs.length; edge++) {
      pairs[edge] = Candidates.pair(in.readInt(), in.readInt());
      inTree.set(edge, in.readBoolean());
    }
    return new ChosenEdges(pairs, inTree);
  }
}
