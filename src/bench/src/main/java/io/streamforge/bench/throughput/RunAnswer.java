package io.streamforge.bench.throughput;

import io.streamforge.testkit.feed.RunTopics;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a contestant has put out so far. A record that is sent again counts once, as a consumer of
 * an at-least-once topic takes it.
 */
final class RunAnswer {
  private final RunTopics topics;
  private final boolean core;
  private final Set<Long> symbolsSeen = new HashSet<>();
  private final Set<Long> graphsSeen = new HashSet<>();
  private Answer answer = Answer.NOTHING;

  /**
   * @param core what is judged: the core's fields, else the records' bytes
   */
  RunAnswer(RunTopics topics, boolean core) {
    this.topics = topics;
    this.core = core;
  }

  void add(ConsumerRecord<byte[], byte[]> record) {
    long identity = RecordHash.ofIdentity(record.key(), record.timestamp());
    if (record.topic().equals(topics.graphs())) {
      if (graphsSeen.add(identity)) {
        answer = answer.plusGraph(RecordHash.of(record.key(), record.value(), record.timestamp()));
      }
    } else if (symbolsSeen.add(identity)) {
      answer =
          answer.plusSymbol(
              core
                  ? RecordHash.ofCore(record.value(), "")
                  : RecordHash.of(record.key(), record.value(), record.timestamp()));
    }
  }

  boolean has(long symbols, long graphs) {
    return answer.symbols() >= symbols && answer.graphs() >= graphs;
  }

  Answer answer() {
    return answer;
  }
}
