package io.streamforge.bench.throughput;

import io.streamforge.bench.load.InputTopics;
import io.streamforge.bench.load.MarketInput;
import io.streamforge.bench.process.JavaProcess;
import io.streamforge.testkit.feed.OutputReader;
import io.streamforge.testkit.feed.RunTopics;
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
  private static final Duration PATIENCE = Duration.ofMinutes(2);

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
   * A contestant with its usual settings.
   *
   * @param topics of this run alone
   * @throws IOException if its process fails
   */
  Measurement of(Contestant contestant, RunTopics topics) throws IOException, InterruptedException {
    return contestant == Contestant.L0
        ? inMemory()
        : between(topics, contestant, InputTopics.SETTINGS);
  }

  private Measurement inMemory() throws IOException, InterruptedException {
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
   * A contestant between topics.
   *
   * @param topics of this run alone
   * @param settings of the job, with their prefix, and of Flink that differ from the defaults
   * @throws IOException if its process fails
   */
  public Measurement between(RunTopics topics, Contestant contestant, Map<String, String> settings)
      throws IOException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", topics.bootstrapServers()))) {
      topics.create(admin, RunTopics.PARTITIONS);
      try (InputTopics in = new InputTopics(topics)) {
        in.fill(input, reference.lastSampleUs());
        try (JavaProcess process = ContestantProcess.start(contestant, topics, settings)) {
          return measure(topics, contestant.core, in, process);
        }
      } finally {
        topics.delete(admin);
      }
    }
  }

  private Measurement measure(RunTopics topics, boolean core, InputTopics in, JavaProcess process)
      throws IOException, InterruptedException {
    Answer expected = core ? reference.core() : reference.full();
    Answer warmUp = reference.warmUp();
    RunAnswer answer = new RunAnswer(topics, core);
    try (OutputReader out =
        new OutputReader(
            topics.bootstrapServers(),
            false,
            PATIENCE,
            answer::add,
            topics.symbols(),
            topics.graphs())) {
      long warmUpGraphs = core ? 0 : warmUp.graphs();
      if (!out.readUntil(() -> answer.has(warmUp.symbols(), warmUpGraphs))) {
        return Measurement.WRONG;
      }
      Thread.sleep(pause.toMillis());
      Duration cpu = process.cpu();
      long beganNs = System.nanoTime();
      in.release();
      out.readUntil(() -> answer.has(expected.symbols(), expected.graphs()));
      long ns = System.nanoTime() - beganNs;
      return answer.answer().equals(expected)
          ? Measurement.right(process.cpu().minus(cpu), ns)
          : Measurement.WRONG;
    }
  }
}
