package io.streamforge.bench.throughput;

import java.util.List;

/**
 * The topics of one run of one contestant; no other run uses them.
 *
 * @param bootstrapServers where the broker is
 * @param run a name that is unique on that broker
 */
public record RunTopics(String bootstrapServers, String run) {
  /** Of each topic in. */
  public static final int PARTITIONS = 4;

  /** Messages about books. */
  public String orderbooks() {
    return of("raw-orderbooks");
  }

  /** Trades. */
  public String trades() {
    return of("raw-trades");
  }

  /** Records of single symbols, or their core. */
  public String symbols() {
    return of("symbol-features");
  }

  /** Graphs. */
  public String graphs() {
    return of("graph-features");
  }

  /** Requests for snapshots. */
  public String resyncs() {
    return of("book-resync");
  }

  /** What could not be read. */
  public String deadLetters() {
    return of("dead-letters");
  }

  /** The run's own topic in place of one of the job's. */
  String of(String topic) {
    return run + "-" + topic;
  }

  List<String> in() {
    return List.of(orderbooks(), trades());
  }

  List<String> out() {
    return List.of(symbols(), graphs(), resyncs(), deadLetters());
  }
}
