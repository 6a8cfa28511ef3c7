package io.streamforge.cli.snapshot;

import io.streamforge.record.GraphFeaturesRecord;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/** Looks through records of {@code graph-features} for the one that is asked for. */
final class SnapshotSearch {
  /** A record, unread but for its time. */
  private record Found(long timeUs, byte[] value) {}

  private final OptionalLong atUs;
  private final Optional<String> name;

  /** By the graph's name: those at that time, or the newest. */
  private final TreeMap<String, Found> found = new TreeMap<>();

  private final TreeSet<String> names = new TreeSet<>();
  private final TreeSet<Long> nearest = new TreeSet<>();

  /**
   * @param atUs the sample, microseconds since the epoch; empty for the newest
   * @param name of the graph; empty where there is one alone
   */
  SnapshotSearch(OptionalLong atUs, Optional<String> name) {
    this.atUs = atUs;
    this.name = name;
  }

  /**
   * Looks at a record.
   *
   * @throws IOException if it is none of a graph
   */
  void add(byte[] value) throws IOException {
    GraphFeaturesRecord.Identity identity = GraphFeaturesRecord.identity(value);
    add(identity.graph(), new Found(identity.timeUs(), value));
  }

  private void add(String graph, Found record) {
    names.add(graph);
    if (name.isPresent() && !name.get().equals(graph)) {
      return;
    }
    if (atUs.isEmpty()) {
      found.merge(graph, record, (a, b) -> b.timeUs() > a.timeUs() ? b : a);
      return;
    }
    if (record.timeUs() == atUs.getAsLong()) {
      found.putIfAbsent(graph, record);
    }
    keepNearest(record.timeUs());
  }

  /** One at most on either side. */
  private void keepNearest(long timeUs) {
    nearest.add(timeUs);
    long at = atUs.getAsLong();
    Long before = nearest.floor(at);
    Long after = nearest.higher(at);
    nearest.removeIf(time -> !time.equals(before) && !time.equals(after));
  }

  /** Whether a time is past what is asked for. */
  boolean isPast(long timeUs) {
    return atUs.isPresent() && timeUs > atUs.getAsLong();
  }

  /**
   * The one that is asked for.
   *
   * @param where it was looked for
   * @throws IllegalArgumentException if it is not there, or there are several
   */
  GraphFeaturesRecord result(String where) throws IOException {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("there is no graph in " + where);
    }
    if (name.isPresent() && !names.contains(name.get())) {
      throw new IllegalArgumentException(
          "there is no graph '%s' in %s; there is %s"
              .formatted(name.get(), where, String.join(", ", names)));
    }
    if (found.isEmpty()) {
      List<String> times = new ArrayList<>();
      nearest.forEach(time -> times.add(text(time)));
      throw new IllegalArgumentException(
          "there is no graph at %s in %s; the nearest: %s"
              .formatted(text(atUs.getAsLong()), where, String.join(", ", times)));
    }
    if (found.size() > 1) {
      throw new IllegalArgumentException(
          "there are several graphs, choose one with --graph: "
              + String.join(", ", found.keySet()));
    }
    return GraphFeaturesRecord.read(found.firstEntry().getValue().value());
  }

  private static String text(long timeUs) {
    return Instant.EPOCH.plus(timeUs, ChronoUnit.MICROS).toString();
  }
}
