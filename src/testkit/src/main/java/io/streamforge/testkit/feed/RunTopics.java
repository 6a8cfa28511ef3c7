package io.streamforge.testkit.feed;

import io.streamforge.topic.TopicNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

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
    return of(TopicNames.RAW_ORDERBOOKS);
  }

  /** Trades. */
  public String trades() {
    return of(TopicNames.RAW_TRADES);
  }

  /** Records of single symbols, or their core. */
  public String symbols() {
    return of(TopicNames.SYMBOL_FEATURES);
  }

  /** Graphs. */
  public String graphs() {
    return of(TopicNames.GRAPH_FEATURES);
  }

  /** Requests for snapshots. */
  public String resyncs() {
    return of(TopicNames.BOOK_RESYNC);
  }

  /** What could not be read. */
  public String deadLetters() {
    return of(TopicNames.DEAD_LETTERS);
  }

  /** Trades, and what books say as they change, of a job that is told to write them. */
  public String events() {
    return of(TopicNames.MARKET_EVENTS);
  }

  /** The run's own topic in place of one of the job's. */
  public String of(String topic) {
    return run + "-" + topic;
  }

  /** Both topics in. */
  public List<String> in() {
    return List.of(orderbooks(), trades());
  }

  private List<String> out() {
    return List.of(symbols(), graphs(), resyncs(), deadLetters(), events());
  }

  /** The job's settings that say where it reads, from the beginning, and writes. */
  public Map<String, String> settings() {
    return Map.of(
        "source.start", "earliest",
        "source.orderbooks.topic", orderbooks(),
        "source.trades.topic", trades(),
        "sink.symbol-features.topic", symbols(),
        "sink.graph-features.topic", graphs(),
        "sink.book-resync.topic", resyncs(),
        "sink.dead-letters.topic", deadLetters());
  }

  /**
   * Creates them, and waits until each has a leader: what is sent to a broker that does not lead
   * yet is turned away, and an idempotent producer that has sent more meanwhile may not recover.
   *
   * @param partitions of each topic in
   * @throws IOException if Kafka refuses
   */
  public void create(Admin admin, int partitions) throws IOException, InterruptedException {
    List<NewTopic> all = new ArrayList<>();
    in().forEach(in -> all.add(new NewTopic(in, partitions, (short) 1)));
    out().forEach(out -> all.add(new NewTopic(out, 1, (short) 1)));
    try {
      admin.createTopics(all).all().get();
    } catch (ExecutionException e) {
      throw new IOException("Kafka refuses: " + e.getCause().getMessage(), e);
    }
  }

  /**
   * Deletes them, and what else bears the run's name.
   *
   * @throws IOException if Kafka refuses
   */
  public void delete(Admin admin) throws IOException, InterruptedException {
    try {
      admin.deleteTopics(
          admin.listTopics().names().get().stream().filter(t -> t.startsWith(run)).toList());
    } catch (ExecutionException e) {
      throw new IOException("Kafka refuses: " + e.getCause().getMessage(), e);
    }
  }
}
