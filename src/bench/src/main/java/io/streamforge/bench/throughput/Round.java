package io.streamforge.bench.throughput;

import io.streamforge.bench.process.JavaProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * One contestant over one input, once, in a new process.
 *
 * <p>What counts is the same for all: the process is up, has worked off the messages that warm up
 * and has been idle for a moment; from when it may have the others until the last record of the
 * last tick is out. Its processor time in between is that of all its threads, garbage collection,
 * compilers and RocksDB's among them.
 */
final class Round {
  private final MarketInput input;
  private final Reference reference;
  private final Duration pause;

  Round(MarketInput input, Reference reference, Duration pause) {
    this.input = input;
    this.reference = reference;
    this.pause = pause;
  }

  /**
   * L0.
   *
   * @throws IOException if its process fails
   */
  Measurement inMemory() throws IOException, InterruptedException {
    List<String> arguments =
        List.of(
            input.name(),
            String.valueOf(input.warmUp()),
            String.valueOf(input.counted()),
            String.valueOf(reference.lastTickUs()));
    try (JavaProcess process = JavaProcess.start(MemoryProcess.class, "4g", "", arguments)) {
      process.line();
      Thread.sleep(pause.toMillis());
      Duration cpu = process.cpu();
      long beganNs = System.nanoTime();
      process.go();
      String[] said = process.line().split(" ", -1);
      long ns = System.nanoTime() - beganNs;
      Answer answer =
          new Answer(Long.parseLong(said[0]), Long.parseLong(said[1]), Long.parseLong(said[2]));
      return answer.equals(reference.full())
          ? Measurement.right(process.cpu().minus(cpu), ns)
          : Measurement.WRONG;
    }
  }

  /**
   * Any other contestant.
   *
   * @param run a name that is unique on the broker
   * @throws IOException if its process fails
   */
  Measurement betweenTopics(Contestant contestant, String bootstrapServers, String run)
      throws IOException, InterruptedException {
    RunTopics topics = new RunTopics(bootstrapServers, run);
    Answer expected = reference.expected(contestant);
    Answer warmUp = reference.warmUp();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      topics.create(admin, RunTopics.PARTITIONS);
      try (InputTopics in = new InputTopics(topics)) {
        in.fill(input, reference.lastTickUs());
        try (OutputTopics out = new OutputTopics(topics, contestant.core());
            JavaProcess process = start(contestant, topics)) {
          Answer warm = out.await(warmUp.symbols(), contestant.core() ? 0 : warmUp.graphs());
          if (warm.symbols() < warmUp.symbols()) {
            return Measurement.WRONG;
          }
          Thread.sleep(pause.toMillis());
          Duration cpu = process.cpu();
          long beganNs = System.nanoTime();
          in.release();
          Answer answer = out.await(expected.symbols(), expected.graphs());
          long ns = System.nanoTime() - beganNs;
          return answer.equals(expected)
              ? Measurement.right(process.cpu().minus(cpu), ns)
              : Measurement.WRONG;
        }
      } finally {
        topics.delete(admin);
      }
    }
  }

  private static JavaProcess start(Contestant contestant, RunTopics topics) throws IOException {
    // Flink and Kafka Streams each bring a RocksDB of their own, under the same names.
    String first = contestant == Contestant.KS ? "rocksdbjni" : "frocksdbjni";
    return JavaProcess.start(
        ContestantProcess.class,
        "2g",
        first,
        List.of(contestant.name(), topics.bootstrapServers(), topics.run()));
  }
}
