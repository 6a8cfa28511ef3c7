package io.streamforge.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersOptions;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.TopicPartition;

/**
 * What the partitions of topics know of their producers at one moment. Kafka forgets a producer a
 * day after its last record, and knows nothing of those that are not idempotent.
 */
public final class TopicProducers {
  /** Nobody waits for long: a job that starts has asked other questions before. */
  private static final int PATIENCE_MS = 5_000;

  /** By partition and producer id. */
  private final Map<TopicPartition, Map<Long, ProducerState>> states = new HashMap<>();

  private TopicProducers() {}

  /**
   * Asks the broker.
   *
   * @throws ExecutionException what it says instead
   */
  public static TopicProducers of(Admin admin, Collection<String> topics)
      throws ExecutionException, InterruptedException {
    DescribeTopicsOptions soon = new DescribeTopicsOptions().timeoutMs(PATIENCE_MS);
    Map<String, TopicDescription> described =
        admin.describeTopics(topics, soon).allTopicNames().get();
    List<TopicPartition> partitions =
        described.values().stream()
            .flatMap(
                topic ->
                    topic.partitions().stream()
                        .map(part -> new TopicPartition(topic.name(), part.partition())))
            .toList();
    TopicProducers producers = new TopicProducers();
    admin
        .describeProducers(partitions, new DescribeProducersOptions().timeoutMs(PATIENCE_MS))
        .all()
        .get()
        .forEach((partition, state) -> producers.states.put(partition, byId(state)));
    return producers;
  }

  private static Map<Long, ProducerState> byId(PartitionProducerState partition) {
    Map<Long, ProducerState> byId = new HashMap<>();
    partition.activeProducers().forEach(state -> byId.put(state.producerId(), state));
    return byId;
  }

  /** Ids of all. */
  public Set<Long> ids() {
    Set<Long> ids = new TreeSet<>();
    states.values().forEach(byId -> ids.addAll(byId.keySet()));
    return ids;
  }

  /** Ids of those that have written since an earlier moment. */
  public Set<Long> writingSince(TopicProducers before) {
    Set<Long> writing = new TreeSet<>();
    states.forEach(
        (partition, byId) ->
            byId.forEach(
                (id, now) -> {
                  if (hasWritten(before.states.getOrDefault(partition, Map.of()).get(id), now)) {
                    writing.add(id);
                  }
                }));
    return writing;
  }

  /** The end of a transaction, which may be the broker's own doing, leaves no sequence. */
  private static boolean hasWritten(ProducerState before, ProducerState now) {
    return now.lastSequence() >= 0
        && (before == null
            || before.lastSequence() != now.lastSequence()
            || before.producerEpoch() != now.producerEpoch());
  }

  /**
   * Transactional ids of producers, by producer id: of those that have one which this user may see.
   *
   * @throws ExecutionException what the broker says instead
   */
  public static Map<Long, String> transactionalIds(Admin admin, Set<Long> ids)
      throws ExecutionException, InterruptedException {
    Map<Long, String> names = new TreeMap<>();
    for (TransactionListing listing :
        admin.listTransactions(new ListTransactionsOptions().filterProducerIds(ids)).all().get()) {
      names.put(listing.producerId(), listing.transactionalId());
    }
    return names;
  }
}
