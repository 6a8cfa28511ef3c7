package io.streamforge.bench.throughput;

import io.streamforge.bench.process.JavaProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * One contestant, or the job with other settings, over one input, once, in a new process.
 *
 * <p>What counts is the same for all: the process is up, has worked off the messages that warm up
 * and has been idle for a moment; from when it may have the others until the last record of the
 * last sample is out. Its processor time in between is that of all its threads, garbage collection,
 * compilers and RocksDB's among them.
 */
public final class ThroughputRound {
  /** Starts a process that works between topics until its standard input ends. */
  @FunctionalInterface
  public interface Start {
    JavaProcess between(RunTopics topics) throws IOException;
  }

  private final MarketInput input;
  private final Reference reference;
  private final Duration pause;

  /**
   * @param pause between the warm-up and what counts
   */
  public ThroughputRound(MarketInput input, Reference reference, Duration pause) {
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
            String.valueOf(reference.lastSampleUs()));
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
   * @throws IOException if its process fails
   */
  Measurement betweenTopics(Contestant contestant, RunTopics topics)
      throws IOException, InterruptedException {
    return betweenTopics(topics, contestant.core(), each -> start(contestant, each));
  }

  /**
   * The job as it is started here.
   *
   * @param topics of this run alone
   * @throws IOException if its process fails
   */
  public Measurement betweenTopics(RunTopics topics, Start job)
      throws IOException, InterruptedException {
    return betweenTopics(topics, false, job);
  }

  private Measurement betweenTopics(RunTopics topics, boolean core, Start start)
      throws IOException, InterruptedException {
    Answer expected = core ? reference.core() : reference.full();
    Answer warmUp = reference.warmUp();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", topics.bootstrapServers()))) {
      topics.create(admin, RunTopics.PARTITIONS);
      try (InputTopics in = new InputTopics(topics)) {
        in.fill(input, reference.lastSampleUs());
        try (OutputTopics out = new OutputTopics(topics, core);
            JavaProcess process = start.between(topics)) {
          Answer warm = out.await(warmUp.symbols(), core ? 0 : warmUp.graphs());
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
